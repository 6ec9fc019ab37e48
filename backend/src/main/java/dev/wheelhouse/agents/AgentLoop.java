package dev.wheelhouse.agents;

import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.tools.TenantTools;
import dev.wheelhouse.tools.ToolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One run of an agent: asks the model, executes the tool calls it requests in parallel, passes back the results, until
/// it answers. A pure function of the committed steps, as a program must be.
final class AgentLoop implements Program {

    private static final int MOST_FAILED_ANSWERS = 2;

    private final Definition definition;
    private final AnswerForm form;
    private final List<ModelMessage> said;
    private final Models models;
    private final PlanCalls calls;
    private final AskModel asking;
    private final RunOptions options;
    private final long first;
    // Of the run's own committed steps. The program is asked after every end, and a long run has many.
    private final Map<Integer, Turn> answers = new ConcurrentHashMap<>();
    private final Spent.Sizes sizes = new Spent.Sizes();
    private LoopDetector detected;
    private boolean hasReadOthers;

    AgentLoop(
            Definition definition,
            AnswerForm form,
            List<ModelMessage> said,
            Models models,
            TenantTools tools,
            StepBudget budget,
            SubRuns.Published published) {
        this(
                definition,
                form,
                said,
                RunOptions.NONE,
                models,
                (call, asking) -> asking.ask(call),
                tools,
                budget,
                published);
    }

    AgentLoop(
            Definition definition,
            AnswerForm form,
            List<ModelMessage> said,
            RunOptions options,
            Models models,
            EarlierTurns.Showing showing,
            TenantTools tools,
            StepBudget budget,
            SubRuns.Published published) {
        this.options = options;
        this.definition = definition;
        this.form = form;
        this.said = said;
        this.models = models;
        this.detected = new LoopDetector(definition.limits());
        this.calls = new PlanCalls(definition, tools, budget, new SubRuns(definition, published));
        var own = definition.tools().stream()
                .flatMap(name -> tools.find(name).stream())
                .filter(tool -> tool.origin().state() != ToolState.NEW)
                .map(tool -> new ToolDescription(tool.name(), tool.description(), tool.schema(), tool.schemaText()))
                .toList();
        this.asking = new AskModel(definition, form, said, own, options, models, showing, budget, calls);
        this.first = Spent.Estimate.tokens(definition.instructions(), said, options.offered(own, false))
                + Spent.Estimate.tokens(form.schema());
    }

    /// The same in a conversation whose earlier turns have read what somebody else wrote.
    AgentLoop distrusting(boolean theyHave) {
        hasReadOthers = theyHave;
        return this;
    }

    private boolean hasReadOthers(History history) {
        return hasReadOthers || ApprovalNeed.hasReadOthers(history.steps());
    }

    @Override
    public Next next(History history) {
        var turns = Turn.of(history.steps(), answers, form);
        if (turns.isEmpty()) {
            return definition.tools().contains(PlanCalls.MEMORY)
                    ? new Next.Steps(List.of(PlanCalls.recall(history.steps().size() + 1, said)))
                    : ask(history, turns);
        }
        var last = turns.getLast();
        if (last.failure() != null) {
            return afterFailure(history, turns, last.failure());
        }
        if (last.answer() != null) {
            return answered(history, turns, last.answer());
        }
        var refused = last.overBudget();
        if (refused != null && !callsAgents(history)) {
            return new Next.Fail(refused);
        }
        if (last.isClientGone()) {
            // Its client took the calls for the answer.
            return new Next.Succeed(last.text());
        }
        return last.isDone() ? ask(history, turns) : call(history, turns, last);
    }

    /// An answer that does not match the form goes back to the model, which is told what is wrong.
    private Next answered(History history, List<Turn> turns, AnswerForm.Read answer) {
        long sentBack = turns.stream().filter(turn -> turn.correction() != null).count();
        var end = AnswerForm.end(answer, sentBack, turns.getLast().isCut());
        if (end instanceof Next.Succeed said && !definition.knowledge().isEmpty() && said.structured() == null) {
            return new Next.Succeed(CheckCitations.checked(said.output(), turns), null, said.truncated());
        }
        return end == null ? ask(history, turns) : end;
    }

    /// A sub-run must not be left behind.
    private static boolean callsAgents(History history) {
        return history.open().stream().anyMatch(open -> open.kind().equals("agent"));
    }

