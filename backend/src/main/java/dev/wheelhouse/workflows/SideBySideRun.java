package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A visit to a state with several machines side by side: the branches of a parallel, or the items of a map. None waits
/// for another. Who has won is decided once and on record, as the last step of the state; what still goes on then is
/// stopped.
final class SideBySideRun extends StateRun {

    /// Items of one map, at most.
    static final int MOST = 100_000;

    private final State state;
    private final ArrayDeque<MachineRun> news = new ArrayDeque<>();
    private final List<@Nullable MachineRun> machines = new ArrayList<>();
    private List<Map.Entry<String, State.Machine>> branches = List.of();
    private List<JsonNode> items = List.of();
    private @Nullable Failure refused;
    private @Nullable Failure failure;
    private boolean hasBegun;
    private boolean isStopped;
    private int timer;
    private int started;
    private int succeeded;
    private int failed;
    private int last;

    SideBySideRun(MachineRun machine, State state, String id, int by) {
        super(machine, id, by);
        this.state = state;
        this.last = by;
    }

    @Override
    State state() {
        return state;
    }

    private int count() {
        return state instanceof State.Parallel ? branches.size() : items.size();
    }

    private int atMost() {
        return state instanceof State.Each each ? Math.min(each.atMost(), count()) : count();
    }

    private void begin() {
        hasBegun = true;
        timer = state.way().timeout() == null ? 0 : machine.take(id + ":timeout");
        switch (state) {
            case State.Parallel parallel ->
                branches = List.copyOf(parallel.branches().entrySet());
            case State.Each each -> items = items(each);
            case State.Agent _,
                    State.Tool _,
                    State.Workflow _,
                    State.Approval _,
                    State.Choice _,
                    State.Wait _,
                    State.Assign _,
                    State.Succeed _,
                    State.Fail _ -> throw new IllegalStateException(id);
        }
    }

    private List<JsonNode> items(State.Each each) {
        try {
            var over = fill(each.over());
            if (!over.isArray()) {
                refused = noValue(state.name(), "\"over\" is no list but " + Text.shorten(over.toString(), 60));
                return List.of();
            }
            if (over.size() > MOST) {
                refused =
                        noValue(state.name(), "the list has %,d items; the limit is %,d".formatted(over.size(), MOST));
                return List.of();
            }
            var list = new ArrayList<JsonNode>(over.size());
            over.forEach(list::add);
            return list;
        } catch (Expressions.NoValueException e) {
            refused = noValue(state.name(), e);
            return List.of();
        }
    }

    @Override
    @Nullable
    Ended advance() {
        if (!hasBegun) {
            begin();
        }
        if (refused == null) {
            goOn();
        }
        var late = walk.ended(id) == null && !isDecided() ? overdue() : null;
        if (walk.ended(id) == null && late == null && !isDecided()) {
            return null;
        }
        stop();
        var step = walk.want(machine, id, () -> end(late));
        if (step == null) {
            return null;
        }
        machine.goOnAfter(step.number());
        var why = step.outcome().failure();
        return why == null ? ended(step, output(step), null) : Ended.failed(why, step.number());
    }

    private PlannedStep end(@Nullable Failure late) {
        var why = late == null ? refused == null && hasFailed() ? failure : refused : late;
        var outcome = why == null ? checked(output()) : Outcome.failed(why);
        return machine.step(
                machine.takeAbove(id),
                state.kind().word(),
                state.name(),
                id,
                new PlannedStep.Action.Done(outcome),
                last);
    }

    private void goOn() {
        while (true) {
            while (!news.isEmpty()) {
                count(news.removeFirst());
            }
            boolean isLeft = started < count();
            boolean hasRoom = isLeft && started - succeeded - failed < atMost();
            // What an owner of the past had begun is taken up, though it is decided meanwhile: it may be under way.
            boolean hadBegun = isLeft && walk.hadBegun(path(started));
            if (!hadBegun && (isDecided() || !hasRoom || isStopped)) {
                return;
            }
            var next = machine(started++);
            machines.add(next);
            next.start(by);
            next.advance();
        }
    }

    private String path(int index) {
        return id + "/" + (state instanceof State.Parallel ? branches.get(index).getKey() : "" + index) + "/";
    }

    private MachineRun machine(int index) {
        int count = count();
        var track = machine.branch(index, count);
        return switch (state) {
            case State.Parallel _ -> {
                var branch = branches.get(index);
                yield machine.inner(branch.getValue(), path(index), machine.scope.inner(), track, count, news::add);
            }
            case State.Each each -> {
                var scope = machine.scope.inner(each.as(), items.get(index), index);
                yield machine.inner(each.each(), path(index), scope, track, atMost(), news::add);
            }
            case State.Agent _,
                    State.Tool _,
                    State.Workflow _,
                    State.Approval _,
                    State.Choice _,
                    State.Wait _,
                    State.Assign _,
                    State.Succeed _,
                    State.Fail _ -> throw new IllegalStateException(id);
        };
    }

    private void count(MachineRun over) {
        var end = Objects.requireNonNull(over.end());
        last = end.by();
        if (end.failure() == null) {
            succeeded++;
        } else {
            failed++;
            failure = failure == null ? end.failure() : failure;
        }
    }

    private boolean isDecided() {
        return refused != null || hasFailed() || succeeded >= wanted() || succeeded + failed == count();
    }

    private int wanted() {
        return state instanceof State.Parallel parallel ? parallel.join() : count();
    }

    private boolean hasFailed() {
        int most = state instanceof State.Each each ? each.tolerate() : count() - wanted();
        return failed > most;
    }

    private JsonNode output() {
        if (state instanceof State.Each) {
            var list = Json.mapper().createArrayNode();
            machines.forEach(one -> list.add(one == null ? Json.mapper().nullNode() : one.output()));
            return list;
        }
        var object = Json.mapper().createObjectNode();
        for (int at = 0; at < machines.size(); at++) {
            var one = machines.get(at);
            if (one != null && one.end() != null && one.end().failure() == null) {
                object.set(branches.get(at).getKey(), one.output());
            }
        }
        return object;
    }

    private Outcome checked(JsonNode output) {
        var tooLarge = Ended.tooLarge(state.name(), output);
        return tooLarge == null ? Outcome.of(output.toString()) : Outcome.failed(tooLarge);
    }

    private @Nullable Failure overdue() {
        var time = state.way().timeout();
        if (time == null) {
            return null;
        }
        Step fired = walk.want(
                machine,
                id + ":timeout",
                () -> machine.step(
                        timer, "wait", "timeout", id + ":timeout", new PlannedStep.Action.Sleep(time, "{}"), by));
        if (fired == null) {
            return null;
        }
        last = fired.number();
        return new Failure(
                "timeout",
                "State \"%s\" took longer than %d s".formatted(state.name(), time.toSeconds()),
                "Raise its timeout, or catch the failure");
    }

    private void stop() {
        if (!isStopped) {
            isStopped = true;
            walk.abandon(id + ":timeout");
            machines.forEach(one -> {
                if (one != null && !one.isOver()) {
                    one.abandon();
                }
            });
        }
    }

    @Override
    void abandon() {
        stop();
        walk.abandon(id);
    }
}
