package dev.wheelhouse.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arguments that fit a tool's schema: what the message said, and examples for what is required beyond it.
///
/// Tools are free to name their arguments, so each thing a message can say is looked for under several names.
final class DemoArguments {

    /// The key under which a message's own JSON object is kept.
    static final String WHOLE = "{}";

    private static final Map<String, List<String>> NAMES = Map.of(
            "expression", List.of("expression", "formula", "input"),
            "url", List.of("url", "uri", "address"),
            "place", List.of("city", "location", "place", "town"),
            "name", List.of("name", "key", "title", "note", "id"),
            "text", List.of("text", "content", "value", "body", "note"),
            "zone", List.of("zone", "timezone", "time_zone", "timeZone"),
            "length", List.of("seconds", "duration", "for", "length", "time", "delay", "ms", "millis", "milliseconds"));

    private static final Map<String, String> EXAMPLES = Map.of(
            "expression", "6 * 7",
            "url", "https://example.org",
            "name", "demo",
            "text", "written by the demo model",
            "place", "Lisbon",
            "zone", "UTC");

    private static final Duration SHORT = Duration.ofSeconds(1);

    private DemoArguments() {}

    static JsonNode of(JsonNode schema, Map<String, Object> known) {
        if (known.get(WHOLE) instanceof JsonNode whole) {
            return whole;
        }
        ObjectNode arguments = Json.mapper().createObjectNode();
        var required = new HashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        Set<String> said = new HashSet<>(known.keySet());
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            String meaning = meaning(name, said);
            if (meaning != null) {
                said.remove(meaning);
                arguments.set(name, value(name, property.getValue(), known.get(meaning)));
            } else if (required.contains(name)) {
                arguments.set(name, example(name, property.getValue()));
            }
        });
        return arguments;
    }

    private static @Nullable String meaning(String property, Set<String> candidates) {
        return candidates.stream()
                .filter(meaning -> NAMES.getOrDefault(meaning, List.of()).contains(property))
                .min(java.util.Comparator.comparingInt((String meaning) ->
                        NAMES.getOrDefault(meaning, List.of()).indexOf(property)))
                .orElse(null);
    }

    private static JsonNode value(String name, JsonNode schema, @Nullable Object known) {
        boolean number = type(schema).equals("integer") || type(schema).equals("number");
        if (known instanceof Duration length) {
            return number ? number(name, length) : Json.mapper().valueToTree(written(schema, length));
        }
        return Json.mapper().valueToTree(known);
    }

    private static JsonNode number(String name, Duration length) {
        String unit = name.toLowerCase(Locale.ROOT);
        boolean millis = unit.startsWith("ms") || unit.contains("milli") || unit.endsWith("ms");
        return Json.mapper().valueToTree(millis ? length.toMillis() : Math.max(1, length.toSeconds()));
    }

    private static String written(JsonNode schema, Duration length) {
        String told = schema.path("description").asText()
                + schema.path("pattern").asText()
                + schema.path("format").asText();
        return told.contains("ISO") || told.contains("PT") || told.contains("P") && told.contains("T")
                ? length.toString()
                : Math.max(1, length.toSeconds()) + "s";
    }

    private static JsonNode example(String name, JsonNode schema) {
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").get(0);
        }
        String meaning = meaning(name, NAMES.keySet());
        return switch (type(schema)) {
            case "integer", "number" ->
                "length".equals(meaning)
                        ? number(name, SHORT)
                        : Json.mapper().valueToTree(schema.path("minimum").asInt(1));
            case "boolean" -> Json.mapper().valueToTree(false);
            case "array" -> Json.mapper().createArrayNode();
            case "object" -> of(schema, Map.of());
            default ->
                Json.mapper()
                        .valueToTree(
                                "length".equals(meaning)
                                        ? written(schema, SHORT)
                                        : EXAMPLES.getOrDefault(meaning == null ? "" : meaning, "demo"));
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() && !type.isEmpty() ? type.get(0).asText() : type.asText("string");
    }
}
