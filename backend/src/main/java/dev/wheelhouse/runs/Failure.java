package dev.wheelhouse.runs;

import org.jspecify.annotations.Nullable;

/// Why a step or run failed: a word for programs, a sentence for people, and what to do.
public record Failure(String code, String message, @Nullable String hint) {

    public Failure(String code, String message) {
        this(code, message, null);
    }
}
