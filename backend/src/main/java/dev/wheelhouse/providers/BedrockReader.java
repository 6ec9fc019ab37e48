package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.GatherAnswer.Finish;
import dev.wheelhouse.frames.GatherCalls.Fragment;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the events of a conversation with Bedrock, and whole answers. The counts come last, after the end.
final class BedrockReader implements Wire.Reader {

    private final GatherAnswer into;
    private final Map<Integer, ObjectNode> thoughts = new TreeMap<>();
    /// What is told in pieces, by its field, until the end.
    private final Map<ObjectNode, Map<String, StringBuilder>> pieces = new IdentityHashMap<>();

    BedrockReader(GatherAnswer into) {
        this.into = into;
    }

    @Override
    public boolean read(Frames.Frame frame) throws TryFailed, Refusal {
        JsonNode json = frame.json();
        if (frame.event().equals("error") || json != null && isError(json)) {
            throw Refusal.inStream(json == null ? frame.text() : json.toString());
        }
        if (json == null) {
            return false;
        }
        // The gateways of others put each event into an object with its name.
        boolean isWrapped = frame.event().isEmpty()
                && json.size() == 1
                && json.elements().next().isObject();
        JsonNode inner = isWrapped ? json.elements().next() : json;
        String name = isWrapped ? json.fieldNames().next() : frame.event();
        return json.has("output") ? whole(json) : event(name, inner);
    }

    private static boolean isError(JsonNode json) {
        return json.hasNonNull("__type")
                || json.size() == 1 && json.fieldNames().next().endsWith("Exception")
                || !json.has("output") && json.path("message").isTextual();
    }

    private boolean event(String name, JsonNode event) throws TryFailed {
        int index = event.path("contentBlockIndex").asInt(0);
        if (event.has("start")) {
            begin(index, event.path("start").path("toolUse"));
        }
        if (event.has("delta")) {
            goOn(index, event.path("delta"));
        }
        if (event.has("stopReason")) {
            end(event.path("stopReason"));
        }
        into.usage.bedrock(event.path("usage"));
        return name.equals("metadata") && into.isFinished();
    }

    private boolean whole(JsonNode answer) throws TryFailed {
        int index = 0;
        for (JsonNode block : answer.path("output").path("message").path("content")) {
            JsonNode use = block.path("toolUse");
            if (use.isObject()) {
                begin(index, use);
            }
            goOn(index++, block);
        }
        into.usage.bedrock(answer.path("usage"));
        end(answer.path("stopReason"));
        return true;
    }

    private void begin(int index, JsonNode use) {
        if (use.isObject()) {
            into.calls.add(new Fragment(
                    Integer.toString(index),
                    text(use.path("toolUseId")),
                    text(use.path("name")),
                    input(use.path("input")),
                    null));
        }
    }

    /// As text, or as the object itself.
    private static @Nullable String input(JsonNode input) {
        return input.isTextual() ? input.asText() : input.isContainerNode() ? input.toString() : null;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private void goOn(int index, JsonNode delta) throws TryFailed {
        into.add(delta.path("text").asText(""));
        String input = input(delta.path("toolUse").path("input"));
        if (input != null) {
            into.calls.add(new Fragment(Integer.toString(index), null, null, input, null));
        }
        JsonNode thought = delta.path("reasoningContent");
        if (thought.isObject()) {
            JsonNode words = thought.path("reasoningText").isObject() ? thought.path("reasoningText") : thought;
            into.thought(words.path("text").asText(""));
            keep(index, words);
        }
    }

    /// Thoughts go back as they came: text, the signature over it, or what nobody may read.
    private void keep(int index, JsonNode words) {
        ObjectNode block = thoughts.computeIfAbsent(index, _ -> Json.mapper().createObjectNode());
        if (words.has("redactedContent")) {
            block.set("redactedContent", words.path("redactedContent"));
            return;
        }
        for (String field : new String[] {"text", "signature"}) {
            if (words.path(field).isTextual()) {
                pieces.computeIfAbsent(block.withObject("/reasoningText"), _ -> new TreeMap<>())
                        .computeIfAbsent(field, _ -> new StringBuilder())
                        .append(words.path(field).asText());
            }
        }
    }

    private void end(JsonNode reason) {
        pieces.forEach((told, texts) -> texts.forEach((field, text) -> told.put(field, text.toString())));
        ArrayNode blocks = Json.mapper().createArrayNode();
        thoughts.values().stream()
                .filter(block -> block.has("redactedContent")
                        || block.path("reasoningText").has("text"))
                .forEach(block -> blocks.addObject().set("reasoningContent", block));
        if (!blocks.isEmpty()) {
            into.kept().set("blocks", blocks);
        }
        Finish how = Finish.of(reason);
        into.finish(how == Finish.NONE ? Finish.STOP : how);
    }
}
