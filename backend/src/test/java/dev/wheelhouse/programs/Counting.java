package dev.wheelhouse.programs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of program with one state: it adds one until it is at three. What `docs/how-to/add-a-program.md` shows.
final class Counting implements ProgramKind {

    private static final int GOAL = 3;

    @Override
    public String kind() {
        return "counting";
    }

    @Override
    public Program load(Run run) {
        return Counting::next;
    }

    @Override
    public Program.Pin pin(TenantId tenant, String name, @Nullable Integer revision) {
        if (revision != null && revision != 1) {
            throw new Problem(
                    ErrorCode.NOT_FOUND,
                    "Counting \"%s\" has no revision %d".formatted(name, revision),
                    "Use revision 1");
        }
        return new Program.Pin(kind(), name, 1);
    }

    private static Next next(History history) {
        int count = history.steps().isEmpty()
                ? 0
                : Integer.parseInt(
                        String.valueOf(history.steps().getLast().outcome().output()));
        return count >= GOAL
                ? new Next.Succeed(String.valueOf(count))
                : new Next.Steps(List.of(add(history.steps().size() + 1, count)));
    }

    private static PlannedStep add(int number, int count) {
        return new PlannedStep(
                number,
                "add",
                "one",
                null,
                Effect.READ,
                "{\"to\":" + count + "}",
                new PlannedStep.Action.Execute(step -> Outcome.of(String.valueOf(count + 1))));
    }
}
