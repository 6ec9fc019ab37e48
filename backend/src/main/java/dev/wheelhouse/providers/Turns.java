package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;

/// A conversation for protocols whose messages are lists of blocks: roles take turns, the user begins, and results of
/// tools come in the user's name.
final class Turns {

    /// How a protocol writes each kind of block.
    interface Blocks {

        void text(ArrayNode blocks, String text);

        void image(ArrayNode blocks, ModelMessage.Image image);

        void call(ArrayNode blocks, String id, String tool, JsonNode input);

        void result(ArrayNode blocks, String id, String text, boolean hasFailed);
    }

    private final ArrayNode messages = Json.mapper().createArrayNode();
    private final Blocks blocks;
    private final FitNames names;
    private final String source;

    /// @param source whose thoughts may go back
    Turns(Blocks blocks, FitNames names, String source) {
        this.blocks = blocks;
        this.names = names;
        this.source = source;
    }

    /// What stands before the conversation, in the user's name.
    void begin(String text) {
        blocks.text(turn("user"), text);
    }

    ArrayNode of(ModelCall call) {
        for (ModelMessage message : call.messages()) {
            switch (message) {
                case ModelMessage.User user -> user(turn("user"), user);
                case ModelMessage.Assistant said -> assistant(turn("assistant"), said);
                case ModelMessage.ToolResult result ->
                    blocks.result(turn("user"), names.id(result.call()), Said.spoken(result.text()), result.failed());
            }
        }
        return messages;
    }

    /// The blocks of the last message if it is of this role, else of a new one.
    private ArrayNode turn(String role) {
        JsonNode last = messages.path(messages.size() - 1);
        if (last.path("role").asText().equals(role)) {
            return (ArrayNode) last.path("content");
        }
        if (messages.isEmpty() && role.equals("assistant")) {
            begin(Said.NOTHING);
        }
        return messages.addObject().put("role", role).putArray("content");
    }

    private void user(ArrayNode to, ModelMessage.User user) {
        user.images().forEach(image -> blocks.image(to, image));
        if (user.images().isEmpty() || !user.text().isBlank()) {
            blocks.text(to, Said.spoken(user.text()));
        }
    }

    private void assistant(ArrayNode to, ModelMessage.Assistant said) {
        var kept = said.kept();
        if (kept != null && kept.source().equals(source)) {
            Json.read(kept.json()).path("blocks").forEach(to::add);
        }
        if (said.toolCalls().isEmpty() || !said.text().isBlank()) {
            blocks.text(to, Said.spoken(said.text()));
        }
        said.toolCalls()
                .forEach(request -> blocks.call(
                        to, names.id(request.id()), names.name(request.tool()), Said.object(request.arguments())));
    }
}
