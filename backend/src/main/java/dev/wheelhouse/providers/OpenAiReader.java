package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.GatherCalls;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads answers of OpenAI's chat completions: pieces of a stream, a whole answer, and what servers make of either.
final class OpenAiReader implements Wire.Reader {

    private static final List<String> ENDS = List.of("done_reason", "finishReason");

    /// Thoughts that some servers want back, by the names they have there.
    private static final List<String> THOUGHTS = List.of("reasoning_content", "reasoning", "thinking");

    private static final List<String> ARGUMENTS = List.of("arguments", "input", "parameters");
    private static final List<String> OWN = List.of("choices", "message", "delta", "content", "usage", "done");
    private static final Set<String> ERRORS = Set.of("error", "exception");

    private final GatherAnswer into;
    private boolean hasDelta;
    /// The number of the answer that is read; -1 before it begins.
    private int own = -1;

    OpenAiReader(GatherAnswer into) {
        this.into = into;
    }

    @Override
    public boolean read(Frames.Frame frame) throws TryFailed, Refusal {
        JsonNode json = frame.json();
        if (json == null) {
            if (ERRORS.contains(frame.event())) {
                throw Refusal.inStream(frame.text());
            }
            return frame.isDone();
        }
        refuse(frame, json);
        into.usage.openAi(json.path("usage"));
        into.usage.openAi(json.path("x_groq").path("usage"));
        into.usage.openAi(json.path("timings"));
        into.usage.openAi(json.path("usageMetadata"));
        into.usage.openAi(json.has("eval_count") ? json : json.path("none"));
        var choices = mine(json);
        for (JsonNode choice : choices) {
            choice(choice);
        }
        if (choices.isEmpty() && json.path("usage").isObject() && into.hasSaidAnything()) {
            // Counts of the whole come last: the answer is complete, even where nobody said so.
            into.finish(into.isFinished() ? GatherAnswer.Finish.NONE : GatherAnswer.Finish.STOP);
        }
        return false;
    }

    /// Chunks and whole answers have no type; events of other protocols do.
    @Override
    public boolean knows(Frames.Frame frame) {
        JsonNode json = frame.json();
        return json != null && OWN.stream().anyMatch(json::has) && !isOther(json);
    }

    private static boolean isOther(JsonNode json) {
        return json.path("type").isTextual() && !json.has("choices");
    }

    /// An error may be anywhere in a stream that began well.
    private static void refuse(Frames.Frame frame, JsonNode json) throws Refusal {
        boolean hasAnswer =
                json.path("choices").isContainerNode() && !json.path("choices").isEmpty();
        JsonNode choice = json.path("choices").path(0);
        boolean says = Stream.of(json, json.path("response"), choice, choice.path("delta"), choice.path("message"))
                        .anyMatch(place -> Refusal.isOne(place.path("error")) || Refusal.isOne(place.path("errors")))
                || ERRORS.contains(frame.event())
                || Refusal.isOne(json.path("base_resp").path("status_code"))
                || !hasAnswer && isErrorOfItsOwn(json);
        if (says) {
            throw Refusal.inStream(json.toString());
        }
    }

    private static boolean isErrorOfItsOwn(JsonNode json) {
        String type = json.path("type").asText(json.path("object").asText());
        boolean hasWords = json.path("message").isTextual() || json.path("msg").isTextual();
        boolean hasCode = Stream.of("code", "error_code", "status_code", "statusCode")
                .anyMatch(name -> Refusal.isOne(json.path(name)));
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

    /// Those of the answer that came first: a server may give it any number, and even cut it over several choices.
    /// Some leave out the list around it.
    private List<JsonNode> mine(JsonNode json) {
        JsonNode choices = json.path("choices");
        if (choices.isObject()) {
            return List.of(choices);
        }
        if (!choices.isArray()) {
            boolean isBare = json.has("message") || json.has("delta") || json.has("content");
            return isBare && !isOther(json) ? List.of(json) : List.of();
        }
        var mine = new ArrayList<JsonNode>();
        for (JsonNode one : choices) {
            int number = one.path("index").asInt(0);
            own = own < 0 && one.isObject() ? number : own;
            if (one.isObject() && number == own) {
                mine.add(one);
            }
        }
        return mine;
    }

    private void choice(JsonNode choice) throws TryFailed {
        into.usage.openAi(choice.path("usage"));
        into.usage.openAi(choice.path("delta").path("usage"));
        if (choice.path("delta").isTextual()) {
            into.add(choice.path("delta").asText());
        } else if (choice.path("delta").isObject() && !choice.path("delta").isEmpty()) {
            hasDelta = true;
            message(choice.path("delta"), true);
        } else if (choice.path("message").isObject()) {
            message(choice.path("message"), !hasDelta);
        } else if (choice.path("message").isTextual() && choice.has("finish_reason")) {
            into.add(choice.path("message").asText());
        } else if (choice.path("text").isTextual()) {
            into.add(choice.path("text").asText());
        } else if (choice.has("content")) {
            message(choice, true);
        }
        into.finish(GatherAnswer.Finish.of(choice.path("finish_reason")));
        for (String name : ENDS) {
            into.finish(into.isFinished() ? GatherAnswer.Finish.NONE : GatherAnswer.Finish.of(choice.path(name)));
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
            if (call.isObject()) {
                call(call);
            }
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
        JsonNode number = call.hasNonNull("index") ? call.path("index") : function.path("index");
        String index = number.isNumber() ? Integer.toString(number.asInt()) : text(number);
        JsonNode extra = call.path("extra_content");
        into.calls.add(new GatherCalls.Fragment(
                index,
                text(call.path("id")),
                text(function.path("name")),
                arguments(function),
                extra.isContainerNode() ? extra : null));
    }

    private static @Nullable String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
                ? value.asText().strip()
                : null;
    }

    /// As text, or as the object itself.
    private static @Nullable String arguments(JsonNode function) {
        for (String name : ARGUMENTS) {
            JsonNode arguments = function.path(name);
            if (function.hasNonNull(name)) {
                return arguments.isTextual() ? arguments.asText() : arguments.toString();
            }
        }
        return null;
    }
}
