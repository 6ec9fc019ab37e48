package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.mcp.Offer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a tool says of itself, whatever kind its server is of. As JSON it is what people compare and approve.
///
/// @param remote its name on the server
/// @param hints what the server says of its effects
/// @param request how it is called, of a tool of an OpenAPI document; null for MCP
/// @param refused why it cannot be used, null where it can
record Offered(
        String remote,
        String title,
        String description,
        JsonNode schema,
        JsonNode hints,
        @Nullable JsonNode request,
        @Nullable String refused) {

    static Offered of(Offer offer) {
        return new Offered(
                offer.name(), offer.title(), offer.description(), offer.schema(), offer.hints(), null, offer.refused());
    }

    Offer offer() {
        return new Offer(remote, title, description, schema, hints, null);
    }

    Offered refused(String why) {
        return new Offered(remote, title, description, schema, hints, request, why);
    }

    boolean hint(String name, boolean otherwise) {
        return hints.path(name).isBoolean() ? hints.path(name).asBoolean() : otherwise;
    }

    /// The same text for the same content, whatever the order in which the server sent it.
    String json() {
        ObjectNode json = Json.mapper()
                .createObjectNode()
                .put("name", remote)
                .put("title", title)
                .put("description", description);
        json.set("schema", schema);
        json.set("hints", hints);
        if (request != null) {
            json.set("request", request);
        }
        return sorted(json).toString();
    }

    String hash() {
        return Hash.of(json());
    }

    static Offered read(String text) {
        var json = Json.readPictures(text);
        return new Offered(
                json.path("name").asText(),
                json.path("title").asText(),
                json.path("description").asText(),
                json.path("schema"),
                json.path("hints"),
                json.get("request"),
                null);
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            var fields = new TreeMap<String, JsonNode>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            var sorted = Json.mapper().createObjectNode();
            sorted.setAll(fields);
            return sorted;
        }
        if (node.isArray()) {
            var list = Json.mapper().createArrayNode();
            node.forEach(item -> list.add(sorted(item)));
            return list;
        }
        return node;
    }
}
