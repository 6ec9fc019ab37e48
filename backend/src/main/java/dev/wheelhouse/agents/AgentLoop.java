package dev.wheelhouse.agents;

import dev.wheelhouse.clients.ClientWish;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelException;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.tools.TenantTools;
import dev.wheelhouse.tools.ToolState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One run of an agent: asks the model, executes the tool calls it requests in parallel, passes back the results, until
/// it answers. A pure function of the committed steps, as a program must be.
final class AgentLoop implements Program {

    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
    private static final int MOST_FAILED_ANSWERS = 2;
    private static final Set<String> PASSING =
            Set.of("rate_limited", "provider_error", "unreachable", "timeout", "stream_cut");

    private final Definition definition;
    private final AnswerForm form;
    private final List<ModelMessage> said;
    private final Models models;
    private final EarlierTurns.Showing showing;
    private final StepBudget budget;
    private final PlanCalls calls;
    private final List<ToolDescription> own;
    private final RunOptions options;
    private final long first;
    // Of the run's own committed steps. The program is asked after every end, and a long run has many.
    private final Map<Integer, Turn> answers = new ConcurrentHashMap<>();
    private final Spent.Sizes sizes = new Spent.Sizes();
    private LoopDetector detected;

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
        this.budget = budget;
        this.said = said;
        this.models = models;
        this.showing = showing;
        this.detected = new LoopDetector(definition.limits());
        this.calls = new PlanCalls(definition, tools, budget, new SubRuns(definition, published));
        this.own = definition.tools().stream()
                .flatMap(name -> tools.find(name).stream())
                .filter(tool -> tool.origin().state() != ToolState.NEW)
                .map(tool -> new ToolDescription(tool.name(), tool.description(), tool.schema()))
                .toList();
        this.first = Estimate.tokens(definition.instructions(), said, options.offered(own, false))
                + Estimate.tokens(form.schema());
    }

    @Override
    public Next next(History history) {
        var turns = Turn.of(history.steps(), answers, form);
        if (turns.isEmpty()) {
            return ask(history, turns);
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
        var spent = spent(history, turns, LoopDetector.of(definition.limits(), turns));
        boolean isCostKnown = models.ceiling(definition.model()).dearest() != null
                || history.usage().costMicroUnits() != null;
        return new RunLimits.LimitUse(
                definition.limits(),
                spent,
                isCostKnown,
                history.age(),
                history.run().depth());
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
        var ceiling = models.ceiling(definition.model());
        Integer most = definition.maxOutputTokens();
        var bounds =
                new Spent.Bounds(definition.limits(), ceiling.dearest(), most == null ? ceiling.outputTokens() : most);
        return Spent.of(bounds, first, history, turns, loops, sizes);
    }

    private static @Nullable Failure first(@Nullable Failure... failures) {
        return Stream.of(failures).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /// A model that failed to answer is asked twice more, each attempt a step of its own in the log.
    private Next afterFailure(History history, List<Turn> turns, Failure failure) {
        long failed = turns.reversed().stream()
                .takeWhile(turn -> turn.failure() != null)
                .count();
        return PASSING.contains(failure.code()) && failed <= MOST_FAILED_ANSWERS
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
        var messages = messages(turns, loops);
        var wish = Turn.wish(options, turns);
        var call = wish.applied(new ModelCall(
                history.run().tenant(),
                definition.model(),
                definition.instructions(),
                messages,
                own,
                form.schema(),
                false,
                definition.temperature(),
                definition.maxOutputTokens(),
                Limits.time(limits, history, LONGEST_ANSWER)));
        var planned = Limits.ask(limits, spent, call, models.ceiling(definition.model()));
        var question = planned.question();
        return question == null
                ? new Next.Fail(Objects.requireNonNull(planned.failure()))
                : new Next.Steps(List.of(new PlannedStep(
                        history.steps().size() + 1,
                        "model",
                        definition.model(),
                        null,
                        Effect.READ,
                        "{\"messages\":" + messages.size() + "}",
                        new PlannedStep.Action.Execute(
                                context -> answer(question, context, wish, needs(history, spent, wish.options()))))));
    }

    /// Which calls in the answer need approval under the current rules.
    private Function<ToolRequest, @Nullable ApprovalNeed> needs(History history, Spent spent, RunOptions offered) {
        var rules = definition.approvals();
        if (rules.isEmpty()) {
            return request -> null;
        }
        var run = ApprovalNeed.facts(
                history.run().program().name(),
                history.run().asker(),
                history.run().metadata(),
                spent.soFar());
        return request ->
                offered.has(request.tool()) ? null : ApprovalNeed.of(rules, request, calls.effect(request), run);
    }

    private Outcome answer(
            PlannedModelCall question,
            StepContext context,
            ClientWish wish,
            Function<ToolRequest, @Nullable ApprovalNeed> needs)
            throws InterruptedException {
        return budget.ask(context, question, asked -> () -> answer(asked.call(), context, wish, needs));
    }

    private Outcome answer(
            ModelCall call, StepContext context, ClientWish wish, Function<ToolRequest, @Nullable ApprovalNeed> needs)
            throws InterruptedException {
        try {
            return Turn.outcome(showing.ask(call, shown -> wish.ask(models, shown, context)), needs);
        } catch (ModelException e) {
            boolean lasting = !e.retryable() && PASSING.contains(e.code());
            return Outcome.failed(new Failure(lasting ? "model_failed" : e.code(), e.sentence(), e.hint()));
        }
    }

    private List<ModelMessage> messages(List<Turn> turns, LoopDetector loops) {
        var messages = new ArrayList<>(said);
        for (var turn : turns) {
            if (turn.failure() == null) {
                messages.add(new ModelMessage.Assistant(turn.text(), turn.wanted(), turn.kept()));
                var calls = WantedCall.of(turn);
                turn.done().forEach(step -> messages.add(result(step, calls, loops)));
                Stream.ofNullable(turn.correction()).forEach(messages::add);
            }
        }
        return messages;
    }

    private static ModelMessage result(Step step, List<WantedCall> calls, LoopDetector loops) {
        var message = loops.message(step);
        boolean isEdited = calls.stream().anyMatch(call -> call.step() == step.number() && call.isEdited());
        return isEdited && message instanceof ModelMessage.ToolResult result
                ? new ModelMessage.ToolResult(
                        result.call(),
                        result.tool(),
                        "A person changed the arguments to %s.\n%s".formatted(step.input(), result.text()),
                        result.failed())
                : message;
    }

    private List<PlannedStep> calls(History history, Turn turn, Spent spent, RunOptions offered) {
        int asked = turn.wanted().size();
        var left =
                RemainingLimits.left(definition.limits(), spent, history.age()).share(asked);
        long share = Limits.share(definition.limits(), spent, asked);
        return calls.steps(history, turn, new PlanCalls.Share(share, left), offered);
    }
}
