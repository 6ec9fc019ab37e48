package dev.wheelhouse.agents;

import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.Step;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts calls that are the same in tool, arguments and result, in the order of the steps.
final class Repeats {

    private record Same(String name, @Nullable String input, Outcome outcome) {}

    private final Map<Same, Integer> counts = new HashMap<>();

    /// How often this call with this result has been seen, this time included.
    int seen(Step step) {
        return counts.merge(new Same(step.name(), step.input(), step.outcome()), 1, Integer::sum);
    }
}
