package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import org.jspecify.annotations.Nullable;

/// A tool as a server lists it.
///
/// @param schema JSON Schema of the arguments, as it was sent
/// @param hints the server's annotations, which nobody has checked
/// @param refused why it cannot be used, null where it can
public record Offer(
        String name,
        String title,
        String description,
        JsonNode schema,
        JsonNode hints,
        @Nullable String refused) {

    /// Whether the server hints at this, such as `readOnlyHint`.
    public boolean hint(String name, boolean otherwise) {
        return hints.path(name).isBoolean() ? hints.path(name).asBoolean() : otherwise;
    }

    static Offer of(JsonNode tool, @Nullable String refused) {
        var schema = tool.path("inputSchema");
        var hints = tool.path("annotations");
        return new Offer(
                tool.path("name").asText(),
                title(tool, hints),
                tool.path("description").isTextual() ? tool.path("description").asText() : "",
                schema.isObject() ? schema : Json.mapper().createObjectNode(),
                hints.isObject() ? hints : Json.mapper().createObjectNode(),
                refused);
    }

    private static String title(JsonNode tool, JsonNode hints) {
        String title = tool.path("title").isTextual() ? tool.path("title").asText() : "";
        return title.isBlank() ? hints.path("title").asText("") : title;
    }

    Offer refused(String why) {
        return new Offer(name, title, description, schema, hints, why);
    }
}
