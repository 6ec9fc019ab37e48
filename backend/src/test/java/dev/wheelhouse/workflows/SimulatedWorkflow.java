package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.agents.RemainingLimits;
import dev.wheelhouse.agents.TestAgents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.States;
import dev.wheelhouse.tools.TenantTools;
import dev.wheelhouse.tools.Tool;
import dev.wheelhouse.tools.ToolContext;
import dev.wheelhouse.tools.Tools;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A workflow drawn from a seed, for the engine's simulation: the program of production, with an outside that is
/// simulated. The seed stands in its name, so that every replica draws the same.
public final class SimulatedWorkflow {

    /// What its steps do outside.
    public interface Outside {

        /// Acts once for each key.
        ///
        /// @param first the step whose key it is: all attempts at a state share one
        Outcome act(StepContext step, int first, Effect effect, Duration time, boolean fails) throws Exception;

        /// Stops the run that was started with this idempotency key, if it goes on.
        void cancel(String idempotencyKey);

        Instant now();

        void breaksLaw(String how);
    }

    private static final Map<String, SimulatedWorkflow> KNOWN = new ConcurrentHashMap<>();
    private static final States.Form NO_OTHER_FORM = new States.Form() {
        @Override
        public String key() {
            return "crew";
        }

        @Override
        public ObjectNode states(Fields fields, JsonNode input, dev.wheelhouse.states.@Nullable KnownNames known) {
            throw new IllegalStateException("Drawn in states");
        }
    };
    private static final Tools TOOLS =
            new Tools(Arrays.stream(Effect.values()).map(Named::new).collect(Collectors.toList()));

    private static final Set<String> ACTING = Set.of("tool", "agent", "workflow");

    private final Definition definition;

    private SimulatedWorkflow(String name) {
        definition = States.readStored(DrawWorkflow.yaml(name), NO_OTHER_FORM);
    }

    /// @param name as [#name] makes it
    public static SimulatedWorkflow of(String name) {
        return KNOWN.computeIfAbsent(name, SimulatedWorkflow::new);
    }

    public static boolean isOne(String name) {
        return name.startsWith("w");
    }

    public static String name(int depth, int seed) {
        return "w" + depth + "-" + seed;
    }

    public Program program(Run run, Outside outside) {
        return new Watched(run, outside);
    }

    private Execution execution(Run run, Outside outside) {
        var limits = RemainingLimits.of(RemainingLimits.within(definition.limits(), run.caps()));
        TenantTools tools = TOOLS.of(run.tenant());
        var plan = new RunPlan(
                run,
                limits,
                new Spending(limits),
                tools,
                TestAgents.unlimitedBudget(),
                (tool, args) -> null,
                new Called(outside));
        return new Execution(plan, definition.machine(), own -> Scope.of(Json.read("{}"), Map.of("id", run.id() + "")));
    }

    /// The program, watched: what it remembers is what another replica would read.
    private final class Watched implements Program {

        private final Run run;
        private final Outside outside;
        private final Execution execution;

        Watched(Run run, Outside outside) {
            this.run = run;
            this.outside = outside;
            this.execution = execution(run, outside);
        }

        @Override
        public Next next(History history) {
            var next = execution.next(history);
            asksForWhatHasBegun(history, next, "it");
            asksForWhatHasBegun(history, execution(run, outside).next(history), "who reads it again");
            return switch (next) {
                case Next.Steps steps ->
                    new Next.Steps(steps.steps().stream()
                            .map(step -> simulated(step, history))
                            .toList());
                case Next.Succeed _ -> checked(next, history, false);
                case Next.Fail _ -> checked(next, history, true);
            };
        }

        /// What has begun and may have an effect is asked for until it has ended, with its number and so its key.
        private void asksForWhatHasBegun(History history, Next next, String who) {
            var asked = next instanceof Next.Steps steps
                    ? steps.steps().stream()
                            .map(step -> step.number() + " " + step.call())
                            .collect(Collectors.toSet())
                    : Set.<String>of();
            for (var open : history.open()) {
                if (ACTING.contains(open.kind()) && !asked.contains(open.number() + " " + open.call())) {
                    outside.breaksLaw("Of run %s \"%d %s\" has begun, and %s asks for %s"
                            .formatted(run.id(), open.number(), open.call(), who, asked));
                }
            }
        }

        private Next checked(Next next, History history, boolean isUndone) {
            UndoLaw.broken(history, isUndone).forEach(law -> outside.breaksLaw(law + " in run " + run.id()));
            return next;
        }

        private PlannedStep simulated(PlannedStep step, History history) {
            if (!(step.action() instanceof PlannedStep.Action.Execute)
                    || !step.kind().equals("tool")) {
                return step;
            }
            var args = Json.read(String.valueOf(step.input()));
            var call = String.valueOf(step.call());
            int attempt = call.contains("~") ? Integer.parseInt(call.substring(call.indexOf('~') + 1)) : 1;
            int first = attempt == 1 ? step.number() : number(history, call.substring(0, call.indexOf('~')));
            var time = Duration.ofMillis(args.path("ms").asLong());
            boolean fails = attempt <= args.path("failing").asInt();
            PlannedStep.Body body = context -> outside.act(context, first, step.effect(), time, fails);
            var action = new PlannedStep.Action.Execute(body);
            return new PlannedStep(
                    step.number(), step.kind(), step.name(), call, step.effect(), step.input(), action, step.askedBy());
        }

        private static int number(History history, String call) {
            return history.steps().stream()
                    .filter(step -> call.equals(step.call()))
                    .findFirst()
                    .orElseThrow()
                    .number();
        }
    }

    private record Called(Outside outside) implements RunPlan.Calls {

        @Override
        public Program.Pin pin(String kind, String name) {
            return new Program.Pin(kind, name, 1);
        }

        @Override
        public String input(Program.Pin pin, JsonNode input) {
            return "[]";
        }

        @Override
        public void cancel(String idempotencyKey) {
            outside.cancel(idempotencyKey);
        }

        @Override
        public Instant now() {
            return outside.now();
        }
    }

    /// A fake that has an effect class and is never called: what it would do, the simulation does.
    private record Named(Effect effect) implements Tool {

        @Override
        public String name() {
            return "act_" + effect.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public String description() {
            return "Acts.";
        }

        @Override
        public String schema() {
            return "{\"type\":\"object\"}";
        }

        @Override
        public JsonNode call(JsonNode arguments, ToolContext context) {
            throw new IllegalStateException("It is simulated");
        }
    }
}
