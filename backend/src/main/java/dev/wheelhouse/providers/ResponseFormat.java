package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;

/// How OpenAI's wire asks for JSON that fits a schema.
final class ResponseFormat {

    private ResponseFormat() {}

    static ObjectNode of(JsonNode schema) {
        ObjectNode format = Json.mapper().createObjectNode().put("type", "json_schema");
        format.putObject("json_schema")
                .put("name", "answer")
                .put("strict", isStrict(schema))
                .set("schema", schema);
        return format;
    }

    /// Strict servers take only objects whose properties are all required and that have no others; the rest is asked
    /// for less strictly, and whoever asks validates the answer anyway.
    static boolean isStrict(JsonNode schema) {
        if (schema.path("properties").isObject() || schema.path("type").asText().equals("object")) {
            var required = new java.util.HashSet<String>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            boolean closed = schema.path("additionalProperties").isBoolean()
                    && !schema.path("additionalProperties").booleanValue();
            boolean all = schema.path("properties").properties().stream()
                    .allMatch(property -> required.contains(property.getKey()));
            if (!closed || !all) {
                return false;
            }
        }
        for (JsonNode inner : schema) {
            if (inner.isContainerNode() && !isStrict(inner)) {
                return false;
            }
        }
        return true;
    }
}
