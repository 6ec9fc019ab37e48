package dev.wheelhouse.runs;

import org.jspecify.annotations.Nullable;

/// One committed piece of a run. Numbers count from 1 in the order in which the program asked for the steps.
/// `input` is JSON text or null; `call` is the id under which a model asked for it, or null.
public record Step(
        int number,
        String kind,
        String name,
        @Nullable String call,
        Effect effect,
        int attempt,
        @Nullable String input,
        Outcome outcome) {}
