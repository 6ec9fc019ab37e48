package dev.wheelhouse.runs;

import dev.wheelhouse.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What goes wrong at statements, and how often it did. Each history has a leaning of its own, and one boundary and
/// fault that it is after, so that the rare ones are hit as well.
final class Trouble {

    /// What can happen to a statement.
    enum Fault {
        NONE,
        /// The replica dies right before it is sent.
        KILLED_BEFORE,
        /// It takes effect, and the replica dies before it hears so.
        KILLED_AFTER,
        /// It takes effect, and the connection breaks before the answer.
        ANSWER_LOST,
        /// It takes effect, and the replica is frozen before it hears so, maybe for longer than its lease.
        FROZEN,
        /// Postgres refuses it for now.
        REFUSED,
        /// The connection breaks; long after that it takes effect all the same.
        LATE,
        /// The connection falls silent with it, until somebody stops waiting.
        SWALLOWED;

        /// Those of which every boundary has to see enough.
        static final Set<Fault> COUNTED = EnumSet.of(KILLED_BEFORE, KILLED_AFTER, ANSWER_LOST);

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final Duration UNTIL_SILENCE_IS_NOTICED = Duration.ofSeconds(7);

    private final World world;
    private final Map<Boundary, Map<Fault, Integer>> hits = new EnumMap<>(Boundary.class);
    private final double kills;
    private final double breaks;
    private final Boundary target;
    private final Fault wanted;
    private int shots = 4;
    private boolean over;

    Trouble(World world, long seed) {
        this.world = world;
        this.kills = world.draw(0.3) ? 0 : world.oneOf(List.of(0.002, 0.01, 0.03));
        this.breaks = world.draw(0.3) ? 0 : world.oneOf(List.of(0.005, 0.02, 0.1));
        var boundaries = new ArrayList<>(Boundary.changing());
        // The rarest of all: a replica must have died in the middle of an effect before.
        boundaries.add(Boundary.WAIT_IN_DOUBT);
        var faults = List.copyOf(Fault.COUNTED);
        int cell = (int) Long.remainderUnsigned(seed, (long) boundaries.size() * faults.size());
        this.target = boundaries.get(cell / faults.size());
        this.wanted = faults.get(cell % faults.size());
    }

    Boundary target() {
        return target;
    }

    /// From now on all goes well.
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    Fault draw(Set<Boundary> boundaries) {
        if (over) {
            return Fault.NONE;
        }
        if (shots > 0 && boundaries.contains(target) && world.draw(0.8)) {
            shots--;
            return wanted;
        }
        if (world.draw(kills)) {
            return world.draw(0.5) ? Fault.KILLED_BEFORE : Fault.KILLED_AFTER;
        }
        if (world.draw(breaks)) {
            return world.oneOf(List.of(
                    Fault.ANSWER_LOST, Fault.FROZEN, Fault.REFUSED, Fault.REFUSED, Fault.LATE, Fault.SWALLOWED));
        }
        return Fault.NONE;
    }

    void hit(Set<Boundary> boundaries, Fault fault) {
        for (var boundary : boundaries) {
            hits.computeIfAbsent(boundary, none -> new EnumMap<>(Fault.class)).merge(fault, 1, Integer::sum);
        }
    }

    Map<Boundary, Map<Fault, Integer>> hits() {
        return hits;
    }

    String refusal() {
        return world.oneOf(List.of("57P01", "40001", "40P01", "53300", "55P03", "08006", "57014"));
    }

    Duration silence() {
        return UNTIL_SILENCE_IS_NOTICED;
    }
}
