package dev.wheelhouse.agents;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.tools.Tool;
import java.util.Set;

/// Turns a call of another agent into a run of that agent. It acts for the same requester, within its caller's
/// remaining limits: the caller waits, and parallel calls share them evenly.
final class SubRuns {

    /// Finds the published revision of what is called; throws a Problem if there is none.
    @FunctionalInterface
    interface Published {
        Program.Pin of(TenantId tenant, String name);
    }

    private final Definition definition;
    private final Published published;

    SubRuns(Definition definition, Published published) {
        this.definition = definition;
        this.published = published;
    }

    /// The calling run and step, and the limits left for the called run.
    record Caller(Run run, int step, RemainingLimits caps) {}

    PlannedStep.Action action(Caller caller, Tool.Later.Call call) {
        int depth = caller.run().depth();
        if (!definition.agents().contains(call.agent())) {
            return PlanCalls.refused(new Failure(
                    "unknown_agent",
                    "\"%s\" may not call the agent \"%s\"".formatted(definition.name(), call.agent()),
                    Suggest.hint(call.agent(), Set.copyOf(definition.agents()))));
        }
        if (depth >= definition.limits().depth()) {
            return PlanCalls.refused(new Failure(
                    "limit_depth",
                    "Depth limit: this run is already %d calls deep, limit %d"
                            .formatted(depth, definition.limits().depth()),
                    "Answer without calling another agent"));
        }
        var exhausted = caller.caps().exhausted();
        if (exhausted != null) {
            return PlanCalls.refused(exhausted);
        }
        try {
            return new PlannedStep.Action.Call(run(caller, call));
        } catch (Problem e) {
            return PlanCalls.refused(new Failure("unknown_agent", e.message(), e.hint()));
        }
    }

    private NewRun run(Caller caller, Tool.Later.Call call) {
        var run = caller.run();
        return NewRun.of(
                        run.tenant(),
                        published.of(run.tenant(), call.agent()),
                        "[{\"role\":\"user\",\"content\":" + Json.quote(call.input()) + "}]")
                .metadata(run.metadata())
                .idempotencyKey(run.id() + ":" + caller.step())
                .asker(run.asker())
                .calledBy(new Run.Parent(run.id(), caller.step(), run.depth() + 1))
                .caps(caller.caps().json())
                .build();
    }
}
