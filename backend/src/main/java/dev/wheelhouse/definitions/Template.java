package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A JSON value with expressions in its texts, written `${…}`. A text that is one expression and nothing else takes its
/// value with its type; in a longer text values stand as text. `$${` stands for `${`.
public final class Template {

    /// A piece of a text: an expression, or what stands between.
    private record Piece(String text, boolean isExpression) {}

    private sealed interface Part {}

    private record Plain(JsonNode value) implements Part {}

    private record Written(List<Piece> pieces) implements Part {}

    private record Listed(List<Part> items) implements Part {}

    private record Mapped(Map<String, Part> fields) implements Part {}

    private final Part whole;

    private Template(Part whole) {
        this.whole = whole;
    }

    public static Template of(JsonNode value) {
        return new Template(part(value));
    }

    private static Part part(JsonNode value) {
        if (value.isTextual() && value.textValue().contains("${")) {
            return new Written(pieces(value.textValue()));
        }
        if (value.isArray()) {
            var items = new ArrayList<Part>();
            value.forEach(item -> items.add(part(item)));
            return new Listed(items);
        }
        if (value.isObject()) {
            var fields = new java.util.LinkedHashMap<String, Part>();
            value.properties().forEach(field -> fields.put(field.getKey(), part(field.getValue())));
            return new Mapped(fields);
        }
        return new Plain(value);
    }

    /// An expression that is not closed reaches from its `${` to the end of the text, which is not valid CEL.
    private static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        var plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                plain.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                if (!plain.isEmpty()) {
                    pieces.add(new Piece(plain.toString(), false));
                    plain.setLength(0);
                }
                int end = end(text, at + 2);
                boolean isClosed = end < text.length();
                pieces.add(new Piece(isClosed ? text.substring(at + 2, end) : text.substring(at), true));
                at = end + 1;
            } else {
                plain.append(text.charAt(at++));
            }
        }
        if (!plain.isEmpty() || pieces.isEmpty()) {
            pieces.add(new Piece(plain.toString(), false));
        }
        return pieces;
    }

    /// Where the expression ends that begins here: at a brace that closes none of its own and is in no string.
    private static int end(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                at += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                return at;
            }
        }
        return text.length();
    }

    /// Every expression, with a JSON pointer to the text that it stands in.
    public void expressions(BiConsumer<String, String> told) {
        expressions("", whole, told);
    }

    private static void expressions(String pointer, Part part, BiConsumer<String, String> told) {
        switch (part) {
            case Plain plain -> {}
            case Written written ->
                written.pieces().stream()
                        .filter(Piece::isExpression)
                        .forEach(piece -> told.accept(pointer, piece.text()));
            case Listed list -> {
                for (int at = 0; at < list.items().size(); at++) {
                    expressions(pointer + "/" + at, list.items().get(at), told);
                }
            }
            case Mapped map ->
                map.fields()
                        .forEach((key, field) -> expressions(
                                pointer + "/" + key.replace("~", "~0").replace("/", "~1"), field, told));
        }
    }

    /// The value with its expressions worked out. Throws [Expressions.NoValueException] where one has none.
    public JsonNode fill(Expressions over, Map<String, ?> given) {
        return fill(whole, over, given);
    }

    private static JsonNode fill(Part part, Expressions over, Map<String, ?> given) {
        return switch (part) {
            case Plain plain -> plain.value();
            case Written written -> written(written.pieces(), over, given);
            case Listed list -> {
                var array = Json.mapper().createArrayNode();
                list.items().forEach(item -> array.add(fill(item, over, given)));
                yield array;
            }
            case Mapped map -> {
                var object = Json.mapper().createObjectNode();
                map.fields().forEach((key, field) -> object.set(key, fill(field, over, given)));
                yield object;
            }
        };
    }

    private static JsonNode written(List<Piece> pieces, Expressions over, Map<String, ?> given) {
        if (pieces.size() == 1 && pieces.getFirst().isExpression()) {
            return over.json(pieces.getFirst().text(), given);
        }
        var text = new StringBuilder();
        for (var piece : pieces) {
            text.append(piece.isExpression() ? words(over.json(piece.text(), given)) : piece.text());
        }
        return Json.mapper().getNodeFactory().textNode(text.toString());
    }

    private static @Nullable String words(JsonNode value) {
        return value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
    }
}
