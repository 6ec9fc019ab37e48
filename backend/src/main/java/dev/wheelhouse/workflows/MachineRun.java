package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One passage through the states of a machine: the whole workflow, a branch, or one item of a map.
///
/// ```
///   enter ──▶ state ──▶ ended ──▶ next ──▶ enter …            ──▶ over: an output
///               │                                             ──▶ over: a failure
///               └─▶ failed ──▶ caught ──▶ enter …
///                      └─────▶ retried from the start, caught by the machine, or else over
/// ```
final class MachineRun {

    final RunPlan plan;
    final Walk walk;
    final Scope scope;
    final @Nullable MachineRun around;
    private final State.Machine machine;
    private final String path;
    private final Track track;
    private final Consumer<MachineRun> told;
    private final Map<String, Integer> visits = new HashMap<>();
    private final int atOnce;
    private final @Nullable MachineRun numbers;
    private int place;
    private boolean isAbandoned;
    private int highest;
    private int round = 1;
    private @Nullable StateRun current;
    private @Nullable Ended end;

    private MachineRun(
            MachineRun around,
            State.Machine machine,
            String path,
            Scope scope,
            Track track,
            int atOnce,
            @Nullable MachineRun numbers,
            Consumer<MachineRun> told) {
        this.plan = around.plan;
        this.walk = around.walk;
        this.machine = machine;
        this.path = path;
        this.scope = scope;
        this.track = track;
        this.around = around;
        this.atOnce = atOnce;
        this.numbers = numbers;
        this.told = told;
    }

    /// The whole of a run.
    MachineRun(RunPlan plan, Walk walk, State.Machine machine, Scope scope) {
        this.plan = plan;
        this.walk = walk;
        this.machine = machine;
        this.path = "";
        this.scope = scope;
        this.track = Track.WHOLE;
        this.around = null;
        this.atOnce = 1;
        this.numbers = null;
        this.told = over -> {};
    }

    /// One of several machines side by side.
    ///
    /// @param path of the machine in calls
    /// @param beside how many are under way at once
    /// @param told of the end
    MachineRun inner(
            State.Machine inner, String path, Scope scope, Track track, int beside, Consumer<MachineRun> told) {
        int wide = (int) Math.min((long) atOnce * Math.max(1, beside), Integer.MAX_VALUE);
        return new MachineRun(this, inner, path, scope, track, wide, null, told);
    }

    /// For steps that go by another scope and take their numbers from here.
    MachineRun with(Scope other) {
        return new MachineRun(this, machine, path, other, track, 1, this, over -> {});
    }

    /// How many calls may go on at once where this one does.
    int atOnce() {
        return atOnce;
    }

    @Nullable
    Ended end() {
        return end;
    }

    boolean isOver() {
        return end != null;
    }

    /// Enters the first state. `by` is the step that led here.
    void start(int by) {
        enter(machine.start(), by);
    }

    /// Goes on as far as what has ended allows.
    void advance() {
        while (end == null && current != null && !isAbandoned) {
            var ended = current.advance();
            if (ended == null) {
                return;
            }
            follow(current, ended);
        }
    }

    private void follow(StateRun state, Ended ended) {
        var failure = ended.failure();
        String name = state.state().name();
        if (failure != null) {
            failed(state, failure, ended.by());
            return;
        }
        scope.left(name, ended.output());
        String next = ended.to() == null ? state.state().way().next() : ended.to();
        if (state.state().kind().isEnd() || next == null) {
            end(ended);
        } else {
            enter(next, ended.by());
        }
    }

    private void failed(StateRun state, Failure failure, int by) {
        scope.failed(state.state().name(), failure);
        String caught = state.isRefused() ? null : caught(state.state().way().catches(), failure);
        if (caught != null) {
            enter(caught, by);
        } else if (machine.retry() != null
                && round < machine.retry().attempts()
                && machine.retry().on().has(failure.code())) {
            round++;
            visits.clear();
            current = new StateRun.Rest(this, round, machine.retry().pause(round), by, machine.start());
        } else {
            caught = round > 0 ? caught(machine.catches(), failure) : null;
            if (caught == null) {
                end(Ended.failed(failure, by));
            } else {
                enter(caught, by);
            }
        }
    }

    /// It ends because the run has to.
    void endBy(Step step) {
        current = null;
        end = Ended.failed(Objects.requireNonNull(step.outcome().failure()), step.number());
    }

    private static @Nullable String caught(Iterable<State.Catch> catches, Failure failure) {
        for (var one : catches) {
            if (one.on().has(failure.code())) {
                return one.next();
            }
        }
        return null;
    }

    private void end(Ended ended) {
        end = ended;
        current = null;
        told.accept(this);
    }

    private void enter(String name, int by) {
        var state = machine.states().get(name);
        if (state == null) {
            end(Ended.failed(new Failure("unknown_state", "There is no state \"%s\"".formatted(name)), by));
            return;
        }
        int visit = visits.merge(name, 1, Integer::sum);
        String id = path + name + (round > 1 ? "^" + round : "") + (visit > 1 ? "#" + visit : "");
        current = visit > state.way().visits()
                ? new StateRun.Refused(this, state, id, by)
                : StateRun.of(this, state, id, by);
    }

    String pathOf(String name) {
        return path + name;
    }

    /// Nobody waits for it any longer.
    void abandon() {
        isAbandoned = true;
        if (current != null) {
            current.abandon();
        }
    }

    /// The number of a step: that which it has on record, or else the next one that no step has.
    int take(String call) {
        if (numbers != null) {
            return numbers.take(call);
        }
        var known = walk.number(call);
        if (known != null) {
            goOnAfter(known);
            return known;
        }
        int number = track.number(place++);
        while (walk.isTaken(number)) {
            number = track.number(place++);
        }
        note(number);
        return number;
    }

    /// The next number above all that were taken inside.
    int takeAbove(String call) {
        if (walk.number(call) == null) {
            place = Math.max(place, track.placeAfter(highest));
        }
        return take(call);
    }

    /// Goes on behind a number that was taken before.
    void goOnAfter(int number) {
        if (numbers != null) {
            numbers.goOnAfter(number);
            return;
        }
        place = Math.max(place, track.placeAfter(number));
        note(number);
    }

    private void note(int number) {
        highest = Math.max(highest, number);
        if (around != null) {
            around.note(number);
        }
    }

    Track branch(int branch, int branches) {
        return track.branch(place, branch, branches);
    }

    /// A step of a state.
    PlannedStep step(int number, String kind, String name, String call, PlannedStep.Action action, int by) {
        return new PlannedStep(number, kind, name, call, Effect.READ, null, action, by);
    }

    /// A step that stops the run which another step calls.
    PlannedStep stop(int number, int called, String call) {
        String key = plan.key(called);
        return new PlannedStep(
                number,
                "cancel",
                "cancel",
                call,
                // Done twice it stops no other, and nobody has to know that it was begun.
                Effect.READ,
                "{\"step\":" + called + "}",
                new PlannedStep.Action.Execute(context -> {
                    plan.calls().cancel(key);
                    return Outcome.of("{\"cancelled\":true}");
                }),
                called);
    }

    /// The machine's own output where it ends with one, for who puts several together.
    JsonNode output() {
        return end == null || end.output() == null ? Ended.json(null) : end.output();
    }
}
