package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.approvals.Decision;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import org.jspecify.annotations.Nullable;

/// A visit to a state in which a person decides.
final class ApprovalRun extends StateRun {

    private static final int LONGEST_MESSAGE = 4_000;

    private final State.Approval state;
    private int number;

    ApprovalRun(MachineRun machine, State.Approval state, String id, int by) {
        super(machine, id, by);
        this.state = state;
    }

    @Override
    State state() {
        return state;
    }

    @Override
    @Nullable
    Ended advance() {
        number = number == 0 ? machine.take(id) : number;
        var step = walk.want(machine, id, this::ask);
        if (step == null) {
            return null;
        }
        var failure = step.outcome().failure();
        if (failure != null) {
            return Ended.failed(failure, step.number());
        }
        var answer = output(step);
        if (answer.path("decision").asText().equals("approve")) {
            return ended(step, answer, null);
        }
        return state.rejected() == null
                ? Ended.failed(rejected(state.name(), answer), step.number())
                : ended(step, answer, state.rejected());
    }

    @Override
    @Nullable
    Step success() {
        var step = super.success();
        boolean isRejected = step != null
                && state.rejected() == null
                && !output(step).path("decision").asText().equals("approve");
        return isRejected ? null : step;
    }

    static Failure rejected(String state, JsonNode answer) {
        String reason = answer.path("reason").asText();
        return new Failure(
                "rejected",
                "State \"%s\" was rejected".formatted(state)
                        + (answer.hasNonNull("by")
                                ? " by \"%s\"".formatted(answer.path("by").asText())
                                : "")
                        + (reason.isBlank() ? "" : ": " + Text.shorten(reason, 500)));
    }

    private PlannedStep ask() {
        try {
            var message = fill(state.message());
            var question = Json.mapper().createObjectNode();
            question.put("kind", "tool")
                    .put("tool", state.name())
                    .put(
                            "message",
                            Text.shorten(
                                    message.isTextual() ? message.textValue() : message.toString(), LONGEST_MESSAGE));
            question.set("arguments", fill(state.about()));
            return machine.step(
                    number,
                    "approval",
                    state.name(),
                    id,
                    new PlannedStep.Action.Ask(
                            "tool",
                            question.toString(),
                            state.notRequester(),
                            state.expires(),
                            Decision.unanswered(state.approvesOtherwise() ? "approve" : "reject")),
                    by);
        } catch (Expressions.NoValueException e) {
            return machine.step(number, "approval", state.name(), id, Walk.failed(noValue(state.name(), e)), by);
        }
    }
}
