package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.parsing.Reason;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import java.time.Duration;
import java.util.List;

/// Waits for a model's server that is away: a few seconds at first, then up to five minutes, for a day in all.
final class Waits {

    /// The kind of the step.
    static final String PAUSE = "pause";

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST = 300;

    private Waits() {}

    /// Whether it may be there by and by.
    static boolean isWorthIt(List<Step> steps, Failure failure) {
        return failure.code().equals(Reason.EMBEDDING_FAILED.code()) && count(steps) < MOST;
    }

    private static long count(List<Step> steps) {
        return steps.stream().filter(step -> step.kind().equals(PAUSE)).count();
    }

    /// @param after where the work goes on
    static Next pause(History history, long after, Failure failure) {
        int inARow = 0;
        for (var step : history.steps().reversed()) {
            if (!step.kind().equals(PAUSE) && !step.outcome().hasFailed()) {
                break;
            }
            inARow += step.kind().equals(PAUSE) ? 1 : 0;
        }
        var time = Duration.ofSeconds(SHORTEST.toSeconds() << Math.min(inARow, 10));
        time = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return new Next.Steps(List.of(new PlannedStep(
                history.steps().size() + 1,
                PAUSE,
                "embedding_model",
                null,
                Effect.READ,
                "{\"after\":%d,\"seconds\":%d,\"why\":%s}"
                        .formatted(after, time.toSeconds(), Json.quote(failure.message())),
                new PlannedStep.Action.Sleep(time, "{}"))));
    }

    /// Where the work goes on after a pause.
    static long after(Step pause) {
        return Json.read(String.valueOf(pause.input())).path("after").asLong();
    }

    /// How long a run has paused.
    static Duration total(List<Step> steps) {
        return steps.stream()
                .filter(step -> step.kind().equals(PAUSE))
                .map(step -> Duration.ofSeconds(
                        Json.read(String.valueOf(step.input())).path("seconds").asLong()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
