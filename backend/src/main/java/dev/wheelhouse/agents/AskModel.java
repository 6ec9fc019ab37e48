package dev.wheelhouse.agents;

import dev.wheelhouse.agents.StepRequests.SentMark;
import dev.wheelhouse.clients.ClientWish;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelException;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.StepContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks an agent's model: what it is told after some turns, and what its answer is on record.
///
/// @param said what the conversation begins with
/// @param own the tools that it may call, without those of a client
record AskModel(
        Definition definition,
        AnswerForm form,
        List<ModelMessage> said,
        List<ToolDescription> own,
        RunOptions options,
        Models models,
        EarlierTurns.Showing showing,
        StepBudget budget,
        PlanCalls calls) {

    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);

    /// Failures after which the same question may be answered.
    static final Set<String> PASSING = Set.of("rate_limited", "provider_error", "unreachable", "timeout", "stream_cut");

    /// How the model is asked in a step: what it says is closed where there are leaks to be closed.
    private interface Asking {
        ModelReply ask(ModelCall call, StepContext context) throws InterruptedException;
    }

    /// What is asked after these turns, bounded by what is left; a failure where too little is.
    Limits.Planned planned(History history, List<Turn> turns, LoopDetector loops, Spent spent) {
        var call = Turn.wish(options, turns)
                .applied(new ModelCall(
                        history.run().tenant(),
                        definition.model(),
                        definition.instructions(),
                        messages(turns, loops),
                        own,
                        form.schema(),
                        false,
                        definition.temperature(),
                        definition.maxOutputTokens(),
                        Limits.time(definition.limits(), history, LONGEST_ANSWER)));
        return Limits.ask(definition.limits(), spent, call, models.ceiling(definition.model()));
    }

    /// @param hasReadOthers whether the run has read what somebody else wrote
    PlannedStep step(PlannedModelCall question, History history, List<Turn> turns, Spent spent, boolean hasReadOthers) {
        var wish = Turn.wish(options, turns);
        return new PlannedStep(
                history.steps().size() + 1,
                "model",
                definition.model(),
                null,
                Effect.READ,
                "{\"messages\":" + question.call().messages().size() + "}",
                new PlannedStep.Action.Execute(context -> answer(
                        question,
                        context,
                        asking(wish, hasReadOthers),
                        needs(history, spent, wish.options(), hasReadOthers))));
    }

    private Asking asking(ClientWish wish, boolean hasReadOthers) {
        if (!definition.readsOthers() || form.schema() != null || !hasReadOthers) {
            return (call, context) -> wish.ask(models, call, context);
        }
        var leaks = EarlierTurns.leaks(definition, said);
        return (call, context) -> {
            var guarded = leaks.guard(context);
            var reply = wish.ask(models, call, guarded);
            guarded.end();
            return reply.with(leaks.close(reply.text()), reply.toolCalls());
        };
    }

    /// Which calls in the answer need approval under the current rules.
    private Function<ToolRequest, @Nullable ApprovalNeed> needs(
            History history, Spent spent, RunOptions offered, boolean hasReadOthers) {
        var rules = definition.approvals();
        if (rules.isEmpty()) {
            return request -> null;
        }
        var run = ApprovalNeed.facts(
                history.run().program().name(),
                history.run().asker(),
                history.run().metadata(),
                spent.soFar(),
                hasReadOthers);
        return request ->
                offered.has(request.tool()) ? null : ApprovalNeed.of(rules, request, calls.effect(request), run);
    }

    private Outcome answer(
            PlannedModelCall question,
            StepContext context,
            Asking asking,
            Function<ToolRequest, @Nullable ApprovalNeed> needs)
            throws InterruptedException {
        return budget.ask(
                context,
                question,
                asked -> () -> answer(asked.call(), shown -> {
                    var sent = SentMark.of(question.call(), shown);
                    return Turn.outcome(asking.ask(shown, context), sent, needs);
                }));
    }

    private Outcome answer(ModelCall call, EarlierTurns.Asking<Outcome> showed) throws InterruptedException {
        try {
            return showing.ask(call, showed);
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
}
