package dev.wheelhouse.frames;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.models.TokenUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Token counts by the names that servers give them. A count that is negative, absurd or no number is none at all.
public final class ReadUsage {

    private static final long MOST = 1_000_000_000;
    private static final List<String> INPUT = List.of(
            "prompt_tokens",
            "input_tokens",
            "prompt_eval_count",
            "promptTokens",
            "inputTokens",
            "promptTokenCount",
            "prompt_n");
    private static final List<String> OUTPUT = List.of(
            "completion_tokens",
            "output_tokens",
            "eval_count",
            "completionTokens",
            "outputTokens",
            "candidatesTokenCount",
            "predicted_n");
    private static final List<String> CACHED =
            List.of("cached_tokens", "num_cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens");

    private long input = -1;
    private long cached;
    private long output = -1;
    private boolean isWrong;

    /// The later counts of a stream stand for all of it, but for zeros.
    public void openAi(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        long in = first(usage, INPUT);
        long out = first(usage, OUTPUT);
        if (in == NONE && out == NONE) {
            return;
        }
        isWrong = in == WRONG || out == WRONG;
        input = in > 0 || input < 0 ? in : input;
        output = out > 0 || output < 0 ? out : output;
        long total = count(usage, "total_tokens");
        long reasoning = Math.max(0, count(usage.path("completion_tokens_details"), "reasoning_tokens"));
        // Some count the thoughts in the sum alone.
        if (in >= 0 && out >= 0 && total > in + out && (reasoning == 0 || total == in + out + reasoning)) {
            output = total - in;
        }
        cached = Math.max(cached, cached(usage));
    }

    private static long cached(JsonNode usage) {
        long inDetails = Math.max(
                count(usage.path("prompt_tokens_details"), "cached_tokens"),
                count(usage.path("input_tokens_details"), "cached_tokens"));
        return CACHED.stream().mapToLong(name -> count(usage, name)).reduce(inDetails, Math::max);
    }

    /// Anthropic counts what was read from and written to its cache apart from the input.
    public void anthropic(JsonNode usage) {
        apart(
                usage,
                count(usage, "input_tokens"),
                count(usage, "output_tokens"),
                count(usage, "cache_read_input_tokens"),
                count(usage, "cache_creation_input_tokens"));
    }

    /// Bedrock counts as Anthropic does, by other names.
    public void bedrock(JsonNode usage) {
        apart(
                usage,
                count(usage, "inputTokens"),
                count(usage, "outputTokens"),
                count(usage, "cacheReadInputTokens"),
                count(usage, "cacheWriteInputTokens"));
    }

    private void apart(JsonNode usage, long in, long out, long read, long written) {
        if (!usage.isObject()) {
            return;
        }
        isWrong |= in == WRONG || out == WRONG || read == WRONG || written == WRONG;
        if (in >= 0) {
            long more = Math.max(0, read) + Math.max(0, written);
            // The end of a stream may count the input again, without what was cached.
            input = Math.max(input, in + more);
            cached = Math.max(cached, Math.max(0, read));
        }
        output = out >= 0 ? out : output;
    }

    private static final long NONE = -1;
    private static final long WRONG = -2;

    private static long first(JsonNode usage, List<String> names) {
        return names.stream()
                .mapToLong(name -> count(usage, name))
                .filter(count -> count != NONE)
                .findFirst()
                .orElse(NONE);
    }

    private static long count(JsonNode usage, String name) {
        JsonNode value = usage.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return NONE;
        }
        double number = value.isNumber() ? value.asDouble() : value.isTextual() ? value.asDouble(WRONG) : WRONG;
        return number >= 0 && number <= MOST ? (long) number : WRONG;
    }

    /// Null where they are missing, wrong, or nothing although something was said.
    @Nullable
    TokenUse use(boolean saidSomething) {
        if (isWrong || input < 0 || output < 0 || input == 0 || saidSomething && output == 0) {
            return null;
        }
        return new TokenUse(input, Math.clamp(cached, 0, input), output);
    }
}
