package dev.wheelhouse.runs;

import org.jspecify.annotations.Nullable;

/// One committed piece of a run. Numbers count from 1 in the order in which the program asked for the steps.
/// `input` is JSON text or null; `call` is the id under which an answer asked for it, or null.
///
/// @param askedBy the step whose answer asked for it, null where [Askers] tells
public record Step(
        int number,
        String kind,
        String name,
        @Nullable String call,
        Effect effect,
        int attempt,
        @Nullable String input,
        Outcome outcome,
        @Nullable Integer askedBy) {

    // The engine puts a question's id in front of what is asked.
    private static final String QUESTION = "{\"approval\":\"";

    public Step(
            int number,
            String kind,
            String name,
            @Nullable String call,
            Effect effect,
            int attempt,
            @Nullable String input,
            Outcome outcome) {
        this(number, kind, name, call, effect, attempt, input, outcome, null);
    }

    /// Whether a person answered it.
    public boolean isQuestion() {
        return isQuestion(effect, input);
    }

    static boolean isQuestion(Effect effect, @Nullable String input) {
        return effect == Effect.READ && input != null && hasId(input);
    }

    /// Whether the input begins with the id of a question.
    public static boolean hasId(String input) {
        return input.startsWith(QUESTION);
    }
}
