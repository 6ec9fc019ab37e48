package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import org.jspecify.annotations.Nullable;

/// What a server is answered that asks back in the middle of a call. Nobody is there to be asked: it gets the values
/// that it proposes itself, or is declined.
record Replies(boolean answersDefaults) {

    private static final int NO_SUCH_METHOD = -32601;

    static ObjectNode client() {
        return Json.mapper().createObjectNode().put("name", "wheelhouse").put("version", "1");
    }

    ObjectNode capabilities() {
        var capabilities = Json.mapper().createObjectNode();
        if (answersDefaults) {
            capabilities.putObject("elicitation").putObject("form").put("applyDefaults", true);
        }
        return capabilities;
    }

    /// Null for what wants no reply.
    @Nullable
    ObjectNode to(JsonNode message) {
        if (!message.path("method").isTextual() || !message.has("id")) {
            return null;
        }
        var reply = Json.mapper().createObjectNode().put("jsonrpc", "2.0");
        reply.set("id", message.path("id"));
        var result = result(message);
        if (result != null) {
            return reply.set("result", result);
        }
        reply.putObject("error")
                .put("code", NO_SUCH_METHOD)
                .put("message", "Nothing here answers " + message.path("method").asText());
        return reply;
    }

    /// What is answered to a request of the server, null where nothing can be.
    @Nullable
    ObjectNode result(JsonNode request) {
        return switch (request.path("method").asText()) {
            case "ping" -> Json.mapper().createObjectNode();
            case "elicitation/create" -> asked(request.path("params"));
            default -> null;
        };
    }

    private ObjectNode asked(JsonNode params) {
        var answer = Json.mapper().createObjectNode();
        if (!answersDefaults || params.path("mode").asText("form").equals("url")) {
            return answer.put("action", "decline");
        }
        var content = answer.put("action", "accept").putObject("content");
        for (var field : params.path("requestedSchema").path("properties").properties()) {
            if (field.getValue().has("default")) {
                content.set(field.getKey(), field.getValue().get("default"));
            }
        }
        for (var required : params.path("requestedSchema").path("required")) {
            if (!content.has(required.asText())) {
                return Json.mapper().createObjectNode().put("action", "decline");
            }
        }
        return answer;
    }
}
