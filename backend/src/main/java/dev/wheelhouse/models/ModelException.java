package dev.wheelhouse.models;

import org.jspecify.annotations.Nullable;

/// No answer came, and all tries and targets that were allowed are used up.
public final class ModelException extends RuntimeException {

    private final String code;
    private final @Nullable String hint;
    private final boolean retryable;

    public ModelException(String code, String sentence, @Nullable String hint, boolean retryable) {
        super(sentence);
        this.code = code;
        this.hint = hint;
        this.retryable = retryable;
    }

    /// `unknown_model`, `refused`, `rate_limited`, `provider_error`, `unreachable`, `timeout`, `stream_cut` or
    /// `bad_answer`.
    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public @Nullable String hint() {
        return hint;
    }

    /// The same call may succeed later.
    public boolean retryable() {
        return retryable;
    }
}
