package dev.wheelhouse.workflows;

import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What holds of undoing when a run has come to its end. States whose name begins with `u` can be undone.
final class UndoLaw {

    private static final Pattern UNDOABLE = Pattern.compile("((?:.*/)?u\\w*(?:\\^\\d+)?(?:#\\d+)?)(?:~\\d+)?");
    private static final String UNDO = ":undo";

    private UndoLaw() {}

    /// What was undone otherwise than once each, the last state first; each call twice on record.
    static List<String> broken(History history, boolean isUndone) {
        var broken = new ArrayList<String>();
        var calls = new HashMap<String, Step>();
        var done = new ArrayList<Map.Entry<String, Step>>();
        var undone = new ArrayList<String>();
        for (var step : history.steps()) {
            String call = String.valueOf(step.call());
            if (calls.put(call, step) != null) {
                broken.add("\"%s\" is twice on record".formatted(call));
            }
        }
        var inOrder = history.steps().stream()
                .sorted(Comparator.comparing(Step::number))
                .toList();
        for (var step : inOrder) {
            String call = String.valueOf(step.call());
            var undoable = UNDOABLE.matcher(call);
            if (call.endsWith(UNDO)) {
                undone.add(call.substring(0, call.length() - UNDO.length()));
            } else if (undoable.matches() && !step.outcome().hasFailed() && !calls.containsKey(call + ":over")) {
                done.add(Map.entry(undoable.group(1), step));
            }
        }
        var wanted = isUndone ? done.reversed().stream().map(Map.Entry::getKey).toList() : List.<String>of();
        if (!wanted.equals(undone) && (isUndone || !undone.isEmpty())) {
            broken.add("Undone was %s, to be undone %s".formatted(undone, wanted));
        }
        return broken;
    }
}
