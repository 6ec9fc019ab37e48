package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.States;
import org.jspecify.annotations.Nullable;

/// A visit to a state that does nothing outside: it is decided as soon as it is entered, and is on record as
/// a step that takes no commit of its own.
final class KnownRun extends StateRun {

    private final State state;

    KnownRun(MachineRun machine, State state, String id, int by) {
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
        var step = note(id, this::outcome);
        if (step == null) {
            return null;
        }
        var failure = step.outcome().failure();
        return failure != null ? Ended.failed(failure, step.number()) : came(step);
    }

    private Ended came(Step step) {
        var output = output(step);
        return state.kind() == State.Kind.CHOICE
                ? ended(step, output, output.path("next").asText())
                : ended(step, output, null);
    }

    private Outcome outcome() {
        try {
            return decided();
        } catch (Expressions.NoValueException e) {
            return Outcome.failed(noValue(state.name(), e));
        }
    }

    private Outcome decided() {
        return switch (state) {
            case State.Choice choice ->
                Outcome.of(Json.mapper()
                        .createObjectNode()
                        .put("next", chosen(choice))
                        .toString());
            case State.Assign assign -> checked(fill(assign.values()));
            case State.Succeed succeed -> checked(fill(succeed.output()));
            case State.Fail fail -> {
                var message = fill(fail.message());
                String text = message.isTextual() ? message.textValue() : message.toString();
                yield Outcome.failed(new Failure(
                        fail.code(), text.isBlank() ? "State \"%s\" fails the run".formatted(state.name()) : text));
            }
            case State.Agent _,
                    State.Tool _,
                    State.Workflow _,
                    State.Approval _,
                    State.Parallel _,
                    State.Each _,
                    State.Wait _ -> throw new IllegalStateException("Not known at once: " + state.kind());
        };
    }

    private String chosen(State.Choice choice) {
        var over = States.over(machine.scope.items());
        var given = machine.scope.given();
        for (var one : choice.cases()) {
            if (over.holds(one.when(), given)) {
                return one.next();
            }
        }
        return choice.otherwise();
    }

    private Outcome checked(JsonNode output) {
        var refused = Ended.tooLarge(state.name(), output);
        return refused == null ? Outcome.of(output.toString()) : Outcome.failed(refused);
    }
}
