package dev.wheelhouse.chaos;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds what became of a load to the invariants, by three records: the log, the effect server's list, the model
/// server's list. Whoever breaks one is left in the world's folder.
final class Check {

    /// What each script does with keys when it comes to its end.
    private static final Map<String, List<String>> KEYED_ACTS = Map.of(
            "chain", List.of("a0", "a1"),
            "held", List.of("a0"),
            "long", List.of("a0", "a1"),
            "parallel", List.of("a0", "a1", "a2"),
            "slow", List.of("a0", "a1", "a2"),
            "timer", List.of("a0"),
            "unkeyed", List.of("a0"));

    private final World world;
    private final Load load;

    Check(World world, Load load) {
        this.world = world;
        this.load = load;
    }

    /// Runs that were promised and are not on record, and runs on record that nobody asked for.
    long lost() {
        var recorded = new HashSet<>(world.postgres().column("SELECT id FROM runs"));
        var promised = new HashSet<>(load.runs().values());
        var missing = new HashSet<>(promised);
        missing.removeAll(recorded);
        recorded.removeAll(promised);
        world.note("lost.txt", missing);
        return blamed("asked for by nobody", recorded) + missing.size() + (load.count() - promised.size());
    }

    long failed() {
        return blamed("failed", world.postgres().column("SELECT id FROM runs WHERE state IN ('failed', 'cancelled')"));
    }

    long committedTwice() {
        return blamed(
                "committed twice",
                world.postgres()
                        .column("SELECT DISTINCT run FROM (SELECT run, step FROM log"
                                + " WHERE type = 'step.succeeded' GROUP BY run, step HAVING count(*) > 1) AS twice"));
    }

    long gaps() {
        return blamed(
                "gap",
                world.postgres()
                        .column("SELECT run FROM (SELECT run, count(*) AS n, max(seq) AS last FROM log"
                                + " GROUP BY run) AS l WHERE n <> last"));
    }

    /// Runs whose model was asked again for a turn that was committed.
    long wentBack() {
        return blamed("went back", ids(world.model().runsThatWentBack()));
    }

    /// Keyed acts of runs that succeeded which the world saw never, or more than once: by whatever key.
    long keyedNotOnce() {
        var acts = world.effects().keyedActs();
        var wrong = new HashSet<String>();
        acts.forEach((act, times) -> {
            if (times != 1) {
                wrong.add(act.substring(0, act.indexOf('/')));
            }
        });
        Set<String> succeeded = new HashSet<>(world.postgres().column("SELECT id FROM runs WHERE state = 'succeeded'"));
        load.runs().forEach((name, id) -> {
            for (String act : KEYED_ACTS.getOrDefault(load.script(name), List.of())) {
                if (succeeded.contains(id) && !acts.containsKey(name + "/" + act)) {
                    wrong.add(name);
                }
            }
        });
        return blamed("keyed not once", ids(wrong));
    }

    long unkeyedRepeated() {
        var wrong = new HashSet<String>();
        world.effects().unkeyedActs().forEach((act, times) -> {
            if (times > 1) {
                wrong.add(act.substring(0, act.indexOf('/')));
            }
        });
        return blamed("unkeyed repeated", ids(wrong));
    }

    /// Runs that stopped and asked, since nobody could know whether an unkeyed effect had happened.
    long asked() {
        return world.postgres().number("SELECT count(DISTINCT run) FROM events WHERE type = 'step.unknown'");
    }

    long takeovers() {
        return world.postgres()
                .number("SELECT count(*) FROM events WHERE type = 'run.claimed' AND data LIKE '%takeover%'");
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
