package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.GatherCalls;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads Anthropic's events, by their names or by the types in their data, and whole messages.
final class AnthropicReader implements Wire.Reader {

    private final GatherAnswer into;
    private final Map<Integer, ObjectNode> thoughts = new TreeMap<>();
    /// What is told in pieces, by its field, until the end.
    private final Map<ObjectNode, Map<String, StringBuilder>> pieces = new IdentityHashMap<>();
    /// The input that a block began with, for servers that send no pieces of it.
    private final Map<Integer, String> begun = new TreeMap<>();

    AnthropicReader(GatherAnswer into) {
        this.into = into;
    }

    @Override
    public boolean read(Frames.Frame frame) throws TryFailed, Refusal {
        JsonNode json = frame.json();
        if (json == null) {
            if (frame.event().equals("error")) {
                throw Refusal.inStream(frame.text());
            }
            return frame.isDone() && ended();
        }
        String type = json.path("type").asText(frame.event());
        if (isError(type, json)) {
            throw Refusal.inStream(json.toString());
        }
        return event(type, json);
    }

    @Override
    public boolean knows(Frames.Frame frame) {
        JsonNode json = frame.json();
        return json != null
                && (json.has("type") || json.has("content") || !frame.event().isEmpty());
    }

    private boolean event(String type, JsonNode json) throws TryFailed {
        int index = json.path("index").asInt(0);
        return switch (type) {
            case "message_start" -> {
                into.usage.anthropic(json.path("message").path("usage"));
                blocks(json.path("message").path("content"));
                yield false;
            }
            case "content_block_start" -> {
                begin(index, json.path("content_block"));
                yield false;
            }
            case "content_block_delta" -> {
                goOn(index, json.path("delta"));
                yield false;
            }
            case "content_block_stop" -> {
                end(index);
                yield false;
            }
            case "message_delta" -> {
                into.usage.anthropic(json.path("usage"));
                into.finish(GatherAnswer.Finish.of(json.path("delta").path("stop_reason")));
                yield false;
            }
            case "message_stop" -> {
                into.usage.anthropic(json.path("usage"));
                yield ended();
            }
            case "message" -> whole(json);
            default -> type.isEmpty() && json.path("content").isContainerNode() && whole(json);
        };
    }

    private static boolean isError(String type, JsonNode json) {
        return type.equals("error")
                || Refusal.isOne(json.path("error"))
                || !json.has("type")
                        && (json.hasNonNull("detail") || json.path("message").isTextual());
    }

    private boolean whole(JsonNode message) throws TryFailed {
        blocks(message.path("content"));
        into.usage.anthropic(message.path("usage"));
        into.finish(GatherAnswer.Finish.of(message.path("stop_reason")));
        return ended();
    }

    private void blocks(JsonNode content) throws TryFailed {
        if (content.isTextual()) {
            into.add(content.asText());
        }
        int at = 0;
        for (JsonNode block : content.isArray() ? content : java.util.List.<JsonNode>of()) {
            begin(at, block);
            end(at++);
        }
    }

    private void begin(int index, JsonNode block) throws TryFailed {
        switch (block.path("type").asText()) {
            case "text" -> into.add(block.path("text").asText(""));
            case "tool_use" -> {
                into.calls.add(new GatherCalls.Fragment(
                        Integer.toString(index), text(block.path("id")), text(block.path("name")), null, null));
                JsonNode input = block.path("input");
                if (input.isObject() && !input.isEmpty()) {
                    begun.put(index, input.toString());
                } else if (input.isTextual()) {
                    begun.put(index, input.asText());
                }
            }
            case "thinking", "redacted_thinking" -> {
                thoughts.put(index, block.deepCopy());
                into.thought(block.path("thinking").asText(""));
            }
            default -> {}
        }
    }

    private void goOn(int index, JsonNode delta) throws TryFailed {
        switch (delta.path("type").asText("text_delta")) {
            case "text_delta" -> into.add(delta.path("text").asText(""));
            case "input_json_delta" -> {
                JsonNode piece = delta.path("partial_json");
                String text = piece.isTextual() ? piece.asText() : piece.isObject() ? piece.toString() : "";
                if (!text.isEmpty()) {
                    begun.remove(index);
                    into.calls.add(new GatherCalls.Fragment(Integer.toString(index), null, null, text, null));
                }
            }
            case "thinking_delta" -> {
                into.thought(delta.path("thinking").asText(""));
                append(index, "thinking", delta.path("thinking").asText(""));
            }
            case "signature_delta" ->
                append(index, "signature", delta.path("signature").asText(""));
            default -> {}
        }
    }

    private void append(int index, String field, String piece) {
        ObjectNode block = thoughts.computeIfAbsent(
                index,
                _ -> Json.mapper().createObjectNode().put("type", "thinking").put("thinking", ""));
        pieces.computeIfAbsent(
                        block,
                        _ -> new TreeMap<>(Map.of(
                                "thinking",
                                        new StringBuilder(block.path("thinking").asText("")),
                                "signature",
                                        new StringBuilder(
                                                block.path("signature").asText("")))))
                .get(field)
                .append(piece);
    }

    private void end(int index) {
        String whole = begun.remove(index);
        if (whole != null) {
            into.calls.add(new GatherCalls.Fragment(Integer.toString(index), null, null, whole, null));
        }
    }

    /// Only signed thoughts go back: others are refused.
    private boolean ended() {
        java.util.List.copyOf(begun.keySet()).forEach(this::end);
        pieces.forEach((block, texts) -> texts.forEach((field, text) -> block.put(field, text.toString())));
        ArrayNode blocks = Json.mapper().createArrayNode();
        thoughts.values().stream()
                .filter(block -> !block.path("signature").asText("").isBlank() || block.has("data"))
                .forEach(blocks::add);
        if (!blocks.isEmpty()) {
            into.kept().set("blocks", blocks);
        }
        into.finish(into.isFinished() ? GatherAnswer.Finish.NONE : GatherAnswer.Finish.STOP);
        return true;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }
}