    private Next call(History history, List<Turn> turns, Turn last) {
        // The share of each call was fixed before the first of them ran, and does not change.
        var begun = new ArrayList<>(turns.subList(0, turns.size() - 1));
        begun.add(last.withoutResults());
        var loops = detected(begun);
        var spent = spent(history, begun, loops);
        int asked = last.wanted().size();
        if (last.results().isEmpty()) {
            var over = first(
                    Limits.over(definition.limits(), history, spent, last.steps()),
                    Limits.tooLittleOutput(definition.limits(), spent, asked),
                    loops.failure());
            if (over != null) {
                return new Next.Fail(over);
            }
        }
        var wish = Turn.wish(options, turns.subList(0, turns.size() - 1));
        return new Next.Steps(calls(history, last, spent, wish.options()));
    }

    /// What the run may use and has used so far.
    RunLimits.LimitUse limitUse(History history) {
        var turns = Turn.of(history.steps(), answers, form);
        var known = spent(history, turns, LoopDetector.of(definition.limits(), turns));
        var spent = wasAsking(history.run(), turns) ? known.stopped(bounds()) : known;
        boolean isCostKnown = models.ceiling(definition.model()).dearest() != null
                || history.usage().costMicroUnits() != null;
        return new RunLimits.LimitUse(
                definition.limits(),
                spent,
                spent == known
                        ? null
                        : new RunLimits.Stopped(
                                spent.tokens() - known.tokens(), isCostKnown ? spent.money() - known.money() : null),
                isCostKnown,
                history.age(),
                history.run().depth());
    }

    /// Whether the model was asked when the run was cancelled: its owner ended it, with nothing else to do.
    private static boolean wasAsking(Run run, List<Turn> turns) {
        if (run.state() != RunState.CANCELLED || run.place().replica() == null) {
            return false;
        }
        return turns.isEmpty()
                || turns.getLast().answer() == null && turns.getLast().isDone();
    }

    /// What was found in earlier turns is kept, as they do not change.
    private LoopDetector detected(List<Turn> turns) {
        if (!detected.continuesIn(turns)) {
            detected = new LoopDetector(definition.limits());
        }
        detected.add(turns);
        return detected;
    }

    private Spent spent(History history, List<Turn> turns, LoopDetector loops) {
        return Spent.of(bounds(), first, history, turns, loops, sizes);
    }

    private Spent.Bounds bounds() {
        var ceiling = models.ceiling(definition.model());
        Integer most = definition.maxOutputTokens();
        return new Spent.Bounds(definition.limits(), ceiling.dearest(), most == null ? ceiling.outputTokens() : most);
    }

    private static @Nullable Failure first(@Nullable Failure... failures) {
        return Stream.of(failures).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /// A model that failed to answer is asked twice more, each attempt a step of its own in the log.
    private Next afterFailure(History history, List<Turn> turns, Failure failure) {
        long failed = turns.reversed().stream()
                .takeWhile(turn -> turn.failure() != null)
                .count();
        return AskModel.PASSING.contains(failure.code()) && failed <= MOST_FAILED_ANSWERS
                ? ask(history, turns)
                : new Next.Fail(failure);
    }

    private Next ask(History history, List<Turn> turns) {
        var limits = definition.limits();
        var loops = detected(turns);
        var spent = spent(history, turns, loops);
        var over = first(Limits.over(limits, history, spent, 1), loops.failure());
        if (over != null) {
            return new Next.Fail(over);
        }
        var planned = asking.planned(history, turns, loops, spent);
        var question = planned.question();
        return question == null
                ? new Next.Fail(Objects.requireNonNull(planned.failure()))
                : new Next.Steps(List.of(asking.step(question, history, turns, spent, hasReadOthers(history))));
    }

    /// What the model is asked after these steps, before a budget bounds it; null where a limit stands before it, or
    /// calls of the last answer are still to be made.
    @Nullable
    ModelCall request(History history) {
        var turns = Turn.of(history.steps(), answers, form);
        boolean isAsked = turns.isEmpty()
                || turns.getLast().failure() != null
                || turns.getLast().isDone();
        if (!isAsked) {
            return null;
        }
        var loops = detected(turns);
        var planned = asking.planned(history, turns, loops, spent(history, turns, loops));
        return planned.question() == null ? null : planned.question().call();
    }

    private List<PlannedStep> calls(History history, Turn turn, Spent spent, RunOptions offered) {
        int asked = turn.wanted().size();
        var left =
                RemainingLimits.left(definition.limits(), spent, history.age()).share(asked);
        long share = Limits.share(definition.limits(), spent, asked);
        return calls.steps(history, turn, new PlanCalls.Share(share, left), offered);
    }
}
