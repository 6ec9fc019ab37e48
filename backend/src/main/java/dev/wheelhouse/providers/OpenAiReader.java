package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.GatherCalls;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads answers of OpenAI's chat completions: pieces of a stream, a whole answer, and what servers make of either.
final class OpenAiReader implements Wire.Reader {

    /// Thoughts that some servers want back, by the names they have there.
    private static final List<String> THOUGHTS = List.of("reasoning_content", "reasoning", "thinking");

    private final GatherAnswer into;
    private boolean hasDelta;

    OpenAiReader(GatherAnswer into) {
        this.into = into;
    }

    @Override
    public boolean read(Frames.Frame frame) throws TryFailed, Refusal {
        JsonNode json = frame.json();
        if (json == null) {
            if (frame.event().equals("error")) {
                throw Refusal.inStream(frame.text());
            }
            return frame.isDone();
        }
        refuse(frame, json);
        into.usage.openAi(json.path("usage"));
        into.usage.openAi(json.path("x_groq").path("usage"));
        into.usage.openAi(json.path("timings"));
        into.usage.openAi(json.has("eval_count") ? json : json.path("none"));
        JsonNode choice = first(json);
        if (choice != null) {
            choice(choice);
        } else if (json.path("usage").isObject() && into.hasSaidAnything()) {
            // Counts of the whole come last: the answer is complete, even where nobody said so.
            into.finish(into.isFinished() ? GatherAnswer.Finish.NONE : GatherAnswer.Finish.STOP);
        }
        return false;
    }

    /// An error may be anywhere in a stream that began well.
    private static void refuse(Frames.Frame frame, JsonNode json) throws Refusal {
        boolean hasAnswer =
                json.path("choices").isContainerNode() && !json.path("choices").isEmpty();
        boolean says = isError(json.path("error"))
                || isError(json.path("errors"))
                || isError(json.path("choices").path(0).path("error"))
                || frame.event().equals("error")
                || !hasAnswer && isErrorOfItsOwn(json);
        if (says) {
            throw Refusal.inStream(json.toString());
        }
    }

    private static boolean isErrorOfItsOwn(JsonNode json) {
        String type = json.path("type").asText(json.path("object").asText());
        boolean hasWords = json.path("message").isTextual() || json.path("msg").isTextual();
        boolean hasCode = json.hasNonNull("code")
                || json.hasNonNull("error_code")
                || json.hasNonNull("status_code")
                || json.hasNonNull("statusCode");
        return type.equals("error")
                || json.path("object").asText().equals("error")
                || json.hasNonNull("detail")
                || json.hasNonNull("error_msg")
                || json.hasNonNull("errorMessage")
                || json.hasNonNull("__type")
                || hasWords
                        && (hasCode
                                || json.path("success").isBoolean()
                                        && !json.path("success").asBoolean());
    }

    private static boolean isError(JsonNode error) {
        return error.isTextual() && !error.asText().isBlank()
                || error.isContainerNode() && !error.isEmpty()
                || error.isBoolean() && error.asBoolean();
    }

    /// The first answer only; some servers leave out the list around it.
    private static @Nullable JsonNode first(JsonNode json) {
        JsonNode choices = json.path("choices");
        if (choices.isObject()) {
            return choices;
        }
        for (JsonNode one : choices) {
            if (one.path("index").asInt(0) == 0) {
                return one;
            }
        }
        return !choices.isArray() && (json.has("message") || json.has("delta") || json.has("content")) ? json : null;
    }

    private void choice(JsonNode choice) throws TryFailed {
        into.usage.openAi(choice.path("usage"));
        if (choice.path("delta").isTextual()) {
            into.add(choice.path("delta").asText());
        } else if (choice.path("delta").isObject() && !choice.path("delta").isEmpty()) {
            hasDelta = true;
            message(choice.path("delta"), true);
        } else if (choice.path("message").isObject()) {
            message(choice.path("message"), !hasDelta);
        } else if (choice.path("text").isTextual()) {
            into.add(choice.path("text").asText());
        } else if (choice.has("content")) {
            message(choice, true);
        }
        into.finish(GatherAnswer.Finish.of(choice.path("finish_reason")));
        if (!into.isFinished()) {
            into.finish(GatherAnswer.Finish.of(choice.path("done_reason")));
        }
    }

