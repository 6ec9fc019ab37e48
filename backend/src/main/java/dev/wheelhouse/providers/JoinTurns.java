package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import org.jspecify.annotations.Nullable;

/// Messages in a row of the same role as one, for servers whose templates want the roles to take turns.
final class JoinTurns {

    private JoinTurns() {}

    static ArrayNode of(JsonNode messages) {
        ArrayNode joined = Json.mapper().createArrayNode();
        ObjectNode last = null;
        for (JsonNode one : messages) {
            if (last != null && isSame(last, one)) {
                last.set("content", both(last.path("content"), one.path("content")));
            } else {
                last = one.deepCopy();
                joined.add(last);
            }
        }
        return joined;
    }

    private static boolean isSame(@Nullable ObjectNode last, JsonNode next) {
        String role = next.path("role").asText();
        return last != null
                && (role.equals("user") || role.equals("assistant"))
                && last.path("role").asText().equals(role)
                && !last.has("tool_calls")
                && !next.has("tool_calls");
    }

    private static JsonNode both(JsonNode first, JsonNode second) {
        if (first.isTextual() && second.isTextual()) {
            return Json.mapper().getNodeFactory().textNode(first.asText() + "\n\n" + second.asText());
        }
        ArrayNode parts = Json.mapper().createArrayNode();
        add(parts, first);
        add(parts, second);
        return parts;
    }

    private static void add(ArrayNode parts, JsonNode content) {
        if (content.isArray()) {
            content.forEach(parts::add);
        } else {
            parts.addObject().put("type", "text").put("text", content.asText());
        }
    }
}
