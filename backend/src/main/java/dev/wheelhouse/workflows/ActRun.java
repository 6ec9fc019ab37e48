package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A visit to a state that calls an agent, a tool or a workflow, with all its attempts:
///
/// ```
///   approval? ──▶ call ──▶ ended
///                  └─ timeout ──▶ over, and the called run is stopped
///   failed ──▶ pause ──▶ the next attempt
/// ```
///
/// Whether a call was in time is decided once and on record: a run that is carried on elsewhere finds both the call's
/// end and the timer's.
final class ActRun extends StateRun {

    private static final String TIMEOUT = "timeout";

    private final State state;
    private final PlanAct act;
    private int attempt;
    private int asker;
    private boolean isAsked;
    private int approval;
    private int number;
    private int first;
    private int timer;

    ActRun(MachineRun machine, State state, String id, int by) {
        super(machine, id, by);
        this.state = state;
        this.act = new PlanAct(machine, state);
        this.asker = by;
    }

    @Override
    State state() {
        return state;
    }

    private String id(int attempt) {
        return attempt == 1 ? id : id + "~" + attempt;
    }

    @Override
    @Nullable
    Step success() {
        for (int one = 1; one <= attempt; one++) {
            var step = walk.ended(id(one));
            if (step != null && !step.outcome().hasFailed() && walk.ended(id(one) + ":over") == null) {
                return step;
            }
        }
        return null;
    }

    @Override
    @Nullable
    Ended advance() {
        if (attempt == 0) {
            begin();
        }
        while (true) {
            var ended = attempt(id(attempt));
            var failure = ended == null ? null : ended.failure();
            if (ended == null || failure == null || !isTriedAgain(failure)) {
                return ended;
            }
            var pause = pause(ended.by());
            if (pause == null) {
                return null;
            }
            asker = pause.number();
            begin();
        }
    }

    /// The next attempt takes its numbers.
    private void begin() {
        attempt++;
        isAsked = walk.ended(id(attempt) + ":approval") != null || act.approval() != null;
        approval = isAsked ? machine.take(id(attempt) + ":approval") : 0;
        number = machine.take(id(attempt));
        first = attempt == 1 ? number : first;
        timer = state.way().timeout() != null && state.kind() != State.Kind.TOOL
                ? machine.take(id(attempt) + ":timeout")
                : 0;
    }

    private boolean isTriedAgain(Failure failure) {
        var retry = state.way().retry();
        return retry != null
                && attempt < retry.attempts()
                && act.isRepeatable()
                && !failure.code().equals(NO_VALUE)
                && retry.on().has(failure.code());
    }

    private @Nullable Step pause(int after) {
        var retry = Objects.requireNonNull(state.way().retry());
        String id = id(attempt + 1) + ":pause";
        var step = walk.want(
                machine,
                id,
                () -> machine.step(
                        machine.take(id),
                        "wait",
                        "retry",
                        id,
                        new PlannedStep.Action.Sleep(
                                retry.pause(attempt + 1), "{\"attempt\":%d}".formatted(attempt + 1)),
                        after));
        if (step != null) {
            machine.goOnAfter(step.number());
        }
        return step;
    }

    private @Nullable Ended attempt(String id) {
        var decided = isAsked ? decision(id) : null;
        if (isAsked && decided == null) {
            return null;
        }
        if (decided != null) {
            var answer = output(decided);
            if (!answer.path("decision").asText().equals("approve")) {
                return Ended.failed(ApprovalRun.rejected(state.name(), answer), decided.number());
            }
            act.use(answer.get("arguments"));
        }
        int asked = decided == null ? asker : decided.number();
        var end = walk.want(machine, id, () -> call(id, asked));
        var over = walk.ended(id + ":over");
        if (end != null && over == null) {
            walk.abandon(id + ":timeout");
            return came(end);
        }
        return timer == 0 ? null : overdue(id);
    }

    private @Nullable Step decision(String id) {
        return walk.want(
                machine,
                id + ":approval",
                () -> machine.step(
                        approval,
                        "decision",
                        act.name(),
                        id + ":approval",
                        Objects.requireNonNull(act.approval()),
                        asker));
    }

    private PlannedStep call(String id, int asked) {
        try {
            return act.step(number, id, asked, first);
        } catch (Expressions.NoValueException e) {
            return new PlannedStep(
                    number,
                    state.kind().word(),
                    act.name(),
                    id,
                    Effect.READ,
                    null,
                    Walk.failed(noValue(state.name(), e)),
                    asked);
        }
    }

    private Ended came(Step step) {
        var failure = step.outcome().failure();
        if (failure != null) {
            return Ended.failed(failure, step.number());
        }
        var output = output(step);
        JsonNode own = state.kind() == State.Kind.TOOL
                ? output
                : Objects.requireNonNullElse(output.get("output"), Json.mapper().nullNode());
        return ended(step, own, null);
    }

    /// Null while there is time.
    private @Nullable Ended overdue(String id) {
        var time = Objects.requireNonNull(state.way().timeout());
        var fired = walk.want(
                machine,
                id + ":timeout",
                () -> machine.step(
                        timer, "wait", TIMEOUT, id + ":timeout", new PlannedStep.Action.Sleep(time, "{}"), asker));
        if (fired == null) {
            return null;
        }
        var failure = new Failure(
                TIMEOUT,
                "State \"%s\" took longer than %d s".formatted(state.name(), time.toSeconds()),
                "Raise its timeout, or catch the failure");
        var over = note(id + ":over", () -> dev.wheelhouse.runs.Outcome.failed(failure));
        if (over == null) {
            return null;
        }
        stop(id, machine.take(id + ":cancel"));
        return Ended.failed(failure, over.number());
    }

    /// A run that is called is stopped, once it is on record that it was.
    private void stop(String id, int number) {
        var open = walk.underWay(id);
        if (open != null
                && open.action() instanceof PlannedStep.Action.Call
                && walk.isOpen(open)
                && walk.ended(id + ":cancel") == null) {
            walk.demand(machine.stop(number, open.number(), id + ":cancel"));
        }
        walk.abandon(id);
    }

    @Override
    void abandon() {
        for (var step : new String[] {":approval", ":timeout", ":over", ":pause"}) {
            walk.abandon(id(attempt) + step);
        }
        walk.abandon(id(attempt + 1) + ":pause");
        machine.plan.spending().setAside(number);
        stop(id(attempt), machine.take(id(attempt) + ":cancel"));
    }
}
