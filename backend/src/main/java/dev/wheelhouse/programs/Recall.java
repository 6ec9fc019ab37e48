package dev.wheelhouse.programs;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.PlannedStep;
import org.jspecify.annotations.Nullable;

/// By what a replay finds on record what a step is to put out: steps with equal keys answer each other, in their order.
/// What is said here takes a step for the same whose kind, name and input are the same.
public interface Recall {

    /// A key of kind, name and something of the input.
    record Key(String kind, String name, @Nullable Object input) {}

    /// @param input of a step, or what is asked where it is a question, JSON text; without the question's id
    default Key key(String kind, String name, @Nullable String input) {
        return new Key(kind, name, input == null ? null : Json.read(input));
    }

    /// What the program wants that is not on record, as the rest of a sentence: `calls "x" with {…}`.
    ///
    /// @param before how many steps with the same key it had already
    default String wants(PlannedStep step, int before) {
        return "wants %s \"%s\" with %s"
                .formatted(step.kind(), step.name(), Text.shorten(String.valueOf(step.input()), 300));
    }
}
