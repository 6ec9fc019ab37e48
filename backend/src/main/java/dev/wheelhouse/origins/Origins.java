package dev.wheelhouse.origins;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.NewRun;
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
public final class Origins {

    /// Two steps that belong together, by number, or one that stands alone; and in which fields they differ.
    public record Pair(@Nullable Integer left, @Nullable Integer right, List<String> differs) {

        public boolean isSame() {
            return left != null && right != null && differs.isEmpty();
        }
    }

    private final Runs runs;
    private final Agents agents;

    Origins(Runs runs, Agents agents) {
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
        var steps = new KeptSteps(runs.recorded(tenant, run));
        Set<Integer> kept = step == null ? good(origin, steps) : steps.before(checked(run, step, 1, steps.last() + 1));
        int from = step == null ? kept.stream().mapToInt(n -> n).max().orElse(0) + 1 : step;
        return runs.start(new NewRun(
                tenant,
                origin.agent(),
                origin.revision(),
                origin.thread(),
                String.valueOf(origin.input()),
                origin.metadata(),
                idempotencyKey,
                asker,
                new Run.Origin(run, from, Run.Origin.RETRY),
                null,
                origin.caps(),
                NewRun.WhenBusy.REJECT,
                new NewRun.Keep(kept, Map.of(), true)));
    }

    private static Set<Integer> good(Run run, KeptSteps steps) {
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
    public Run fork(TenantId tenant, Fork wanted) {
        var origin = runs.get(tenant, wanted.run());
        var steps = new KeptSteps(runs.recorded(tenant, wanted.run()));
        var kept = steps.through(checked(wanted.run(), wanted.step(), 0, steps.last()));
        var edits = new CheckEdits(steps, kept);
        var outputs = edits.outputs(wanted.edits());
        var target = target(tenant, origin, wanted.agent(), wanted.revision());
        boolean isSame = target.agent().equals(origin.agent()) && target.revision() == origin.revision();
        if (edits.changesCalls() || !isSame && steps.leavesCalls(kept)) {
            refuseUnapproved(tenant, target, wanted.step());
        }
        return runs.start(new NewRun(
                tenant,
                target.agent(),
                target.revision(),
                null,
                wanted.input() == null ? String.valueOf(origin.input()) : wanted.input(),
                origin.metadata(),
                wanted.idempotencyKey(),
                wanted.asker(),
                new Run.Origin(wanted.run(), wanted.step(), Run.Origin.FORK),
                null,
                origin.caps(),
                NewRun.WhenBusy.REJECT,
                kept.isEmpty() ? null : new NewRun.Keep(kept, outputs, false)));
    }

    /// Whether a call needs an approval is found out when a model asks for it, and these were asked for by nobody or by
    /// another agent.
    private void refuseUnapproved(TenantId tenant, Target target, int step) {
        var definition = agents.definition(tenant, target.agent(), target.revision());
        if (!definition.approvals().isEmpty()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "The tool calls of step %d were not held against the approvals of agent \"%s\" revision %d"
                            .formatted(step, target.agent(), target.revision()),
                    "Fork before the model's step, so that it is asked again");
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
        return runs.start(new NewRun(
                tenant,
                target.agent(),
                target.revision(),
                null,
                String.valueOf(origin.input()),
                origin.metadata(),
                idempotencyKey,
                asker,
                new Run.Origin(recorded(origin), 0, Run.Origin.REPLAY),
                null,
                null));
    }

    /// A replay has nothing on record but what its origin has.
    private static RunId recorded(Run run) {
        return run.origin() != null && run.origin().is(Run.Origin.REPLAY)
                ? run.origin().run()
                : run.id();
    }

    private record Target(String agent, int revision) {}

    private Target target(TenantId tenant, Run origin, @Nullable String agent, @Nullable Integer revision) {
        String name = agent == null ? origin.agent() : agent;
        if (revision != null) {
            agents.get(tenant, name);
            return new Target(name, agents.revision(tenant, name, revision).number());
        }
        return new Target(
                name,
                agent == null
                        ? origin.revision()
                        : agents.published(tenant, name).revision());
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
