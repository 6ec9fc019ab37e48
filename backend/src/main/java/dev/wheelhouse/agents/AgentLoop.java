package dev.wheelhouse.agents;

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
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.runs.Work;
import dev.wheelhouse.tools.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One run of an agent: asks the model, does the tool calls it wants side by side, shows it the results, until it
/// answers. A pure function of the committed steps, as a program must be.
final class AgentLoop implements Program {

    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
    private static final int MOST_FAILED_ANSWERS = 2;
    private static final Set<String> PASSING =
            Set.of("rate_limited", "provider_error", "unreachable", "timeout", "stream_cut");

    private final Definition definition;
    private final List<ModelMessage> said;
    private final Models models;
    private final Tools tools;
    private final Set<String> granted;
    private final List<ToolDescription> offered;

    AgentLoop(Definition definition, List<ModelMessage> said, Models models, Tools tools) {
        this.definition = definition;
        this.said = said;
        this.models = models;
        this.tools = tools;
        this.granted = Set.copyOf(definition.tools());
        this.offered = definition.tools().stream()
                .flatMap(name -> tools.find(name).stream())
                .map(tool -> new ToolDescription(tool.name(), tool.description(), tool.schema()))
                .toList();
    }

    @Override
    public Next next(History history) {
        var turns = Turn.of(history.steps());
        if (turns.isEmpty()) {
            return ask(history, turns);
        }
        var last = turns.getLast();
        if (last.failure() != null) {
            return afterFailure(history, turns, last.failure());
        }
        if (last.wanted().isEmpty()) {
            return new Next.Succeed(last.text());
        }
        return last.results().size() < last.wanted().size() ? call(history, turns, last) : ask(history, turns);
    }

    private Next call(History history, List<Turn> turns, Turn last) {
        var over = last.results().isEmpty() ? Limits.over(definition.limits(), history, turns) : null;
        return over == null ? new Next.Perform(calls(last)) : new Next.Fail(over);
    }

    /// A model that could not answer is asked again twice, each try a step of its own in the log.
    private Next afterFailure(History history, List<Turn> turns, Failure failure) {
        long failed = turns.reversed().stream()
                .takeWhile(turn -> turn.failure() != null)
                .count();
        return PASSING.contains(failure.code()) && failed <= MOST_FAILED_ANSWERS
                ? ask(history, turns)
                : new Next.Fail(failure);
    }

    private Next ask(History history, List<Turn> turns) {
        var over = Limits.over(definition.limits(), history, turns);
        if (over != null) {
            return new Next.Fail(over);
        }
        var messages = messages(turns);
        String input = "{\"messages\":" + messages.size() + "}";
        Duration left = definition.limits().time().minus(history.age());
        var call = new ModelCall(
                history.run().tenant(),
                definition.model(),
                definition.instructions(),
                messages,
                offered,
                definition.temperature(),
                definition.maxOutputTokens(),
                left.compareTo(LONGEST_ANSWER) < 0 ? left : LONGEST_ANSWER);
        return new Next.Perform(List.of(new Work(
                history.steps().size() + 1,
                "model",
                definition.model(),
                null,
                Effect.READ,
                input,
                new Work.Action.Perform(context -> answer(call, context)))));
    }

    private Outcome answer(ModelCall call, StepContext context) throws InterruptedException {
        try {
            return Turn.outcome(models.call(call, context::delta));
        } catch (ModelException e) {
            boolean lasting = !e.retryable() && PASSING.contains(e.code());
            return Outcome.failed(new Failure(lasting ? "model_failed" : e.code(), e.sentence(), e.hint()));
        }
    }

    private List<ModelMessage> messages(List<Turn> turns) {
        var messages = new ArrayList<>(said);
        var repeats = new Repeats();
        for (var turn : turns) {
            if (turn.failure() == null) {
                messages.add(new ModelMessage.Assistant(turn.text(), turn.wanted()));
                turn.results().forEach(step -> messages.add(result(step, repeats.seen(step))));
            }
        }
        return messages;
    }

    /// The model is told once that it goes round in circles; at the next time the run ends.
    private ModelMessage result(Step step, int seen) {
        var failure = step.outcome().failure();
        String text = failure == null ? String.valueOf(step.outcome().output()) : Turn.sentence(failure);
        if (seen >= definition.limits().repeats()) {
            text += "\nThis call has given this result %d times. Do something else, or answer.".formatted(seen);
        }
        return new ModelMessage.ToolResult(String.valueOf(step.call()), step.name(), text, failure != null);
    }

    private List<Work> calls(Turn turn) {
        var works = new ArrayList<Work>();
        for (int at = 0; at < turn.wanted().size(); at++) {
            works.add(call(turn.number() + 1 + at, turn.wanted().get(at)));
        }
        return works;
    }

    private Work call(int number, ToolRequest request) {
        String name = request.tool();
        boolean may = granted.contains(name);
        String input = Turn.json(request.arguments());
        // A wait that the run could not outlive is not begun; performed as a call it says so.
        var sleep = tools.sleep(name, request.arguments(), granted)
                .filter(time -> time.compareTo(definition.limits().time()) < 0);
        Work.Action action = sleep.isPresent()
                ? new Work.Action.Sleep(
                        sleep.get(), "{\"waited\":" + sleep.get().toSeconds() + "}")
                : new Work.Action.Perform(context -> perform(request, context));
        return new Work(
                number,
                sleep.isPresent() ? "wait" : "tool",
                name,
                request.id(),
                may ? tools.effect(name) : Effect.READ,
                input,
                action);
    }

    private Outcome perform(ToolRequest request, StepContext context) throws InterruptedException {
        var tooLong = tools.sleep(request.tool(), request.arguments(), granted);
        if (tooLong.isPresent()) {
            return Outcome.failed(new Failure(
                    "limit_time",
                    "A wait of %d s is longer than this run may take, which is %d s"
                            .formatted(
                                    tooLong.get().toSeconds(),
                                    definition.limits().time().toSeconds()),
                    "Wait for less"));
        }
        var result = tools.call(
                request.tool(), request.arguments(), granted, new ToolSurroundings(context, definition.hosts()));
        return result.failure() == null ? Outcome.of(String.valueOf(result.json())) : Outcome.failed(result.failure());
    }
}
