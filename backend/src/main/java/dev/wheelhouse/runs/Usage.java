package dev.wheelhouse.runs;

import org.jspecify.annotations.Nullable;

/// What a step consumed. Tokens are counts; cached ones are part of the input. Cost is in millionths of the
/// currency unit (USD), and null where a price is unknown: unknown is never zero.
public record Usage(
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        @Nullable Long costMicroUnits) {

    /// Nothing consumed, at no cost.
    public static final Usage NONE = new Usage(0, 0, 0, 0L);

    public Usage plus(Usage other) {
        Long cost = costMicroUnits == null || other.costMicroUnits == null
                ? null
                : Long.valueOf(costMicroUnits + other.costMicroUnits);
        return new Usage(
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                outputTokens + other.outputTokens,
                cost);
    }
}
