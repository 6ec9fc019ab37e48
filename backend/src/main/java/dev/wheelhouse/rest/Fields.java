package dev.wheelhouse.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a JSON object that a client sent. Every mistake is collected; [#check()] refuses with all of them.
public final class Fields {

    /// What a body may have in bytes.
    public static final int LARGEST = 2 << 20;

    private static final byte[] BASE64 = ";base64,".getBytes(StandardCharsets.US_ASCII);

    private final JsonNode object;
    private final String path;
    private final List<Problem.Mistake> mistakes;

    private Fields(JsonNode object, String path, List<Problem.Mistake> mistakes) {
        this.object = object;
        this.path = path;
        this.mistakes = mistakes;
    }

    /// Reads the body; fields other than the known ones are mistakes.
    public static Fields of(byte @Nullable [] body, Set<String> known) {
        var fields = open(body);
        fields.refuseOthers(known);
        return fields;
    }

    /// The same of a body that may hold pictures, which may be larger by them.
    public static Fields withImages(byte @Nullable [] body, Set<String> known) {
        var fields = openWithImages(body);
        fields.refuseOthers(known);
        return fields;
    }

    /// Reads the body of a protocol whose clients send fields of their own.
    public static Fields open(byte @Nullable [] body) {
        return of(Json.read(text(body)));
    }

    /// The same of a body that may hold pictures, which may be larger by them.
    public static Fields openWithImages(byte @Nullable [] body) {
        return of(Json.readPictures(text(body, body == null || body.length <= LARGEST ? 0 : imageBytes(body))));
    }

    private static Fields of(JsonNode node) {
        if (!node.isObject()) {
            throw new Problem(ErrorCode.BAD_REQUEST, "The body must be a JSON object, not %s".formatted(kind(node)));
        }
        return new Fields(node, "", new ArrayList<>());
    }

    /// The body as text; refuses what is not UTF-8 instead of replacing it.
    public static String text(byte @Nullable [] body) {
        return text(body, 0);
    }

    /// How much of a body is Base64 of data: URLs.
    private static int imageBytes(byte[] body) {
        int bytes = 0;
        int known = 0;
        for (int at = 0; at < body.length; at++) {
            known = body[at] == BASE64[known] ? known + 1 : body[at] == BASE64[0] ? 1 : 0;
            if (known == BASE64.length) {
                known = 0;
                int start = at;
                while (at + 1 < body.length && body[at + 1] != '"') {
                    at++;
                }
                bytes += at - start;
            }
        }
        return bytes;
    }

    private static String text(byte @Nullable [] body, int more) {
        if (body == null || body.length == 0) {
            throw new Problem(ErrorCode.BAD_REQUEST, "The body is empty", "Send a JSON object");
        }
        if (body.length - more > LARGEST) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The body has %,d bytes".formatted(body.length),
                    "Send at most %,d, pictures of conversations not counted".formatted(LARGEST));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(ErrorCode.BAD_REQUEST, "The body is not UTF-8", "Encode it as UTF-8");
        }
    }

    private void refuseOthers(Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String shown = Text.shorten(name, 60);
                refuse(shown, "Unknown field \"%s\"".formatted(shown), Suggest.hint(shown, known));
            }
        });
    }

    /// The names of all fields, as they stand.
    public List<String> names() {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// The whole object as JSON text.
    public String json() {
        return object.toString();
    }

    public boolean has(String key) {
        return object.hasNonNull(key);
    }

    /// The value itself; `null` in JSON counts as absent.
    @Nullable
    public JsonNode node(String key) {
        return has(key) ? object.get(key) : null;
    }

    /// Text of 1 to `longest` characters; empty after a mistake.
    public String text(String key, int longest) {
        if (!has(key)) {
            refuse(key, "\"%s\" is missing".formatted(key), null);
            return "";
        }
        String text = textOrNull(key, longest);
        if (text != null && text.isEmpty()) {
            refuse(key, "\"%s\" is empty".formatted(key), null);
        }
        return text == null ? "" : text;
    }

    @Nullable
    public String textOrNull(String key, int longest) {
        JsonNode node = node(key);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            refuse(key, "\"%s\" must be text, not %s".formatted(key, kind(node)), null);
            return null;
        }
        String text = node.textValue();
        if (text.length() > longest) {
            refuse(key, "\"%s\" has %d characters".formatted(key, text.length()), "Send at most " + longest);
        }
        if (!Text.storable(text).equals(text)) {
            refuse(key, "\"%s\" contains a NUL or an unpaired surrogate".formatted(key), "Send whole characters");
        }
        return text;
    }

    @Nullable
    public Integer numberOrNull(String key, int least, int most) {
        JsonNode node = node(key);
        if (node == null) {
            return null;
        }
        if (!node.canConvertToExactIntegral()
                || !node.canConvertToInt()
                || node.intValue() < least
                || node.intValue() > most) {
            refuse(key, "\"%s\" must be a whole number from %d to %d".formatted(key, least, most), null);
            return null;
        }
        return node.intValue();
    }

    public boolean flag(String key) {
        JsonNode node = node(key);
        if (node != null && !node.isBoolean()) {
            refuse(key, "\"%s\" must be true or false, not %s".formatted(key, kind(node)), null);
        }
        return node != null && node.asBoolean();
    }

    /// The object under this key, whose fields other than the known ones are mistakes; null without it.
    @Nullable
    public Fields objectOrNull(String key, Set<String> known) {
        JsonNode node = node(key);
        if (node == null || !node.isObject()) {
            if (node != null) {
                refuse(key, "\"%s\" must be an object, not %s".formatted(key, kind(node)), null);
            }
            return null;
        }
        var inner = new Fields(node, path + "/" + key, mistakes);
        inner.refuseOthers(known);
        return inner;
    }

    /// The objects of a list; without the field there are none.
    public List<Fields> objects(String key, @Nullable Set<String> known) {
        JsonNode node = node(key);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            refuse(key, "\"%s\" must be a list, not %s".formatted(key, kind(node)), null);
            return List.of();
        }
        var objects = new ArrayList<Fields>();
        for (int at = 0; at < node.size(); at++) {
            var inner = new Fields(node.get(at), path + "/" + key + "/" + at, mistakes);
            if (!node.get(at).isObject()) {
                refuse(key + "/" + at, "This must be an object, not %s".formatted(kind(node.get(at))), null);
            } else if (known != null) {
                inner.refuseOthers(known);
            }
            objects.add(inner);
        }
        return objects;
    }

    public void refuse(String key, String message, @Nullable String hint) {
        if (mistakes.size() < 50) {
            mistakes.add(Problem.Mistake.at(path + "/" + Text.shorten(key, 300), message, hint));
        }
    }

    /// Whether there is no mistake so far.
    public boolean areRight() {
        return mistakes.isEmpty();
    }

    /// Refuses with all mistakes at once, if there are any.
    public void check() {
        if (!mistakes.isEmpty()) {
            throw Problem.of(ErrorCode.BAD_REQUEST, mistakes);
        }
    }

    public static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
