package dev.wheelhouse.agents;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.budgets.Budgets;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.images.Images;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.programs.Recall;
import dev.wheelhouse.programs.Reuse;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.threads.Threads;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the loop for a run: its pinned revision, and the earlier turns of its thread.
@Singleton
final class AgentPrograms implements ProgramKind {

    private final Agents agents;
    private final Models models;
    private final Tools tools;
    private final EarlierTurns earlier;
    private final Budgets budgets;
    private final Provider<Runs> runs;
    private final Provider<Programs> programs;

    @Inject
    AgentPrograms(
            Agents agents,
            Models models,
            Tools tools,
            Threads threads,
            Images images,
            Budgets budgets,
            Provider<Runs> runs,
            Provider<Programs> programs) {
        this.agents = agents;
        this.models = models;
        this.tools = tools;
        this.earlier = new EarlierTurns(threads, images, runs);
        this.budgets = budgets;
        this.runs = runs;
        this.programs = programs;
    }

    /// Where agents are all that is called: for tests.
    AgentPrograms(
            Agents agents,
            Models models,
            Tools tools,
            Threads threads,
            Images images,
            Budgets budgets,
            Provider<Runs> runs) {
        this(agents, models, tools, threads, images, budgets, runs, () -> new Programs(List.of(), runs));
    }

    @Override
    public String kind() {
        return Agents.KIND;
    }

    @Override
    public Program.Pin pin(TenantId tenant, String name, @Nullable Integer revision) {
        return new Program.Pin(Agents.KIND, name, agents.pinned(tenant, name, revision));
    }

    @Override
    public int latest(TenantId tenant, String name) {
        return agents.get(tenant, name).latest();
    }

    @Override
    public @Nullable Problem refusal(NewRun wanted) {
        var mistakes = AnswerForm.mistakes(wanted.request().options());
        if (!mistakes.isEmpty()) {
            return Problem.of(ErrorCode.BAD_REQUEST, mistakes);
        }
        var pin = wanted.program();
        var definition = agents.definition(wanted.tenant(), pin.name(), pin.revision());
        String model = definition.model();
        if (EarlierTurns.hasImages(wanted.input()) && !models.sees(model)) {
            return cannotSee(definition);
        }
        return models.has(model)
                ? takenName(definition, wanted.request().options())
                : new Problem(
                        ErrorCode.BAD_REQUEST,
                        "Agent \"%s\" asks the model \"%s\", which is not there".formatted(pin.name(), model),
                        Suggest.hint(model, models.aliases()));
    }

    @Override
    public boolean takesMessage(TenantId tenant, String name) {
        return agents.isPublished(tenant, name);
    }

    @Override
    public NewRun.WhenBusy whenBusy(TenantId tenant, Program.Pin pin) {
        return agents.definition(tenant, pin.name(), pin.revision()).whenBusy();
    }

    private static Problem cannotSee(Definition definition) {
        String message = Agents.cannotSee(definition);
        String hint = "Describe the picture in words, or use an agent whose model has the ability images";
        return new Problem(ErrorCode.BAD_REQUEST, message, hint, List.of(Problem.Mistake.at("/input", message, hint)));
    }

    /// A call of a name that both have would be nobody's for sure.
    private static @Nullable Problem takenName(Definition definition, @Nullable String options) {
        var offered = RunOptions.of(options);
        var both = definition.tools().stream().filter(offered::has).toList();
        return both.isEmpty()
                ? null
                : new Problem(
                        ErrorCode.BAD_REQUEST,
                        "Agent \"%s\" has a tool \"%s\" of its own"
                                .formatted(definition.name(), String.join("\", \"", both)),
                        "Give your tool another name",
                        List.of(Problem.Mistake.at(
                                "/tools",
                                "Agent \"%s\" has a tool \"%s\" of its own"
                                        .formatted(definition.name(), String.join("\", \"", both)),
                                "Give your tool another name")));
    }

    @Override
    public Program load(Run run) {
        return loop(run);
    }

    @Override
    public Reuse reuse() {
        return new ReuseAnswers(agents);
    }

    @Override
    public Recall recall() {
        return new RecallAnswers();
    }

    AgentLoop loop(Run run) {
        var loop = loop(run, earlier.with(run));
        var definition = agents.definition(
                run.tenant(), run.program().name(), run.program().revision());
        return loop.distrusting(definition.readsOthers() && earlier.haveReadOthers(run));
    }

    /// A call as its model gets it.
    EarlierTurns.Shown shown(ModelCall call) throws InterruptedException {
        return earlier.shown(call);
    }

    /// The loop without the earlier turns.
    AgentLoop alone(Run run) {
        return loop(run, List.of());
    }

    private AgentLoop loop(Run run, List<ModelMessage> said) {
        var definition = agents.definition(
                run.tenant(), run.program().name(), run.program().revision());
        var capped = definition.with(RemainingLimits.within(definition.limits(), run.caps()));
        var form = AnswerForm.of(capped, run.options());
        var options = RunOptions.of(run.options());
        return new AgentLoop(
                capped,
                form,
                said,
                options,
                models,
                earlier::showing,
                tools.of(run.tenant()),
                budget(run),
                (tenant, name) -> agents.beside(run, name).orElseGet(() -> called(tenant, name)));
    }

    /// An agent, or another program that one message is enough for.
    private Program.Pin called(TenantId tenant, String name) {
        String kind = programs.get().spokenTo(tenant, name, Agents.KIND);
        return kind.equals(Agents.KIND)
                ? pin(tenant, name, null)
                : programs.get().of(new Program.Pin(kind, name, 0)).pin(tenant, name, null);
    }

    private StepBudget budget(Run run) {
        return StepBudget.of(budgets, run, runs::get);
    }

    /// How the replay of an agent finds recorded outputs: model answers in their order; tool results for the same
    /// arguments, in their order; decisions in the order of the approvals for the same tool.
    static final class RecallAnswers implements Recall {

        private static final String MODEL = "model";
        private static final String DECISION = "decision";
        private static final String QUESTION = "question";

        @Override
        public Key key(String kind, String name, @Nullable String input) {
            return switch (kind) {
                case MODEL -> new Key(MODEL, "", null);
                case DECISION -> new Key(DECISION, name, null);
                case QUESTION -> Recall.super.key(QUESTION, name, input);
                // A wait or a sub-run is a tool call, too.
                default -> Recall.super.key("tool", name, input);
            };
        }

        @Override
        public String wants(PlannedStep step, int before) {
            return switch (step.kind()) {
                case MODEL -> "asks the model for answer %d".formatted(before + 1);
                case DECISION, QUESTION -> "asks a person about \"%s\"".formatted(step.name());
                default ->
                    "calls \"%s\" with %s".formatted(step.name(), Text.shorten(String.valueOf(step.input()), 300));
            };
        }
    }
}
