package dev.wheelhouse.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers in JSON where a call has a schema: what the message says as JSON, right or wrong, or else an example that
/// fits, with what would have been said as its first free text.
final class DemoAnswers {

    private static final int DEEPEST = 8;

    private static final Map<String, String> FORMATS = Map.of(
            "date", "2026-01-31",
            "date-time", "2026-01-31T12:00:00Z",
            "time", "12:00:00Z",
            "email", "demo@example.org",
            "uri", "https://example.org",
            "uuid", "00000000-0000-4000-8000-000000000000");

    private final JsonNode root;
    private @Nullable String unsaid;

    private DemoAnswers(JsonNode root, String said) {
        this.root = root;
        this.unsaid = said;
    }

    static String of(@Nullable JsonNode schema, String said) {
        if (schema == null) {
            return said;
        }
        try {
            if (Json.read(said).isContainerNode()) {
                return said;
            }
        } catch (Problem notJson) {
            // put into an example below
        }
        return new DemoAnswers(schema, said).example(schema, 0).toString();
    }

    private JsonNode example(JsonNode schema, int depth) {
        var nodes = Json.mapper().getNodeFactory();
        if (schema.path("$ref").isTextual()) {
            JsonNode target = root.at(schema.get("$ref").textValue().substring(1));
            return depth > DEEPEST ? nodes.nullNode() : example(target, depth + 1);
        }
        for (String choice : new String[] {"const", "default"}) {
            if (schema.has(choice)) {
                return schema.get(choice);
            }
        }
        for (String choices : new String[] {"enum", "examples"}) {
            if (!schema.path(choices).isEmpty()) {
                return schema.path(choices).get(0);
            }
        }
        for (String ways : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.has("type") && !schema.path(ways).isEmpty()) {
                return example(schema.path(ways).get(0), depth + 1);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> nodes.numberNode((long) Math.ceil(number(schema)));
            case "number" -> nodes.numberNode(number(schema));
            case "boolean" -> nodes.booleanNode(true);
            case "null" -> nodes.nullNode();
            default -> nodes.textNode(text(schema));
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() && !type.isEmpty()
                ? type.get(0).asText()
                : type.asText(schema.has("properties") ? "object" : "string");
    }

    /// What is required; of the rest what there is room for.
    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.mapper().createObjectNode();
        var required = new HashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || depth < 2) {
                object.set(property.getKey(), example(property.getValue(), depth + 1));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode list = Json.mapper().createArrayNode();
        int most = Math.min(schema.path("minItems").asInt(depth < 4 ? 1 : 0), 100);
        for (int n = 0; n < most; n++) {
            list.add(example(schema.path("items"), depth + 1));
        }
        return list;
    }

    private static double number(JsonNode schema) {
        double least = schema.has("exclusiveMinimum")
                ? schema.get("exclusiveMinimum").asDouble() + 1
                : schema.path("minimum").asDouble(1);
        double most = schema.path("maximum").asDouble(Double.MAX_VALUE);
        double step = schema.path("multipleOf").asDouble(0);
        double number = Math.min(least, most);
        return step == 0 ? number : Math.ceil(number / step) * step;
    }

    private String text(JsonNode schema) {
        String format = FORMATS.get(schema.path("format").asText());
        if (format != null || unsaid == null || schema.has("pattern")) {
            return format == null ? padded("demo", schema) : format;
        }
        String said = unsaid;
        unsaid = null;
        return padded(said, schema);
    }

    private static String padded(String text, JsonNode schema) {
        int least = Math.min(schema.path("minLength").asInt(0), 10_000);
        int most = Math.max(2, schema.path("maxLength").asInt(Integer.MAX_VALUE));
        String padded = text.length() < least ? text + ".".repeat(least - text.length()) : text;
        return Text.shorten(padded, most);
    }
}
