package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Template;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.States;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One visit to a state. Its steps are told by calls that begin with its id: the path of names that leads to it, with
/// the number of the visit where it is not the first.
abstract class StateRun {

    static final String NO_VALUE = "no_value";

    final MachineRun machine;
    final Walk walk;
    final String id;

    /// The step that led here.
    final int by;

    StateRun(MachineRun machine, String id, int by) {
        this.machine = machine;
        this.walk = machine.walk;
        this.id = id;
        this.by = by;
    }

    static StateRun of(MachineRun machine, State state, String id, int by) {
        var run =
                switch (state) {
                    case State.Agent _, State.Tool _, State.Workflow _ -> new ActRun(machine, state, id, by);
                    case State.Approval approval -> new ApprovalRun(machine, approval, id, by);
                    case State.Wait wait -> new WaitRun(machine, wait, id, by);
                    case State.Parallel _, State.Each _ -> new SideBySideRun(machine, state, id, by);
                    case State.Choice _, State.Assign _, State.Succeed _, State.Fail _ ->
                        new KnownRun(machine, state, id, by);
                };
        if (state.way().undo() != null) {
            machine.walk.canBeUndone(run);
        }
        return run;
    }

    abstract State state();

    /// How it came out; null while it goes on.
    abstract @Nullable Ended advance();

    void abandon() {
        walk.abandon(id);
    }

    /// It was not entered: nothing that the definition says of its failures counts.
    boolean isRefused() {
        return false;
    }

    /// The step that says that it succeeded, null where none does.
    @Nullable
    Step success() {
        var step = walk.ended(id);
        return step == null || step.outcome().hasFailed() ? null : step;
    }

    /// A step of this state that is known at once.
    @Nullable
    Step note(String call, Supplier<Outcome> outcome) {
        var step = walk.want(
                machine,
                call,
                () -> machine.step(
                        machine.take(call),
                        state().kind().word(),
                        state().name(),
                        call,
                        new PlannedStep.Action.Done(outcome.get()),
                        by));
        if (step != null) {
            machine.goOnAfter(step.number());
        }
        return step;
    }

    JsonNode fill(Template template) {
        return template.fill(States.over(machine.scope.items()), machine.scope.given());
    }

    static Failure noValue(String state, Expressions.NoValueException e) {
        return new Failure(
                NO_VALUE,
                "In state \"%s\" %s".formatted(state, e.getMessage()),
                "A state that was not entered has no output; has(…) tells whether something is there");
    }

    static Failure noValue(String state, String what) {
        return new Failure(NO_VALUE, "In state \"%s\" %s".formatted(state, what));
    }

    /// What a step has put out, as the state's output.
    Ended ended(Step step, JsonNode output, @Nullable String to) {
        return Ended.with(state().name(), output, to, step.number());
    }

    static JsonNode output(Step step) {
        return step.outcome().output() == null
                ? Json.mapper().nullNode()
                : Json.read(step.outcome().output());
    }

    /// A state that was to be entered once too often.
    static final class Refused extends StateRun {

        private final State state;

        Refused(MachineRun machine, State state, String id, int by) {
            super(machine, id, by);
            this.state = state;
        }

        @Override
        State state() {
            return state;
        }

        @Override
        boolean isRefused() {
            return true;
        }

        @Override
        @Nullable
        Ended advance() {
            int most = state.way().visits();
            var failure = new Failure(
                    "too_many_visits",
                    "State \"%s\" was entered %,d times, which is its limit".formatted(state.name(), most),
                    "Let the loop end sooner, or raise visits of the state");
            var step = note(id, () -> Outcome.failed(failure));
            return step == null ? null : Ended.failed(failure, step.number());
        }
    }

    /// The pause before a machine that failed begins again.
    static final class Rest extends StateRun {

        private final Duration pause;
        private final State state;

        Rest(MachineRun machine, int round, Duration pause, int by, String start) {
            super(machine, machine.pathOf("^" + round + ":pause"), by);
            this.pause = pause;
            var way = new State.Way("", start, null, java.util.List.of(), null, State.Way.USUAL_VISITS, null);
            this.state = new State.Assign(way, Template.of(Json.read("{}")));
        }

        @Override
        State state() {
            return state;
        }

        @Override
        @Nullable
        Ended advance() {
            int number = place();
            var step = walk.want(
                    machine,
                    id,
                    () -> machine.step(number, "wait", "retry", id, new PlannedStep.Action.Sleep(pause, "{}"), by));
            return step == null ? null : new Ended(Json.read("{}"), null, null, step.number());
        }

        private int taken;

        private int place() {
            taken = taken == 0 ? machine.take(id) : taken;
            return taken;
        }
    }
}
