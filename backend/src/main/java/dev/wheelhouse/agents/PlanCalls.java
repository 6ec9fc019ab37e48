package dev.wheelhouse.agents;

import dev.wheelhouse.approvals.Decision;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.OpenStep;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.tools.FetchHeader;
import dev.wheelhouse.tools.TenantTools;
import dev.wheelhouse.tools.Tool;
import dev.wheelhouse.tools.ToolContext;
import dev.wheelhouse.tools.ToolInfo;
import dev.wheelhouse.tools.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Plans the calls that an answer requests: which step each of them becomes, and what that step does.
final class PlanCalls {

    /// The kind of the step by which an agent looks into its memory.
    static final String RECALL = "recall";

    static final String MEMORY = "memory_search";

    private static final int LONGEST_QUERY = 400;

    private static final Duration TIMEOUT = Definition.Approval.USUALLY_EXPIRES;

    private final Definition definition;
    private final TenantTools tools;
    private final StepBudget budget;
    private final SubRuns subRuns;
    private final Set<String> granted;

    PlanCalls(Definition definition, TenantTools tools, StepBudget budget, SubRuns subRuns) {
        this.definition = definition;
        this.tools = tools;
        this.budget = budget;
        this.subRuns = subRuns;
        this.granted = Set.copyOf(definition.tools());
    }

    /// An agent with a memory looks into it before anything else: by a call like those that the model asks for, on
    /// record like those, whose result is data like theirs.
    static PlannedStep recall(int number, List<ModelMessage> said) {
        String asked = said.stream()
                .filter(ModelMessage.User.class::isInstance)
                .reduce((first, second) -> second)
                .map(ModelMessage::text)
                .filter(text -> !text.isBlank())
                .orElse("What is worth knowing?");
        var output = Json.mapper().createObjectNode().put("text", "");
        output.putArray("toolCalls")
                .addObject()
                .put("id", ToolRequest.RECALL)
                .put("name", MEMORY)
                .putObject("arguments")
                .put("query", Text.shorten(asked, LONGEST_QUERY));
        return new PlannedStep(
                number,
                RECALL,
                MEMORY,
                null,
                Effect.READ,
                null,
                new PlannedStep.Action.Done(Outcome.of(output.toString())));
    }

    /// What each call of one answer may use.
    ///
    /// @param output bytes of its result
    /// @param left what a run that it starts may use
    record Share(long output, RemainingLimits left) {}

    /// The calls that have not begun, as steps. What the client offered, the client performs.
    List<PlannedStep> steps(History history, Turn turn, Share share, RunOptions offered) {
        var begun = begun(history, turn);
        var planned = new ArrayList<PlannedStep>();
        for (var call : WantedCall.of(turn)) {
            if (!begun.contains(call.step())) {
                var caller = new SubRuns.Caller(history.run(), call.step(), share.left());
                boolean isClients = offered.has(call.request().tool());
                planned.add(
                        isClients
                                ? call.clients()
                                : call.isAsked() ? question(call) : call(call, share.output(), caller));
            }
        }
        return planned;
    }

    /// The steps that have ended or are performed now. To plan them again after each end would cost an answer of many
    /// calls the square of their number.
    private static Set<Integer> begun(History history, Turn turn) {
        var begun = new HashSet<Integer>();
        turn.results().forEach(step -> begun.add(step.number()));
        history.open().stream().filter(OpenStep::isUnderWay).forEach(step -> begun.add(step.number()));
        return begun;
    }

    /// The approval comes first; the call itself follows the decision.
    private PlannedStep question(WantedCall call) {
        var request = call.request();
        var action = Objects.requireNonNull(call.need()).ask(request, effect(request));
        return new PlannedStep(call.asked(), "decision", request.tool(), request.id(), Effect.READ, null, action);
    }

    private PlannedStep call(WantedCall call, long share, SubRuns.Caller caller) {
        var request = call.approved();
        var rejected = call.rejected();
        var action = rejected == null ? action(request, share, caller) : refused(rejected);
        return new PlannedStep(
                call.step(),
                kind(action),
                request.tool(),
                request.id(),
                rejected == null ? effect(request) : Effect.READ,
                Turn.json(request.arguments()),
                action);
    }

    /// A refused call changes nothing.
    Effect effect(ToolRequest request) {
        return granted.contains(request.tool()) ? tools.effect(request.tool()) : Effect.READ;
    }

    private static String kind(PlannedStep.Action action) {
        return switch (action) {
            case PlannedStep.Action.Done done -> "tool";
            case PlannedStep.Action.Execute perform -> "tool";
            case PlannedStep.Action.Sleep sleep -> "wait";
            case PlannedStep.Action.Call call -> "agent";
            case PlannedStep.Action.Ask ask -> "question";
        };
    }

    private PlannedStep.Action action(ToolRequest request, long share, SubRuns.Caller caller) {
        return switch (tools.later(request.tool(), request.arguments(), granted).orElse(null)) {
            case null -> new PlannedStep.Action.Execute(context -> perform(request, context, share, caller.run()));
            case Tool.Later.Sleep sleep -> sleep(sleep);
            case Tool.Later.Call call -> subRuns.action(caller, call);
            case Tool.Later.Ask ask ->
                new PlannedStep.Action.Ask(
                        "question", ask.question().toString(), false, TIMEOUT, Decision.unanswered("reject"));
        };
    }

    /// A wait that would outlast the run's time limit is not started.
    private PlannedStep.Action sleep(Tool.Later.Sleep sleep) {
        var most = definition.limits().time();
        if (sleep.time().compareTo(most) < 0) {
            return new PlannedStep.Action.Sleep(sleep.time(), sleep.output().toString());
        }
        return refused(new Failure(
                "limit_time",
                "A wait of %d s exceeds this run's time limit of %d s"
                        .formatted(sleep.time().toSeconds(), most.toSeconds()),
                "Wait for a shorter time"));
    }

    /// Nothing is executed; the model sees the failure.
    static PlannedStep.Action refused(Failure failure) {
        return new PlannedStep.Action.Execute(context -> Outcome.failed(failure));
    }

    private Outcome perform(ToolRequest request, StepContext context, long share, Run run) throws InterruptedException {
        long most = Math.min(share, Tools.LONGEST_OUTPUT);
        var around = new CallContext(context, definition, run, (int) most);
        var longest = tools.find(request.tool()).map(ToolInfo::timeout).orElse(Duration.ZERO);
        return budget.call(context, most, longest, () -> {
            var result = tools.call(request.tool(), request.arguments(), granted, around);
            return result.failure() == null
                    ? Outcome.of(String.valueOf(result.json()))
                    : Outcome.failed(result.failure());
        });
    }

    /// What a tool may use from the step that calls it.
    private record CallContext(StepContext step, Definition agent, Run run, int mostOutput) implements ToolContext {

        @Override
        public List<String> allowedHosts() {
            return agent.fetch().hosts();
        }

        @Override
        public List<FetchHeader> headers() {
            return agent.fetch().headers();
        }

        @Override
        public List<String> collections() {
            return agent.knowledge();
        }

        @Override
        public TenantId tenant() {
            return step.tenant();
        }

        @Override
        public String idempotencyKey() {
            return step.idempotencyKey();
        }

        @Override
        public void ensureOwned() {
            step.ensureOwned();
        }
    }
}
