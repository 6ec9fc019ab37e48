package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Puts arguments into the places of their parameters, in the styles of the specification.
final class FillRequest {

    private static final String UNRESERVED = "-._~";
    private static final String RESERVED = ":/?#[]@!$&'()*+,;=";

    private String url;
    private final List<String> query = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> cookies = new ArrayList<>();

    FillRequest(JsonNode request, JsonNode arguments) {
        url = request.path("url").asText();
        for (var parameter : request.path("parameters")) {
            var value = arguments.path(parameter.path("argument").asText());
            if (!value.isMissingNode() && !value.isNull()) {
                fill(parameter, value);
            }
        }
    }

    Map<String, String> headers() {
        if (!cookies.isEmpty()) {
            headers.put("Cookie", String.join("; ", cookies));
        }
        return headers;
    }

    void header(String name, String value) {
        headers.put(name, value);
    }

    void query(String name, String value) {
        query.add(encoded(name, false) + "=" + encoded(value, false));
    }

    void cookie(String name, String value) {
        cookies.add(encoded(name, false) + "=" + encoded(value, false));
    }

    String url() {
        return query.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + String.join("&", query);
    }

    private void fill(JsonNode parameter, JsonNode value) {
        String name = parameter.path("name").asText();
        boolean explodes = parameter.path("explode").asBoolean();
        boolean keepsReserved = parameter.path("allowReserved").asBoolean();
        String style = parameter.path("style").asText();
        switch (parameter.path("in").asText()) {
            case "path" -> path(name, style, explodes, value);
            case "query" -> query.addAll(pairs(name, style, explodes, value, text -> encoded(text, keepsReserved)));
            case "header" -> headers.put(name, oneLine(name, simple(style, explodes, value, UnaryOperator.identity())));
            default -> cookies.addAll(pairs(name, "form", false, value, text -> encoded(text, false)));
        }
    }

    private void path(String name, String style, boolean explodes, JsonNode value) {
        String text = simple(style, explodes, value, part -> encoded(part, false));
        String filled =
                switch (style) {
                    case "label" -> "." + text.replace(",", explodes ? "." : ",");
                    case "matrix" -> matrix(name, explodes, value);
                    default -> text;
                };
        if (filled.isEmpty() || Set.of(".", "..").contains(filled)) {
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    "\"%s\" cannot be \"%s\": it is a part of the address".formatted(name, filled),
                    "Give it another value");
        }
        url = url.replace("{" + name + "}", filled);
    }

    private static String matrix(String name, boolean explodes, JsonNode value) {
        UnaryOperator<String> code = text -> encoded(text, false);
        return explodes && value.isContainerNode()
                ? pairs(name, "form", true, value, code).stream()
                        .map(pair -> ";" + pair)
                        .collect(Collectors.joining())
                : ";" + code.apply(name) + "=" + simple("simple", false, value, code);
    }

    private static String simple(String style, boolean explodes, JsonNode value, UnaryOperator<String> code) {
        if (style.equals("json")) {
            return code.apply(value.toString());
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(item -> code.apply(text(item)))
                    .collect(Collectors.joining(","));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(field ->
                            code.apply(field.getKey()) + (explodes ? "=" : ",") + code.apply(text(field.getValue())))
                    .collect(Collectors.joining(","));
        }
        return code.apply(value.asText());
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static List<String> pairs(
            String name, String style, boolean explodes, JsonNode value, UnaryOperator<String> code) {
        String key = encoded(name, false);
        var pairs = new ArrayList<String>();
        if (style.equals("json")) {
            pairs.add(key + "=" + code.apply(value.toString()));
        } else if (style.equals("deepObject") && value.isObject()) {
            deep(name, value, pairs, code);
        } else if (value.isArray() && explodes) {
            value.forEach(item -> pairs.add(key + "=" + code.apply(text(item))));
        } else if (value.isArray()) {
            String between =
                    Map.of("spaceDelimited", "%20", "pipeDelimited", "|").getOrDefault(style, ",");
            pairs.add(key + "="
                    + StreamSupport.stream(value.spliterator(), false)
                            .map(item -> code.apply(text(item)))
                            .collect(Collectors.joining(between.equals("|") ? "%7C" : between)));
        } else if (value.isObject() && explodes) {
            value.properties()
                    .forEach(field ->
                            pairs.add(encoded(field.getKey(), false) + "=" + code.apply(text(field.getValue()))));
        } else {
            pairs.add(key + "=" + simple("simple", false, value, code));
        }
        return pairs;
    }

    private static void deep(String name, JsonNode value, List<String> pairs, UnaryOperator<String> code) {
        for (var field : value.properties()) {
            String key = "%s[%s]".formatted(name, field.getKey());
            if (field.getValue().isObject()) {
                deep(key, field.getValue(), pairs, code);
            } else if (field.getValue().isArray()) {
                field.getValue().forEach(item -> pairs.add(encoded(key, false) + "=" + code.apply(text(item))));
            } else {
                pairs.add(
                        encoded(key, false) + "=" + code.apply(field.getValue().asText()));
            }
        }
    }

    private static String oneLine(String name, String value) {
        if (value.chars().anyMatch(letter -> letter < ' ' || letter == 127)) {
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    "\"%s\" is sent as a header, which is one line".formatted(name),
                    "Write it as one line");
        }
        return value;
    }

    static String encoded(String text, boolean keepsReserved) {
        var out = new StringBuilder(text.length());
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xFF);
            boolean isPlain = letter < 0x80 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0);
            boolean isKept = keepsReserved && RESERVED.indexOf(letter) >= 0 && letter != '&' && letter != '#';
            out.append(isPlain || isKept ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
        }
        return out.toString();
    }
}
