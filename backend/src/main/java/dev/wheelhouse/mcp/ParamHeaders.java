package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Arguments that a tool's schema wants repeated as headers (`x-mcp-header`), for whatever routes requests on the way.
final class ParamHeaders {

    private static final String MARK = "x-mcp-header";
    private static final String NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}";
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
    private static final int DEEPEST = 8;

    private ParamHeaders() {}

    /// Why a tool of this schema must not be used, null where it may.
    static @Nullable String mistake(JsonNode schema) {
        return mistake(schema, new TreeSet<>(), 0);
    }

    private static @Nullable String mistake(JsonNode schema, Set<String> seen, int depth) {
        for (var property : schema.path("properties").properties()) {
            var inner = property.getValue();
            if (inner.has(MARK)) {
                String name = inner.path(MARK).asText();
                if (!inner.path(MARK).isTextual() || !name.matches(NAME)) {
                    return "its argument \"%s\" is to be sent as a header with an invalid name"
                            .formatted(property.getKey());
                }
                if (!TYPES.contains(inner.path("type").asText())) {
                    return "its argument \"%s\" is to be sent as a header, which its type cannot be"
                            .formatted(property.getKey());
                }
                if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                    return "two of its arguments are to be sent as the header \"%s\"".formatted(name);
                }
            }
            String within = depth < DEEPEST ? mistake(inner, seen, depth + 1) : null;
            if (within != null) {
                return within;
            }
        }
        return null;
    }

    static Map<String, String> of(JsonNode schema, JsonNode arguments) {
        var headers = new LinkedHashMap<String, String>();
        add(schema, arguments, headers, 0);
        return headers;
    }

    private static void add(JsonNode schema, JsonNode arguments, Map<String, String> headers, int depth) {
        for (var property : schema.path("properties").properties()) {
            var value = arguments.path(property.getKey());
            if (property.getValue().has(MARK) && value.isValueNode() && !value.isNull()) {
                headers.put("Mcp-Param-" + property.getValue().path(MARK).asText(), encoded(value.asText()));
            } else if (value.isObject() && depth < DEEPEST) {
                add(property.getValue(), value, headers, depth + 1);
            }
        }
    }

    /// What a header cannot carry as it is, or would be read otherwise, goes in Base64.
    static String encoded(String value) {
        boolean isPlain = value.chars().allMatch(letter -> letter >= ' ' && letter < 127)
                && value.equals(value.strip())
                && !value.startsWith("=?base64?");
        return isPlain
                ? value
                : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
