package dev.wheelhouse.workflows;

import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How far a run has come through its workflow, read from its steps. Each step says by its call where it belongs; what
/// has ended is looked at once, so that the next step of a long run costs no more than that of a short one.
///
/// A step that is wanted stays so until it has ended. Whoever waits for it is looked at again then.
final class Walk {

    private final Map<String, Step> ended = new HashMap<>();
    private final Map<String, PlannedStep> wanted = new LinkedHashMap<>();
    private final Map<String, MachineRun> awaiting = new HashMap<>();
    private final Set<String> abandoned = new HashSet<>();
    private final Map<Integer, String> open = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final BitSet seen = new BitSet();
    private final Set<String> begun = new HashSet<>();
    private final List<StateRun> undoable = new ArrayList<>();
    private int count;

    /// Takes what is new; answers with the machines that have news. False where the history is another one.
    boolean hear(History history, List<MachineRun> news) {
        if (history.steps().size() < count) {
            return false;
        }
        boolean isReadAgain = count == 0;
        open.clear();
        for (var step : history.open()) {
            open.put(step.number(), step.kind());
            if (isReadAgain && step.call() != null) {
                numbers.put(step.call(), step.number());
                begun(step.call());
            }
        }
        if (history.steps().size() == count) {
            return true;
        }
        for (var step : history.steps()) {
            if (!seen.get(step.number())) {
                seen.set(step.number());
                count++;
                hear(step, news);
                if (isReadAgain) {
                    begun(String.valueOf(step.call()));
                }
            }
        }
        return true;
    }

    /// The machines that a call stands in had begun when this was read.
    private void begun(String call) {
        for (int at = call.indexOf('/'); at >= 0; at = call.indexOf('/', at + 1)) {
            begun.add(call.substring(0, at + 1));
        }
    }

    /// Whether an owner of the past had begun the machine with this path.
    boolean hadBegun(String path) {
        return begun.contains(path);
    }

    /// The number that the call has on record, null where it is not there. An owner of the past may have come to it
    /// in another order: what has begun keeps its number, and with it its key.
    @Nullable
    Integer number(String call) {
        var end = ended.get(call);
        return end == null ? numbers.get(call) : Integer.valueOf(end.number());
    }

    /// Whether a number is on record.
    boolean isTaken(int number) {
        return seen.get(number) || open.containsKey(number);
    }

    private void hear(Step step, List<MachineRun> news) {
        String call = String.valueOf(step.call());
        ended.put(call, step);
        wanted.remove(call);
        var machine = awaiting.remove(call);
        if (machine != null) {
            news.add(machine);
        }
    }

    @Nullable
    Step ended(String call) {
        return ended.get(call);
    }

    /// The step if it has ended; else it is wanted from now on, and the machine is told of its end.
    @Nullable
    Step want(MachineRun machine, String call, Supplier<PlannedStep> step) {
        var end = ended.get(call);
        if (end == null && !abandoned.contains(call)) {
            wanted.computeIfAbsent(call, key -> step.get());
            awaiting.put(call, machine);
        }
        return end;
    }

    /// Nobody waits for it any longer. What has begun and may have an effect comes to its end all the same.
    void abandon(String call) {
        awaiting.remove(call);
        var step = wanted.get(call);
        if (step == null) {
            return;
        }
        boolean acts =
                step.action() instanceof PlannedStep.Action.Execute || step.action() instanceof PlannedStep.Action.Call;
        if (!acts || !isOpen(step)) {
            wanted.remove(call);
        }
        abandoned.add(call);
    }

    /// A step that nobody waits for but the run's end.
    void demand(PlannedStep step) {
        wanted.putIfAbsent(String.valueOf(step.call()), step);
    }

    boolean isOpen(PlannedStep step) {
        return step.kind().equals(open.get(step.number()));
    }

    /// Whether it has been planned and has not ended.
    @Nullable
    PlannedStep underWay(String call) {
        return wanted.get(call);
    }

    List<PlannedStep> wanted() {
        return List.copyOf(wanted.values());
    }

    /// What has to come to its end before the run may.
    List<PlannedStep> acting() {
        return wanted.values().stream()
                .filter(step -> step.action() instanceof PlannedStep.Action.Execute
                        || step.action() instanceof PlannedStep.Action.Call)
                .toList();
    }

    void canBeUndone(StateRun state) {
        undoable.add(state);
    }

    List<StateRun> undoable() {
        return undoable;
    }

    static PlannedStep.Action failed(Failure failure) {
        return new PlannedStep.Action.Done(Outcome.failed(failure));
    }
}
