package dev.wheelhouse.http;

import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Stands in for the loop of agents where a test needs to hold a run: what begins with "hold" is told word by word
/// and then held until the test lets it go; "count" is told number by number for three seconds; anything else is done
/// at once.
@Primary
@Singleton
@Requires(property = TestAgents.ON)
public final class TestAgents implements Program.Source {

    public static final String ON = "test.agents";

    public static final int NUMBERS = 1_000;

    public final Semaphore held = new Semaphore(0);

    @Override
    public Program load(Run run) {
        String input = String.valueOf(run.input());
        return history -> history.steps().isEmpty() && (input.contains("hold") || input.contains("count"))
                ? new Next.Steps(List.of(input.contains("hold") ? told() : counted()))
                : new Next.Succeed(history.steps().isEmpty() ? "done" : "one two three");
    }

    private PlannedStep told() {
        return new PlannedStep(1, "model", "default", null, Effect.READ, null, new PlannedStep.Action.Execute(step -> {
            for (String word : List.of("one", " two", " three")) {
                step.delta(word);
            }
            held.acquire();
            return Outcome.of("{\"text\":\"one two three\",\"toolCalls\":[],\"finish\":\"stop\"}");
        }));
    }

    private PlannedStep counted() {
        return new PlannedStep(1, "model", "default", null, Effect.READ, null, new PlannedStep.Action.Execute(step -> {
            for (int number = 1; number <= NUMBERS; number++) {
                step.delta(" " + number);
                TimeUnit.MILLISECONDS.sleep(3);
            }
            return Outcome.of("{\"text\":\"counted\",\"toolCalls\":[],\"finish\":\"stop\"}");
        }));
    }
}