    /// @param withText false for a summary at the end of a stream, whose text was told already
    private void message(JsonNode message, boolean withText) throws TryFailed {
        if (withText) {
            content(message.path("content"));
        }
        thoughts(message);
        if (message.path("refusal").isTextual()) {
            into.refuse(message.path("refusal").asText());
        }
        JsonNode calls = message.path("tool_calls");
        if (calls.isObject()) {
            call(calls);
        }
        for (JsonNode call : calls.isArray() ? calls : List.<JsonNode>of()) {
            call(call);
        }
        JsonNode legacy = message.path("function_call");
        if (legacy.isObject()) {
            into.calls.add(
                    new GatherCalls.Fragment("function", null, text(legacy.path("name")), arguments(legacy), null));
        }
        if (message.path("extra_content").isContainerNode()) {
            into.kept().set("extra_content", message.path("extra_content"));
        }
    }

    /// Text, or parts of it, some of which may be thoughts.
    private void content(JsonNode content) throws TryFailed {
        if (content.isTextual()) {
            into.add(content.asText());
        } else if (content.isArray()) {
            for (JsonNode part : content) {
                content(part);
            }
        } else if (content.isObject()) {
            switch (content.path("type").asText("text")) {
                case "thinking", "reasoning", "thought" -> into.thought(words(content));
                case "refusal" -> into.refuse(content.path("refusal").asText());
                default -> into.add(words(content.path("text")));
            }
        }
    }

    /// The text of a part, a list of parts, or a plain text.
    private static String words(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        var words = new StringBuilder();
        if (node.isArray()) {
            node.forEach(inner -> words.append(words(inner)));
        } else {
            for (String name : List.of("text", "value", "thinking", "content", "reasoning", "summary")) {
                words.append(node.has(name) ? words(node.path(name)) : "");
            }
        }
        return words.toString();
    }

    private void thoughts(JsonNode message) {
        boolean isTold = false;
        for (String name : THOUGHTS) {
            JsonNode thought = message.path(name);
            if (thought.isTextual() || thought.isContainerNode()) {
                String words = words(thought);
                into.thought(isTold ? "" : words);
                isTold = true;
                if (thought.isTextual()) {
                    into.keep(name, words);
                }
            }
        }
        for (JsonNode detail : message.path("reasoning_details")) {
            detail(detail);
        }
    }

    /// Pieces of the same thought are put together: text behind text, and the last of what is not text.
    private void detail(JsonNode detail) {
        ArrayNode details = into.kept().withArray("/reasoning_details");
        ObjectNode last = details.isEmpty() ? null : (ObjectNode) details.get(details.size() - 1);
        if (!detail.isObject()) {
            return;
        }
        boolean goesOn = last != null
                && last.path("type").equals(detail.path("type"))
                && last.path("index").equals(detail.path("index"))
                && (!last.hasNonNull("id")
                        || !detail.hasNonNull("id")
                        || last.path("id").equals(detail.path("id")))
                && !last.has("data");
        if (!goesOn) {
            details.add(detail.deepCopy());
            return;
        }
        detail.properties().forEach(field -> {
            boolean isText = field.getKey().equals("text") || field.getKey().equals("summary");
            if (isText) {
                last.put(
                        field.getKey(),
                        last.path(field.getKey()).asText() + field.getValue().asText(""));
            } else if (!field.getValue().isNull()) {
                last.set(field.getKey(), field.getValue());
            }
        });
    }

    private void call(JsonNode call) {
        JsonNode function = call.path("function").isObject() ? call.path("function") : call;
        String index = call.hasNonNull("index") ? call.path("index").asText() : null;
        JsonNode extra = call.path("extra_content");
        into.calls.add(new GatherCalls.Fragment(
                index,
                text(call.path("id")),
                text(function.path("name")),
                arguments(function),
                extra.isContainerNode() ? extra : null));
    }

    private static @Nullable String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }

    /// As text, or as the object itself.
    private static @Nullable String arguments(JsonNode function) {
        JsonNode arguments = function.has("arguments") ? function.path("arguments") : function.path("input");
        if (arguments.isMissingNode() || arguments.isNull()) {
            return null;
        }
        return arguments.isTextual() ? arguments.asText() : arguments.toString();
    }
}
