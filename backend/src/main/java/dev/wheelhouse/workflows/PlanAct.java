package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Template;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.States;
import dev.wheelhouse.tools.ToolContext;
import dev.wheelhouse.tools.ToolInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Makes the steps that call an agent, a tool or a workflow.
final class PlanAct {

    private final MachineRun machine;
    private final RunPlan plan;
    private final State state;
    private @Nullable JsonNode input;

    PlanAct(MachineRun machine, State state) {
        this.machine = machine;
        this.plan = machine.plan;
        this.state = state;
    }

    /// Of what is called.
    String name() {
        return switch (state) {
            case State.Agent agent -> agent.agent();
            case State.Tool tool -> tool.tool();
            case State.Workflow workflow -> workflow.workflow();
            case State.Approval _,
                    State.Choice _,
                    State.Parallel _,
                    State.Each _,
                    State.Wait _,
                    State.Assign _,
                    State.Succeed _,
                    State.Fail _ -> throw new IllegalStateException("Calls nothing: " + state.kind());
        };
    }

    /// An effect that must not be repeated unasked is not tried again.
    boolean isRepeatable() {
        return state.kind() != State.Kind.TOOL || plan.tools().effect(name()) != Effect.UNKEYED;
    }

    /// The approval that the operator's rules ask for, null for none.
    PlannedStep.Action.@Nullable Ask approval() {
        if (state.kind() != State.Kind.TOOL) {
            return null;
        }
        try {
            return plan.rules().ask(name(), input());
        } catch (Expressions.NoValueException e) {
            return null;
        }
    }

    /// Arguments that a person has approved in place of its own.
    void use(@Nullable JsonNode approved) {
        input = approved == null ? input : approved;
    }

    private JsonNode input() {
        if (input == null) {
            input = template().fill(States.over(machine.scope.items()), machine.scope.given());
        }
        return input;
    }

    private Template template() {
        return switch (state) {
            case State.Agent agent -> agent.input();
            case State.Tool tool -> tool.args();
            case State.Workflow workflow -> workflow.input();
            case State.Approval _,
                    State.Choice _,
                    State.Parallel _,
                    State.Each _,
                    State.Wait _,
                    State.Assign _,
                    State.Succeed _,
                    State.Fail _ -> throw new IllegalStateException("Calls nothing: " + state.kind());
        };
    }

    /// Throws [Expressions.NoValueException] where its input has no value.
    ///
    /// @param first the number of this visit's first attempt: an attempt that timed out may have had its
    ///     effect, so all of them have the key of the first
    PlannedStep step(int number, String call, int by, int first) {
        var given = input();
        boolean isTool = state.kind() == State.Kind.TOOL;
        var action = isTool
                ? new PlannedStep.Action.Execute(context -> perform(given, keyed(context, number, first)))
                : call(number, given);
        var effect = isTool ? plan.tools().effect(name()) : Effect.KEYED;
        String shown = isTool ? given.toString() : "{\"input\":" + given + "}";
        return new PlannedStep(
                number,
                state.kind().word(),
                name(),
                call,
                action instanceof PlannedStep.Action.Done ? Effect.READ : effect,
                shown,
                action,
                by);
    }

    private PlannedStep.Action call(int number, JsonNode given) {
        int depth = plan.run().depth();
        if (depth >= plan.limits().depth()) {
            return Walk.failed(new Failure(
                    "limit_depth",
                    "Depth limit: this run is already %d calls deep, limit %d"
                            .formatted(depth, plan.limits().depth()),
                    "Raise limits.depth in the workflow's definition, or call from a run that is less deep"));
        }
        boolean isUnderWay = machine.walk.isTaken(number);
        var left = plan.spending().grant(number, machine.atOnce(), isUnderWay);
        var exhausted = isUnderWay ? null : left.exhausted();
        if (exhausted != null) {
            return Walk.failed(exhausted);
        }
        try {
            String kind = state.kind() == State.Kind.AGENT ? Agents.KIND : Workflows.KIND;
            var pin = plan.calls().pin(kind, name());
            var schema = state instanceof State.Agent agent ? agent.schema() : null;
            return new PlannedStep.Action.Call(plan.called(number, pin, given, schema, left));
        } catch (Problem e) {
            return Walk.failed(new Failure(e.code().name().toLowerCase(Locale.ROOT), e.message(), e.hint()));
        }
    }

    private Keyed keyed(StepContext context, int number, int first) {
        return new Keyed(
                context, number == first ? context.idempotencyKey() : plan.run().id() + ":" + first);
    }

    private record Keyed(StepContext step, String key) {}

    private Outcome perform(JsonNode args, Keyed context) throws InterruptedException {
        var longest = plan.tools().find(name()).map(ToolInfo::timeout).orElse(Duration.ZERO);
        var own = state.way().timeout();
        var most = own == null || longest.compareTo(own) < 0 ? longest : own;
        return plan.budget()
                .call(
                        context.step(),
                        Ended.LARGEST,
                        most,
                        () -> own == null ? called(args, context) : within(own, args, context));
    }

    private Outcome called(JsonNode args, Keyed context) throws InterruptedException {
        // Larger than what is kept, so that nothing is cut off in silence.
        var around = new Context(context.step(), context.key(), 4 * Ended.LARGEST);
        var result = plan.tools().call(name(), args.toString(), Set.of(name()), around);
        if (result.failure() != null) {
            return Outcome.failed(result.failure());
        }
        String json = String.valueOf(result.json());
        var refused = Ended.tooLarge(state.name(), Json.read(json));
        return refused == null ? Outcome.of(json) : Outcome.failed(refused);
    }

    private Outcome within(Duration time, JsonNode args, Keyed context) throws InterruptedException {
        var task = new FutureTask<>(() -> called(args, context));
        var thread = Thread.ofVirtual().start(task);
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Outcome.failed(new Failure(
                    "timeout",
                    "State \"%s\" took longer than %d s".formatted(state.name(), time.toSeconds()),
                    "Raise its timeout, or catch the failure"));
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException broken -> throw broken;
                case InterruptedException stopped -> throw stopped;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            thread.interrupt();
        }
    }

    /// What a tool may use from the step that calls it.
    private record Context(StepContext step, String idempotencyKey, int mostOutput) implements ToolContext {

        @Override
        public TenantId tenant() {
            return step.tenant();
        }

        @Override
        public List<String> allowedHosts() {
            return List.of();
        }

        @Override
        public void ensureOwned() {
            step.ensureOwned();
        }
    }
}
