package dev.wheelhouse.agents;

import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Named checks before a model is asked and before its calls are done; the first that does not hold ends the run with
// its sentence.
final class Limits {

    private Limits() {}

    static @Nullable Failure over(Definition.Limits limits, History history, List<Turn> turns) {
        int asked = turns.isEmpty() ? 0 : open(turns.getLast());
        if (history.steps().size() + Math.max(asked, 1) > limits.steps()) {
            return new Failure(
                    "limit_steps",
                    "The run has done %d steps and needs %d more; its limit is %d"
                            .formatted(history.steps().size(), Math.max(asked, 1), limits.steps()),
                    "Raise limits.steps of the agent if it needs more");
        }
        long tokens = history.usage().inputTokens() + history.usage().outputTokens();
        if (tokens >= limits.tokens()) {
            return new Failure(
                    "limit_tokens",
                    "The run has used %,d tokens; its limit is %,d".formatted(tokens, limits.tokens()),
                    "Raise limits.tokens of the agent if it needs more");
        }
        if (history.age().compareTo(limits.time()) >= 0) {
            return new Failure(
                    "limit_time",
                    "The run has taken %d s; its limit is %d s"
                            .formatted(history.age().toSeconds(), limits.time().toSeconds()),
                    "Raise limits.time of the agent if it needs more");
        }
        return circle(limits, turns);
    }

    /// How many calls of the last answer are still to be done: all of them or none count against the limit.
    private static int open(Turn last) {
        return last.wanted().size() - last.results().size();
    }

    private static @Nullable Failure circle(Definition.Limits limits, List<Turn> turns) {
        var repeats = new Repeats();
        for (var turn : turns) {
            for (var step : turn.results()) {
                int seen = repeats.seen(step);
                if (seen > limits.repeats()) {
                    return new Failure(
                            "going_in_circles",
                            "\"%s\" was called %d times with the same arguments and the same result"
                                    .formatted(step.name(), seen),
                            "Change the instructions, or raise limits.repeats of the agent");
                }
            }
        }
        return null;
    }
}
