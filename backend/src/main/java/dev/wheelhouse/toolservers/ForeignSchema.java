package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schema as others write it, made one that values can be held against here. What is wrong or cannot be bounded is
/// left out, so that it allows more: the server itself checks what it gets.
///
/// @param refused why it cannot be used at all, null where it can
record ForeignSchema(JsonNode schema, @Nullable String refused) {

    private static final int MOST_ROUNDS = 200;
    private static final Set<String> BY_NAME =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    static ForeignSchema of(JsonNode written) {
        ObjectNode schema =
                written.isObject() ? written.deepCopy() : Json.mapper().createObjectNode();
        schema.remove("$schema");
        if (!schema.path("type").asText().equals("object") && !schema.has("$ref")) {
            schema.put("type", "object");
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var mistakes = Schema.mistakes(schema);
            if (mistakes.isEmpty()) {
                return new ForeignSchema(schema, null);
            }
            var first = mistakes.getFirst();
            if (first.path().isEmpty() || !removed(schema, JsonPointer.compile(first.path()))) {
                return new ForeignSchema(empty(), "its arguments cannot be checked: " + first.message());
            }
        }
        return new ForeignSchema(empty(), "its arguments are described by a schema with too many mistakes");
    }

    private static ObjectNode empty() {
        return Json.mapper().createObjectNode().put("type", "object");
    }

    private static boolean removed(ObjectNode schema, JsonPointer at) {
        var parent = schema.at(at.head());
        String key = at.last().getMatchingProperty();
        boolean isSchema = at.head().matches()
                ? false
                : BY_NAME.contains(String.valueOf(at.head().last().getMatchingProperty()));
        if (parent instanceof ObjectNode object && object.has(key)) {
            if (isSchema && !object.get(key).equals(Json.mapper().createObjectNode())) {
                object.set(key, Json.mapper().createObjectNode());
            } else {
                object.remove(key);
            }
            return true;
        }
        if (parent instanceof ArrayNode list
                && at.last().getMatchingIndex() >= 0
                && at.last().getMatchingIndex() < list.size()) {
            int index = at.last().getMatchingIndex();
            if (list.get(index).isObject() && !list.get(index).isEmpty()) {
                list.set(index, Json.mapper().createObjectNode());
            } else {
                list.remove(index);
            }
            return true;
        }
        if (key.equals("type") && schema.at(at.head()) instanceof ObjectNode object) {
            object.put("type", "object");
            return !object.has("$ref");
        }
        return false;
    }
}
