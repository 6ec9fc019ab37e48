package dev.wheelhouse.models;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One try brought no answer. Kept away from callers: they see a [ModelException] when nothing is left to try.
public final class TryFailed extends Exception {

    /// What may help after a failure.
    public enum Remedy {
        /// The same target may answer if it is asked again.
        RETRY,
        /// This target will go on refusing this call; another one may not.
        OTHER_TARGET,
        /// No target should be asked again.
        NONE
    }

    private final String code;
    private final @Nullable String hint;
    private final Remedy remedy;
    private final @Nullable Duration retryAfter;

    public TryFailed(
            String code, String sentence, @Nullable String hint, Remedy remedy, @Nullable Duration retryAfter) {
        super(sentence, null, false, false);
        this.code = code;
        this.hint = hint;
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    public TryFailed(String code, String sentence, @Nullable String hint, Remedy remedy) {
        this(code, sentence, hint, remedy, null);
    }

    public String code() {
        return code;
    }

    public Remedy remedy() {
        return remedy;
    }

    /// How long the provider wants to be left alone.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    ModelException asModelException(boolean retryable) {
        return new ModelException(code, String.valueOf(getMessage()), hint, retryable);
    }
}
