package dev.wheelhouse.runs;

import org.jspecify.annotations.Nullable;

/// How a step ended. `output` is JSON text; exactly one of `output` and `failure` is there.
/// `producer` is JSON text that tells who made the output (for a model call: alias, provider, name), or null.
public record Outcome(
        @Nullable String output,
        @Nullable Failure failure,
        Usage usage,
        @Nullable String producer) {

    public static Outcome of(String output) {
        return new Outcome(output, null, Usage.NONE, null);
    }

    public static Outcome failed(Failure failure) {
        return new Outcome(null, failure, Usage.NONE, null);
    }

    public boolean hasFailed() {
        return failure != null;
    }
}
