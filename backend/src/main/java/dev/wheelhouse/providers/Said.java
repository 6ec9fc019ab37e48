package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;

/// What was said and described, in forms that the strictest server of any protocol takes.
final class Said {

    static final String NOTHING = "(nothing)";

    private Said() {}

    /// Providers refuse messages without text.
    static String spoken(String text) {
        return text.isBlank() ? NOTHING : text;
    }

    /// Some servers read the arguments of earlier calls again and fail on anything but an object.
    static JsonNode object(String arguments) {
        try {
            JsonNode node = Json.read(arguments);
            if (node.isObject()) {
                return node;
            }
        } catch (Problem notJson) {
            // wrapped below like other values that are not objects
        }
        return Json.mapper().createObjectNode().put("unreadable", arguments);
    }

    /// Some servers want even tools without arguments to have a schema with properties.
    static JsonNode parameters(JsonNode schema) {
        ObjectNode object =
                schema.isObject() ? schema.deepCopy() : Json.mapper().createObjectNode();
        object.remove("$schema");
        if (!object.path("type").isTextual()) {
            object.put("type", "object");
        }
        if (!object.path("properties").isObject()) {
            object.putObject("properties");
        }
        return object;
    }
}
