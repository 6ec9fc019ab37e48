package dev.wheelhouse.models;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one try brought. `counted` is false where the provider kept the token counts to itself and ours is a guess.
public record Answer(String text, List<ToolRequest> toolCalls, String finish, TokenUse use, boolean counted) {

    /// A provider's whole answer as ours.
    static Answer of(ModelCall call, String place, ChatResponse response) throws TryFailed {
        FinishReason reason = response.finishReason();
        if (reason == null) {
            throw new TryFailed("stream_cut", place + " ended its answer in the middle", null, Remedy.RETRY);
        }
        if (reason == FinishReason.CONTENT_FILTER) {
            throw new TryFailed(
                    "refused", place + " withheld its answer by its content filter", null, Remedy.OTHER_TARGET);
        }
        AiMessage message = response.aiMessage();
        String text = message.text() == null ? "" : message.text();
        List<ToolRequest> calls = toolCalls(message.toolExecutionRequests());
        TokenUse use = use(response.tokenUsage());
        return new Answer(
                text, calls, finish(reason, calls), use == null ? TokenUse.guess(call, text, calls) : use, use != null);
    }

    private static String finish(FinishReason reason, List<ToolRequest> calls) {
        if (!calls.isEmpty()) {
            return "tool_calls";
        }
        return reason == FinishReason.LENGTH ? "length" : "stop";
    }

    /// Some servers send no ids, or the same one for all calls of an answer; results could not be told apart.
    private static List<ToolRequest> toolCalls(@Nullable List<ToolExecutionRequest> requests) {
        var calls = new ArrayList<ToolRequest>();
        var ids = new HashSet<String>();
        for (ToolExecutionRequest request : requests == null ? List.<ToolExecutionRequest>of() : requests) {
            String id = request.id();
            boolean usable = id != null && !id.isBlank() && ids.add(id);
            String arguments = request.arguments();
            calls.add(new ToolRequest(
                    usable ? id : "call_" + Ids.next(),
                    request.name(),
                    arguments == null || arguments.isBlank() ? "{}" : arguments));
        }
        return calls;
    }

    /// Anthropic counts what was read from and written to its cache apart from the input; OpenAI inside it.
    private static @Nullable TokenUse use(@Nullable TokenUsage usage) {
        if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
            return null;
        }
        long input = usage.inputTokenCount();
        long output = usage.outputTokenCount();
        return switch (usage) {
            case AnthropicTokenUsage anthropic -> {
                long read = orZero(anthropic.cacheReadInputTokens());
                yield new TokenUse(input + read + orZero(anthropic.cacheCreationInputTokens()), read, output);
            }
            case OpenAiTokenUsage openAi
            when openAi.inputTokensDetails() != null ->
                new TokenUse(input, orZero(openAi.inputTokensDetails().cachedTokens()), output);
            default -> new TokenUse(input, 0, output);
        };
    }

    private static long orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
