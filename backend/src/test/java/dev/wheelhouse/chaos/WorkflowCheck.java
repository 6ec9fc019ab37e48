package dev.wheelhouse.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds what became of the runs of a [WorkflowStorm] to what their definition says, by the log and by the effect
/// server's list.
final class WorkflowCheck {

    /// Acts in the order in which the definition has them; those of one list are side by side.
    private static final List<List<String>> ORDER = List.of(
            List.of("judged"),
            List.of("reserve"),
            List.of("part"),
            List.of("left", "right-one", "right-two"),
            List.of("quick"),
            List.of("most-a", "most-b"),
            List.of("each-0", "each-1", "each-2", "each-3"),
            List.of("pay"));

    private static final int BEFORE_APPROVAL = 3;
    private static final List<String> UNDONE = List.of("part-undone", "reserve-undone");
    private static final Map<String, Integer> PLACE = places();

    private final World world;
    private final Load load;

    WorkflowCheck(World world, Load load) {
        this.world = world;
        this.load = load;
    }

    private static Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (int at = 0; at < ORDER.size(); at++) {
            for (String act : ORDER.get(at)) {
                places.put(act, at);
            }
        }
        UNDONE.forEach(act -> places.put(act, places.size()));
        return places;
    }

    private static WorkflowStorm.Way way(String name) {
        return WorkflowStorm.Way.of(Integer.parseInt(name));
    }

    /// Runs that were promised and are not on record, and top runs on record that nobody asked for.
    long lost() {
        var recorded = new HashSet<>(
                world.postgres()
                        .column(
                                "SELECT id FROM runs WHERE parent IS NULL AND coalesce(idempotency_key, '') NOT LIKE 'undo:%'"));
        var promised = new HashSet<>(load.runs().values());
        var missing = new HashSet<>(promised);
        missing.removeAll(recorded);
        recorded.removeAll(promised);
        world.blame("asked for by nobody", recorded);
        return recorded.size() + missing.size() + (load.count() - promised.size());
    }

    long stuck() {
        return blamed("stuck", world.postgres().column("SELECT id FROM runs WHERE ended_at IS NULL"));
    }

    /// Runs in which something was done after what the definition has behind it had been done.
    long wentBack() {
        var furthest = new HashMap<String, Integer>();
        var back = new HashSet<String>();
        for (var call : world.effects().calls()) {
            Integer place = PLACE.get(call.act());
            if (place != null && place < furthest.merge(call.run(), place, Math::max)) {
                back.add(call.run());
            }
        }
        return blamed("went back", ids(back));
    }

    /// Runs of which an act was not seen exactly once, or one that is not of their way.
    long notOnce() {
        var seen = world.effects().keyedActs();
        var wrong = new HashSet<String>();
        for (String name : load.runs().keySet()) {
            var wanted = wanted(way(name));
            wanted.forEach(act -> {
                if (seen.getOrDefault(name + "/" + act, 0L) != 1) {
                    wrong.add(name);
                }
            });
        }
        seen.keySet().forEach(what -> {
            String name = what.substring(0, what.indexOf('/'));
            String act = what.substring(what.indexOf('/') + 1);
            if (!UNDONE.contains(act) && !wanted(way(name)).contains(act)) {
                wrong.add(name);
            }
        });
        return blamed("not once", ids(wrong));
    }

    private static Set<String> wanted(WorkflowStorm.Way way) {
        var wanted = new HashSet<String>();
        int until =
                switch (way) {
                    case REFUSED -> BEFORE_APPROVAL;
                    case FAILED, CANCELLED -> ORDER.size() - 1;
                    case PAID, CAUGHT -> ORDER.size();
                };
        ORDER.subList(0, until).forEach(wanted::addAll);
        return wanted;
    }

    /// Runs that were to be undone and were not, twice, or not the last state first; and those undone that were not.
    long wronglyUndone() {
        var seen = new HashMap<String, List<String>>();
        world.effects().calls().stream()
                .filter(call -> call.acted() && UNDONE.contains(call.act()))
                .forEach(call -> seen.computeIfAbsent(call.run(), run -> new ArrayList<>())
                        .add(call.act()));
        var wrong = load.runs().keySet().stream()
                .filter(name ->
                        !seen.getOrDefault(name, List.of()).equals(way(name).isUndone() ? UNDONE : List.of()))
                .toList();
        return blamed("wrongly undone", ids(wrong));
    }

    long otherEnds() {
        var states = new HashMap<String, String>();
        for (var row : world.postgres().rows("SELECT id, state FROM runs")) {
            states.put(row.get(0), row.get(1));
        }
        var wrong = new ArrayList<String>();
        load.runs().forEach((name, id) -> {
            if (!end(way(name)).equals(states.get(id))) {
                wrong.add(id);
            }
        });
        wrong.addAll(world.postgres()
                .column("SELECT id FROM runs WHERE state <> 'succeeded' AND agent <> 'failing'"
                        + " AND (parent IS NOT NULL OR idempotency_key LIKE 'undo:%')"));
        return blamed("other end", wrong);
    }

    private static String end(WorkflowStorm.Way way) {
        return switch (way) {
            case PAID, CAUGHT -> "succeeded";
            case FAILED, REFUSED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }

    long undoRuns() {
        return world.postgres().number("SELECT count(*) FROM runs WHERE idempotency_key LIKE 'undo:%'");
    }

    private List<String> ids(Collection<String> names) {
        return names.stream()
                .map(name -> load.runs().getOrDefault(name, "unknown run " + name))
                .toList();
    }

    private long blamed(String why, Collection<String> runs) {
        world.blame(why, runs);
        return runs.size();
    }
}
