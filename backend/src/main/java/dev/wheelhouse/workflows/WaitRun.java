package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Questions;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.States;
import dev.wheelhouse.states.Times;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A visit to a state that lets time pass, or waits for a signal.
final class WaitRun extends StateRun {

    private final State.Wait state;
    private int now;
    private int number;

    WaitRun(MachineRun machine, State.Wait state, String id, int by) {
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
        if (number == 0) {
            now = state.awaited() instanceof State.Wait.Until ? machine.take(id + ":now") : 0;
            number = machine.take(id);
        }
        var step =
                switch (state.awaited()) {
                    case State.Wait.Time time -> want(() -> time(time), by);
                    case State.Wait.Until until -> until(until);
                    case State.Wait.Signal signal -> want(() -> signal(signal), by);
                };
        if (step == null) {
            return null;
        }
        var failure = step.outcome().failure();
        return failure == null ? came(step) : Ended.failed(failure, step.number());
    }

    private Ended came(Step step) {
        var output = output(step);
        if (!(state.awaited() instanceof State.Wait.Signal signal)) {
            return ended(step, output, null);
        }
        return output.has("signal")
                ? ended(step, output.get("signal"), null)
                : Ended.failed(
                        new Failure(
                                "timeout",
                                "The signal \"%s\" did not come in time".formatted(signal.name()),
                                "Catch the failure where that is expected"),
                        step.number());
    }

    @FunctionalInterface
    private interface Planned {
        PlannedStep.Action action();
    }

    private @Nullable Step want(Planned planned, int asked) {
        return walk.want(machine, id, () -> machine.step(number, "wait", state.name(), id, action(planned), asked));
    }

    private PlannedStep.Action action(Planned planned) {
        try {
            return planned.action();
        } catch (Expressions.NoValueException e) {
            return Walk.failed(noValue(state.name(), e));
        }
    }

    private PlannedStep.Action time(State.Wait.Time time) {
        var value = fill(time.time());
        var duration = Times.duration(value);
        return duration == null
                ? Walk.failed(noValue(
                        state.name(),
                        "%s is not a time such as 10m or 90".formatted(Text.shorten(value.toString(), 60))))
                : sleep(duration);
    }

    private static PlannedStep.Action sleep(Duration time) {
        var longest = States.LONGEST;
        var slept = time.compareTo(longest) > 0 ? longest : time;
        return new PlannedStep.Action.Sleep(
                slept,
                Json.mapper()
                        .createObjectNode()
                        .put("waited", slept.toSeconds())
                        .toString());
    }

    /// The time now is a step of its own: a program reads no clock.
    private @Nullable Step until(State.Wait.Until until) {
        String call = id + ":now";
        var told = walk.want(
                machine,
                call,
                () -> machine.step(
                        now,
                        "wait",
                        "now",
                        call,
                        new PlannedStep.Action.Execute(context ->
                                Outcome.of(Json.quote(machine.plan.calls().now().toString()))),
                        by));
        if (told == null) {
            return null;
        }
        var failure = told.outcome().failure();
        return want(
                () -> failure == null ? until(until, Instant.parse(output(told).asText())) : Walk.failed(failure),
                told.number());
    }

    private PlannedStep.Action until(State.Wait.Until until, Instant now) {
        JsonNode value = fill(until.time());
        var end = Times.instant(value.asText());
        if (end == null) {
            return Walk.failed(noValue(
                    state.name(),
                    "%s is not a time such as 2026-12-24T18:00:00Z".formatted(Text.shorten(value.toString(), 60))));
        }
        var left = Duration.between(now, end);
        return sleep(left.isNegative() ? Duration.ZERO : left);
    }

    private PlannedStep.Action signal(State.Wait.Signal signal) {
        String question = "{\"kind\":\"%s\",\"name\":%s}".formatted(Questions.SIGNAL, Json.quote(signal.name()));
        return new PlannedStep.Action.Ask(
                Questions.SIGNAL, question, false, state.way().timeout(), "{\"decision\":\"expired\"}");
    }

    @Override
    void abandon() {
        walk.abandon(id);
        walk.abandon(id + ":now");
    }
}
