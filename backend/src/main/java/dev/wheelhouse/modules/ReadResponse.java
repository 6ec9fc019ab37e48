package dev.wheelhouse.modules;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.Answer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer in langchain4j's words as ours.
final class ReadResponse {

    private ReadResponse() {}

    static Answer of(ModelCall call, String place, String source, ChatResponse response) throws TryFailed {
        FinishReason reason = response.finishReason();
        AiMessage message = response.aiMessage();
        String text = message.text() == null ? "" : message.text();
        List<ToolRequest> calls = toolCalls(message.toolExecutionRequests());
        if (reason == FinishReason.CONTENT_FILTER) {
            throw new TryFailed(
                    "refused",
                    place + " withheld its answer by its content filter",
                    "Say it in other words, or add another target to the alias",
                    Remedy.OTHER_TARGET);
        }
        boolean isCut = reason == FinishReason.LENGTH;
        if (text.isBlank() && calls.isEmpty()) {
            throw new TryFailed(
                    "bad_answer",
                    place + (isCut ? " reached its token limit before it said anything" : " answered with nothing"),
                    isCut ? "Raise maxOutputTokens in the agent's definition" : null,
                    Remedy.RETRY);
        }
        TokenUse use = use(response.tokenUsage());
        return new Answer(
                text,
                calls,
                calls.isEmpty() ? isCut ? "length" : "stop" : "tool_calls",
                use == null ? TokenUse.guess(call, text, calls) : use,
                use != null,
                calls.isEmpty() ? null : kept(message, source));
    }

    /// The signature of its thoughts, without which the results of its calls are refused.
    private static ModelMessage.@Nullable Kept kept(AiMessage message, String source) {
        var kept = new LinkedHashMap<String, String>();
        message.attributes().forEach((name, value) -> {
            if (value instanceof String text) {
                kept.put(name, text);
            }
        });
        return kept.isEmpty() ? null : new ModelMessage.Kept(source, Json.write(kept));
    }

    /// Gemini numbers no calls.
    private static List<ToolRequest> toolCalls(@Nullable List<ToolExecutionRequest> requests) {
        var calls = new ArrayList<ToolRequest>();
        var ids = new HashSet<String>();
        for (ToolExecutionRequest request : requests == null ? List.<ToolExecutionRequest>of() : requests) {
            String id = request.id();
            boolean usable = id != null && !id.isBlank() && ids.add(id);
            String arguments = request.arguments();
            calls.add(new ToolRequest(
                    usable ? id : "call" + Ids.next().toString().replace("-", ""),
                    request.name(),
                    arguments == null || arguments.isBlank() || arguments.equals("null") ? "{}" : arguments));
        }
        return calls;
    }

    /// Gemini counts its thoughts apart from the answer, and asks for money for both.
    private static @Nullable TokenUse use(@Nullable TokenUsage usage) {
        if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
            return null;
        }
        long input = usage.inputTokenCount();
        long output = usage.outputTokenCount();
        long cached = 0;
        if (usage instanceof GoogleAiGeminiTokenUsage gemini) {
            output += Math.max(0, orZero(gemini.thoughtsTokenCount()));
            cached = Math.clamp(orZero(gemini.cachedContentTokenCount()), 0, Math.max(0, input));
        }
        return input <= 0 || output <= 0 ? null : new TokenUse(input, cached, output);
    }

    private static long orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
