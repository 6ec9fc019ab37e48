package dev.wheelhouse.agents;

import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Step;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Named checks before a model is asked again; the first that does not hold ends the run with its sentence.
final class Limits {

    private Limits() {}

    static @Nullable Failure over(Definition.Limits limits, History history, List<Turn> turns) {
        if (history.steps().size() >= limits.steps()) {
            return new Failure(
                    "limit_steps",
                    "The run has done %d steps, which is its limit"
                            .formatted(history.steps().size()),
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

    private static @Nullable Failure circle(Definition.Limits limits, List<Turn> turns) {
        return turns.stream()
                .flatMap(turn -> turn.results().stream())
                .filter(step -> repeats(step, turns) > limits.repeats())
                .findFirst()
                .map(step -> new Failure(
                        "going_in_circles",
                        "\"%s\" was called %d times with the same arguments and the same result"
                                .formatted(step.name(), repeats(step, turns)),
                        "Change the instructions, or raise limits.repeats of the agent"))
                .orElse(null);
    }

    /// How often this very call with this very result is on record up to and with this step.
    static long repeats(Step step, List<Turn> turns) {
        return turns.stream()
                .flatMap(turn -> turn.results().stream())
                .filter(other -> other.number() <= step.number() && isSame(other, step))
                .count();
    }

    private static boolean isSame(Step one, Step other) {
        return one.name().equals(other.name())
                && Objects.equals(one.input(), other.input())
                && Objects.equals(one.outcome().output(), other.outcome().output())
                && Objects.equals(one.outcome().failure(), other.outcome().failure());
    }
}
