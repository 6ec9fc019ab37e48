package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.RemainingLimits;
import dev.wheelhouse.agents.StepBudget;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.tools.TenantTools;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a run of a workflow acts with: who it is, what it may use, and how it calls.
///
/// @param limits what it may use at most, by what its caller left it
/// @param rules which tool calls need an approval by the operator's rules
record RunPlan(
        Run run,
        RemainingLimits limits,
        Spending spending,
        TenantTools tools,
        StepBudget budget,
        Rules rules,
        Calls calls) {

    /// Says whether a tool's call needs an approval, and which.
    @FunctionalInterface
    interface Rules {
        dev.wheelhouse.runs.PlannedStep.Action.@Nullable Ask ask(String tool, JsonNode args);
    }

    /// How other runs are called and stopped.
    interface Calls {

        /// The published revision; throws a Problem where there is none.
        Program.Pin pin(String kind, String name);

        /// What a run of this program is given, JSON text of a list of messages.
        String input(Program.Pin pin, JsonNode input);

        /// Stops the run that was started with this idempotency key, if it goes on.
        void cancel(String idempotencyKey) throws InterruptedException;

        Instant now();
    }

    /// One for each call of a step, told apart from those whose number begins alike.
    String key(int step) {
        return run.id() + ":" + step + ".";
    }

    /// A run that a step calls.
    NewRun called(int step, Program.Pin pin, JsonNode input, @Nullable JsonNode schema, RemainingLimits left) {
        return NewRun.of(run.tenant(), pin, calls.input(pin, input))
                .metadata(run.metadata())
                .options(schema == null ? null : "{\"output\":{\"schema\":" + schema + "}}")
                .idempotencyKey(key(step))
                .asker(run.asker())
                .calledBy(new Run.Parent(run.id(), step, run.depth() + 1))
                .caps(left.json())
                .build();
    }
}
