package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.agents.RemainingLimits;
import dev.wheelhouse.agents.StepBudget;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.Budgets;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.programs.Reuse;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.WorkflowInput;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes the program of a run of a workflow: its pinned revision on what it was given.
@Singleton
final class WorkflowPrograms implements ProgramKind {

    private final Workflows workflows;
    private final Agents agents;
    private final Tools tools;
    private final Budgets budgets;
    private final Provider<Runs> runs;
    private final InstantSource clock;

    WorkflowPrograms(
            Workflows workflows,
            Agents agents,
            Tools tools,
            Budgets budgets,
            Provider<Runs> runs,
            InstantSource clock) {
        this.workflows = workflows;
        this.agents = agents;
        this.tools = tools;
        this.budgets = budgets;
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Workflows.KIND;
    }

    @Override
    public Program.Pin pin(TenantId tenant, String name, @Nullable Integer revision) {
        return new Program.Pin(Workflows.KIND, name, workflows.pinned(tenant, name, revision));
    }

    @Override
    public int latest(TenantId tenant, String name) {
        return workflows.get(tenant, name).latest();
    }

    @Override
    public boolean takesMessage(TenantId tenant, String name) {
        return workflows.isPublished(tenant, name)
                && workflows.published(tenant, name).definition().takesMessage();
    }

    @Override
    public NewRun.WhenBusy whenBusy(TenantId tenant, Program.Pin pin) {
        return definition(tenant, pin).whenBusy();
    }

    private Definition definition(TenantId tenant, Program.Pin pin) {
        return workflows.definition(tenant, pin.name(), pin.revision());
    }

    @Override
    public @Nullable Problem refusal(NewRun wanted) {
        String options = wanted.request().options();
        if (options != null && Undo.of(options) == null) {
            return new Problem(
                    ErrorCode.BAD_REQUEST,
                    "The workflow \"%s\" takes no options such as an output schema or tools"
                            .formatted(wanted.program().name()),
                    "Leave them out: its output is what its definition says");
        }
        var definition = definition(wanted.tenant(), wanted.program());
        var wrong = WorkflowInput.wrong(definition, WorkflowInput.of(definition, wanted.input()));
        return wrong.isEmpty()
                ? null
                : new Problem(
                        ErrorCode.BAD_REQUEST,
                        "The input does not match that of workflow \"%s\": %s"
                                .formatted(wanted.program().name(), String.join("; ", wrong)),
                        "Send what its definition says under input",
                        wrong.stream()
                                .map(one -> Problem.Mistake.at("/input", one, null))
                                .toList());
    }

    @Override
    public Reuse reuse() {
        return new ReuseStates();
    }

    @Override
    public Program load(Run run) {
        var definition = definition(run.tenant(), run.program());
        var limits = RemainingLimits.of(RemainingLimits.within(definition.limits(), run.caps()));
        var plan = new RunPlan(
                run,
                limits,
                new Spending(limits),
                tools.of(run.tenant()),
                StepBudget.of(budgets, run, runs::get),
                (tool, args) -> agents.approval(run, tool, args),
                new CallRuns(run, definition.agents().keySet()));
        var undone = Undo.of(run.options());
        if (undone != null) {
            var cancelled = runs.get().get(run.tenant(), undone);
            return new Undoing.OfCancelled(
                    plan, definition.machine(), runs.get().history(cancelled), scope(definition, cancelled));
        }
        return new Execution(plan, definition.machine(), own -> scope(definition, run));
    }

    private static Scope scope(Definition definition, Run run) {
        return Scope.of(WorkflowInput.of(definition, run.input()), facts(run));
    }

    private static Map<String, Object> facts(Run run) {
        return Map.of(
                "id", run.id().toString(),
                "workflow", run.program().name(),
                "revision", (long) run.program().revision(),
                "thread", run.thread().toString(),
                "requester", Objects.requireNonNullElse(run.asker().requester(), ""),
                "user", Objects.requireNonNullElse(run.asker().user(), ""),
                "labels", Json.mapper().convertValue(Json.read(run.metadata()), Map.class));
    }

    /// Options of a run that undoes what another one did.
    static final class Undo {
        private Undo() {}

        static String options(RunId cancelled) {
            return "{\"undoes\":\"%s\"}".formatted(cancelled);
        }

        static @Nullable RunId of(@Nullable String options) {
            var undone = options == null ? null : Json.read(options).get("undoes");
            return undone == null ? null : new RunId(UUID.fromString(undone.asText()));
        }
    }

    /// The runs that a run calls.
    private final class CallRuns implements RunPlan.Calls {

        private final Run run;
        private final Set<String> own;

        /// @param own the agents that the workflow has for itself
        CallRuns(Run run, Set<String> own) {
            this.run = run;
            this.own = own;
        }

        @Override
        public Program.Pin pin(String kind, String name) {
            if (kind.equals(Agents.KIND) && own.contains(name)) {
                return Agents.own(run.program().name(), name, run.program().revision());
            }
            return kind.equals(Agents.KIND)
                    ? new Program.Pin(
                            kind, name, agents.published(run.tenant(), name).revision())
                    : WorkflowPrograms.this.pin(run.tenant(), name, null);
        }

        @Override
        public String input(Program.Pin pin, JsonNode input) {
            return WorkflowInput.messages(input);
        }

        @Override
        public void cancel(String idempotencyKey) {
            runs.get().startedWith(run.tenant(), idempotencyKey).ifPresent(one -> runs.get()
                    .cancel(run.tenant(), one.id()));
        }

        @Override
        public java.time.Instant now() {
            return clock.instant();
        }
    }
}
