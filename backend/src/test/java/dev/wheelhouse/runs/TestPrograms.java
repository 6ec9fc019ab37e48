package dev.wheelhouse.runs;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Programs that tests run: small, and pure as a program must be.
final class TestPrograms {

    private TestPrograms() {}

    /// Steps 1 to `count`, one after the other, then the last output.
    static Program chain(int count, Effect effect, PlannedStep.Body body) {
        return history -> {
            int done = history.steps().size();
            return done == count
                    ? new Next.Succeed(
                            "done " + history.steps().getLast().outcome().output())
                    : new Next.Steps(List.of(work(done + 1, effect, body)));
        };
    }

    /// Steps 1 to `count` side by side.
    static Program parallel(int count, Effect effect, PlannedStep.Body body) {
        return history -> history.steps().size() == count
                ? new Next.Succeed("all done")
                : new Next.Steps(IntStream.rangeClosed(1, count)
                        .mapToObj(n -> work(n, effect, body))
                        .toList());
    }

    static Program sleep(Duration time) {
        return history -> history.steps().isEmpty()
                ? new Next.Steps(List.of(new PlannedStep(
                        1, "wait", "wait", null, Effect.READ, "{}", new PlannedStep.Action.Sleep(time, "\"rested\""))))
                : new Next.Succeed(
                        String.valueOf(history.steps().getFirst().outcome().output()));
    }

    static PlannedStep work(int number, Effect effect, PlannedStep.Body body) {
        return new PlannedStep(
                number, "tool", "test", null, effect, "{\"n\":" + number + "}", new PlannedStep.Action.Execute(body));
    }
}
