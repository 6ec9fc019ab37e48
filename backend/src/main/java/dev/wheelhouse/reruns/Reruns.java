package dev.wheelhouse.reruns;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.programs.Recorded;
import dev.wheelhouse.programs.Reuse;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The front door: makes runs from runs, and compares two. Every answer is about the tenant that is named and no other.
@Singleton
public final class Reruns {

    /// Two steps that belong together, by number, or one that stands alone; and in which fields they differ.
    public record Pair(@Nullable Integer left, @Nullable Integer right, List<String> differs) {

        public boolean isSame() {
            return left != null && right != null && differs.isEmpty();
        }
    }

    private final Runs runs;
    private final Programs programs;
    private final StartRun start;

    Reruns(Runs runs, Programs programs, StartRun start) {
        this.runs = runs;
        this.programs = programs;
        this.start = start;
    }

    /// Does an ended run again from a step on, without one from where it failed, in the same thread: there it takes the
    /// place of the first.
    public Run retry(
            TenantId tenant, RunId run, @Nullable Integer step, Run.Asker asker, @Nullable String idempotencyKey) {
        var origin = ended(tenant, run, "retried");
        if (origin.origin() != null && origin.origin().is(Run.Origin.REPLAY)) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "Run \"%s\" is a replay, which is not retried".formatted(run),
                    "Replay run \"%s\" again".formatted(origin.origin().run()));
        }
        var reuse = programs.of(origin.program()).reuse();
        var steps = Recorded.of(runs.recorded(tenant, run));
        Set<Integer> kept = step == null
                ? good(origin, steps, reuse)
                : reuse.before(steps, checked(run, step, 1, steps.last() + 1));
        int from = step == null ? kept.stream().mapToInt(n -> n).max().orElse(0) + 1 : step;
        var wanted = again(origin, origin.program())
                .thread(origin.thread())
                .caps(origin.caps())
                .idempotencyKey(idempotencyKey)
                .asker(asker)
                .madeFrom(new Run.Origin(run, from, Run.Origin.RETRY))
                .build();
        var outputs = reuse.checked(wanted, steps, kept, Map.of());
        return start.start(wanted.with(new NewRun.Keep(kept, outputs, true)));
    }

    private static Set<Integer> good(Run run, Recorded steps, Reuse reuse) {
        if (run.state() == RunState.SUCCEEDED) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "Run \"%s\" has succeeded, so no step of it failed".formatted(run.id()),
                    "Name the step to continue from, 1 to %d".formatted(steps.last()));
        }
        return reuse.good(run, steps);
    }

    private static int checked(RunId run, int step, int least, int most) {
        if (step < least || step > most) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"step\" is %d and run \"%s\" has no such step to continue from".formatted(step, run),
                    "Use %d to %d".formatted(least, most));
        }
        return step;
    }

    /// Goes another way from a step on, in a thread of its own.
    public Run fork(TenantId tenant, Fork fork) {
        var origin = runs.get(tenant, fork.run());
        var reuse = programs.of(origin.program()).reuse();
        var steps = Recorded.of(runs.recorded(tenant, fork.run()));
        var kept = reuse.through(steps, checked(fork.run(), fork.step(), 0, steps.last()));
        var edits = new CheckEdits(reuse, steps, kept).outputs(fork.edits());
        var target = target(tenant, origin, fork.program(), fork.revision());
        var wanted = NewRun.of(tenant, target, fork.input() == null ? String.valueOf(origin.input()) : fork.input())
                .metadata(origin.metadata())
                .caps(origin.caps())
                .options(origin.options())
                .idempotencyKey(fork.idempotencyKey())
                .asker(fork.asker())
                .madeFrom(new Run.Origin(fork.run(), fork.step(), Run.Origin.FORK))
                .build();
        var outputs = reuse.checked(wanted, steps, kept, edits);
        return start.start(kept.isEmpty() ? wanted : wanted.with(new NewRun.Keep(kept, outputs, false)));
    }

    /// Shows a program, maybe a changed one, what an ended run has on record. Nothing is done outside.
    ///
    /// @param name of another program of the same kind, or null for the origin's
    /// @param revision of the program; null for the origin's own, or the published one of another
    public Run replay(
            TenantId tenant,
            RunId run,
            @Nullable String name,
            @Nullable Integer revision,
            Run.Asker asker,
            @Nullable String idempotencyKey) {
        var origin = ended(tenant, run, "replayed");
        var target = target(tenant, origin, name, revision);
        return start.start(again(origin, target)
                .idempotencyKey(idempotencyKey)
                .asker(asker)
                .madeFrom(new Run.Origin(recorded(origin), 0, Run.Origin.REPLAY))
                .build());
    }

    /// The newest revision, published or not, of the origin's program or of another one of its kind.
    public int draft(TenantId tenant, RunId run, @Nullable String name) {
        var program = runs.get(tenant, run).program();
        return programs.of(program).latest(tenant, name == null ? program.name() : name);
    }

    /// The same request to a program.
    private static NewRun.Builder again(Run origin, Program.Pin program) {
        return NewRun.of(origin.tenant(), program, String.valueOf(origin.input()))
                .options(origin.options())
                .metadata(origin.metadata());
    }

    /// A replay has nothing on record but what its origin has.
    private static RunId recorded(Run run) {
        return run.origin() != null && run.origin().is(Run.Origin.REPLAY)
                ? run.origin().run()
                : run.id();
    }

    /// The origin's program, or another one of its kind.
    private Program.Pin target(TenantId tenant, Run origin, @Nullable String name, @Nullable Integer revision) {
        if (name == null && revision == null) {
            return origin.program();
        }
        return programs.of(origin.program())
                .pin(tenant, name == null ? origin.program().name() : name, revision);
    }

    private Run ended(TenantId tenant, RunId id, String what) {
        var run = runs.get(tenant, id);
        if (!run.state().isEnded()) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "Run \"%s\" has not ended and cannot be %s".formatted(id, what),
                    "Wait for its end, or cancel it");
        }
        return run;
    }

    /// The steps of two runs side by side, in their order.
    public List<Pair> compare(TenantId tenant, RunId left, RunId right) {
        return Compare.steps(runs.recorded(tenant, left), runs.recorded(tenant, right));
    }

    /// Why an ended run failed. Refuses with `conflict` one that did not.
    public Why why(TenantId tenant, RunId id) {
        var run = ended(tenant, id, "explained");
        if (run.state() != RunState.FAILED) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "Run \"%s\" has not failed: it is %s"
                            .formatted(id, run.state().word()),
                    "Ask for a run that failed");
        }
        var filter = new RunFilter(
                RunState.SUCCEEDED, run.program().kind(), run.program().name(), null);
        var success = runs.list(tenant, filter, id.toString(), 1).data().stream()
                .findFirst()
                .orElse(null);
        return Why.of(
                run, runs.steps(tenant, id), success, success == null ? List.of() : runs.steps(tenant, success.id()));
    }
}
