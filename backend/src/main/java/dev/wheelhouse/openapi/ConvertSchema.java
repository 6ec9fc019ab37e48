package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Makes schemas of OpenAPI, 3.0 ones included, schemas that models and validators read. What they share goes into
/// `$defs`, so that a schema may refer to itself.
final class ConvertSchema {

    private static final int MOST_SHARED = 100;
    private static final int MOST_CHARACTERS = 30_000;
    private static final int DEEPEST = 20;
    private static final Set<String> DROPPED =
            Set.of("nullable", "discriminator", "xml", "externalDocs", "example", "examples", "readOnly", "writeOnly");

    private final Document document;
    private final Map<String, JsonNode> shared = new LinkedHashMap<>();
    private int characters;

    ConvertSchema(Document document) {
        this.document = document;
    }

    /// What the schemas refer to, by its name under `$defs`.
    Map<String, JsonNode> shared() {
        return shared;
    }

    JsonNode convert(JsonNode schema) {
        return convert(schema, 0);
    }

    private JsonNode convert(JsonNode schema, int depth) {
        if (!schema.isObject()) {
            return schema.isBoolean() ? schema : anything();
        }
        if (schema.path("$ref").isTextual()) {
            return reference(schema);
        }
        if (depth > DEEPEST || characters > MOST_CHARACTERS) {
            return anything();
        }
        var converted = Json.mapper().createObjectNode();
        for (var field : schema.properties()) {
            characters += field.getKey().length()
                    + (field.getValue().isValueNode()
                            ? field.getValue().asText().length()
                            : 4);
            if (!DROPPED.contains(field.getKey()) && !field.getKey().startsWith("x-")) {
                converted.set(field.getKey(), value(field.getKey(), field.getValue(), depth));
            }
        }
        withoutReadOnly(schema, converted);
        bounds(converted, "minimum", "exclusiveMinimum");
        bounds(converted, "maximum", "exclusiveMaximum");
        return schema.path("nullable").asBoolean() ? nullable(converted) : converted;
    }

    private static ObjectNode anything() {
        return Json.mapper().createObjectNode();
    }

    private JsonNode value(String key, JsonNode value, int depth) {
        return switch (key) {
            case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas" -> {
                var named = Json.mapper().createObjectNode();
                value.properties().forEach(field -> named.set(field.getKey(), convert(field.getValue(), depth + 1)));
                yield named;
            }
            case "allOf", "anyOf", "oneOf", "prefixItems" -> {
                var list = Json.mapper().createArrayNode();
                value.forEach(one -> list.add(convert(one, depth + 1)));
                yield list;
            }
            case "items", "not", "if", "then", "else", "contains", "propertyNames", "additionalProperties" ->
                value.isObject() ? convert(value, depth + 1) : value;
            default -> value;
        };
    }

    /// What only the server sets is not asked for.
    private static void withoutReadOnly(JsonNode schema, ObjectNode converted) {
        for (var property : schema.path("properties").properties()) {
            if (property.getValue().path("readOnly").asBoolean()) {
                ((ObjectNode) converted.path("properties")).remove(property.getKey());
                if (converted.path("required").isArray()) {
                    var required = Json.mapper().createArrayNode();
                    converted.path("required").forEach(name -> {
                        if (!name.asText().equals(property.getKey())) {
                            required.add(name);
                        }
                    });
                    converted.set("required", required);
                }
            }
        }
    }

    /// In 3.0 it is a mark on the bound, not a bound.
    private static void bounds(ObjectNode schema, String bound, String exclusive) {
        if (schema.path(exclusive).isBoolean()) {
            boolean isExclusive = schema.remove(exclusive).asBoolean();
            if (isExclusive && schema.path(bound).isNumber()) {
                schema.set(exclusive, schema.remove(bound));
            }
        }
    }

    private static JsonNode nullable(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            var types = Json.mapper()
                    .createArrayNode()
                    .add(schema.path("type").asText())
                    .add("null");
            schema.set("type", types);
            if (schema.path("enum").isArray()) {
                ((com.fasterxml.jackson.databind.node.ArrayNode) schema.path("enum")).addNull();
            }
            return schema;
        }
        var either = Json.mapper().createObjectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }

    private JsonNode reference(JsonNode schema) {
        String to = schema.path("$ref").asText();
        String last = to.substring(to.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_]", "_");
        String name = last + "_" + Hash.of(to).substring(0, 6);
        if (!shared.containsKey(name)) {
            if (shared.size() >= MOST_SHARED || characters > MOST_CHARACTERS) {
                return anything();
            }
            // Before it is converted: it may refer to itself.
            shared.put(name, anything());
            shared.put(name, convert(document.resolved(schema), 0));
        }
        return Json.mapper().createObjectNode().put("$ref", "#/$defs/" + name);
    }
}
