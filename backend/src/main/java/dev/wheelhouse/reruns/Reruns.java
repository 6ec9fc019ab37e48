package dev.wheelhouse.reruns;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
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
    private final Agents agents;

    Reruns(Runs runs, Agents agents) {
        this.runs = runs;
        this.agents = agents;
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
        var steps = new ReusableSteps(runs.recorded(tenant, run));
        Set<Integer> kept = step == null ? good(origin, steps) : steps.before(checked(run, step, 1, steps.last() + 1));
        int from = step == null ? kept.stream().mapToInt(n -> n).max().orElse(0) + 1 : step;
        var wanted = again(origin, origin.program())
                .thread(origin.thread())
                .caps(origin.caps())
                .idempotencyKey(idempotencyKey)
                .asker(asker)
                .madeFrom(new Run.Origin(run, from, Run.Origin.RETRY))
                .build();
        refuseUnapproved(wanted, steps, kept);
        return runs.start(wanted.with(new NewRun.Keep(kept, Map.of(), true)));
    }

    private static Set<Integer> good(Run run, ReusableSteps steps) {
        if (run.state() == RunState.SUCCEEDED) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "Run \"%s\" has succeeded, so no step of it failed".formatted(run.id()),
                    "Name the step to go on from, 1 to %d".formatted(steps.last()));
        }
        return steps.good(run);
    }

    private static int checked(RunId run, int step, int least, int most) {
        if (step < least || step > most) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"step\" is %d and run \"%s\" has no such step to go on from".formatted(step, run),
                    "Use %d to %d".formatted(least, most));
        }
        return step;
    }

    /// Goes another way from a step on, in a thread of its own.
    public Run fork(TenantId tenant, Fork fork) {
        var origin = runs.get(tenant, fork.run());
        var steps = new ReusableSteps(runs.recorded(tenant, fork.run()));
        var kept = steps.through(checked(fork.run(), fork.step(), 0, steps.last()));
        var outputs = new CheckEdits(steps, kept).outputs(fork.edits());
        var target = target(tenant, origin, fork.agent(), fork.revision());
        var wanted = NewRun.of(tenant, target, fork.input() == null ? String.valueOf(origin.input()) : fork.input())
                .metadata(origin.metadata())
                .caps(origin.caps())
                .idempotencyKey(fork.idempotencyKey())
                .asker(fork.asker())
                .madeFrom(new Run.Origin(fork.run(), fork.step(), Run.Origin.FORK))
                .build();
        var last = steps.find(kept.stream().mapToInt(number -> number).max().orElse(0));
        if (last != null && last.kind().equals("model")) {
            String answer = outputs.getOrDefault(last.number(), last.outcome().output());
            if (answer != null) {
                outputs.put(last.number(), agents.held(wanted, answer));
            }
        } else {
            refuseUnapproved(wanted, steps, kept);
        }
        return runs.start(kept.isEmpty() ? wanted : wanted.with(new NewRun.Keep(kept, outputs, false)));
    }

    /// Calls that are still to be done were held against the rules for another run. Where a person would be asked now
    /// and was not then, they are not done: to ask now would give other numbers to steps that are kept.
    private void refuseUnapproved(NewRun wanted, ReusableSteps steps, Set<Integer> kept) {
        var answer = steps.unfinished(kept);
        if (answer == null) {
            return;
        }
        var then = Json.read(String.valueOf(answer.outcome().output())).path("toolCalls");
        var now = Json.read(agents.held(wanted, String.valueOf(answer.outcome().output())))
                .path("toolCalls");
        for (int at = 0; at < now.size(); at++) {
            boolean isToBeAsked = now.get(at).has("approval") && !then.get(at).has("approval");
            if (isToBeAsked && !steps.hasDone(now.get(at).path("id").asText(), answer, kept)) {
                throw new Problem(
                        ErrorCode.BAD_REQUEST,
                        "A person has to approve call %d of step %d by the rules of agent \"%s\" revision %d, and was not asked"
                                .formatted(
                                        at + 1,
                                        answer.number(),
                                        wanted.program().name(),
                                        wanted.program().revision()),
                        "Go on from step %d, so that the rules are looked at again".formatted(answer.number()));
            }
        }
    }

    /// Shows an agent, maybe a changed one, what an ended run has on record. Nothing is done outside.
    ///
    /// @param agent another agent, or null for the origin's
    /// @param revision of the agent; null for the origin's own, or the published one of another agent
    public Run replay(
            TenantId tenant,
            RunId run,
            @Nullable String agent,
            @Nullable Integer revision,
            Run.Asker asker,
            @Nullable String idempotencyKey) {
        var origin = ended(tenant, run, "replayed");
        var target = target(tenant, origin, agent, revision);
        return runs.start(again(origin, target)
                .idempotencyKey(idempotencyKey)
                .asker(asker)
                .madeFrom(new Run.Origin(recorded(origin), 0, Run.Origin.REPLAY))
                .build());
    }

    /// The same request to a program.
    private static NewRun.Builder again(Run origin, Program.Pin program) {
        return NewRun.of(origin.tenant(), program, String.valueOf(origin.input()))
                .metadata(origin.metadata());
    }

    /// A replay has nothing on record but what its origin has.
    private static RunId recorded(Run run) {
        return run.origin() != null && run.origin().is(Run.Origin.REPLAY)
                ? run.origin().run()
                : run.id();
    }

    private Program.Pin target(TenantId tenant, Run origin, @Nullable String agent, @Nullable Integer revision) {
        String name = agent == null ? origin.program().name() : agent;
        if (revision != null) {
            agents.get(tenant, name);
            return new Program.Pin(
                    Agents.KIND, name, agents.revision(tenant, name, revision).number());
        }
        return agent == null
                ? origin.program()
                : new Program.Pin(
                        Agents.KIND, name, agents.published(tenant, name).revision());
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
}
