package dev.wheelhouse.runs;

import dev.wheelhouse.simulation.World;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What kind of history it is to be: how many replicas and runs, how the engine is set, how much goes wrong outside of
/// statements. Times between things that happen again and again are null where they do not.
record Flavour(
        int replicas,
        int runs,
        RunsConfig config,
        double lostHints,
        Duration trouble,
        @Nullable Duration kills,
        @Nullable Duration freezes,
        @Nullable Duration departures,
        @Nullable Duration restarts,
        @Nullable Duration cancels,
        @Nullable Duration pauses,
        @Nullable Duration words,
        Boundary target) {

    /// `target`: the boundary that the history is after; rare ones need that more happens which leads there.
    static Flavour drawn(World world, Boundary target) {
        boolean quick = world.draw(0.5);
        var config = new RunsConfig(
                Duration.ofSeconds(quick ? 3 : 8),
                Duration.ofMillis(quick ? 300 : 1_000),
                world.oneOf(List.of(1, 3, 20)),
                Duration.ofSeconds(world.below(6)));
        return new Flavour(
                2 + world.below(4),
                1 + world.below(6),
                config,
                world.oneOf(List.of(0.0, 0.3, 1.0)),
                Duration.ofSeconds(5 + world.below(40)),
                target == Boundary.WAIT_IN_DOUBT ? Duration.ofSeconds(3) : every(world, 4, 20),
                every(world, 4, 20),
                target == Boundary.RELEASE ? Duration.ofSeconds(2) : every(world, 5, 30),
                every(world, 8, 40),
                every(world, 2, 20),
                target == Boundary.WAIT_PAUSED || target == Boundary.ASK_TO_RESUME
                        ? Duration.ofSeconds(1)
                        : every(world, 2, 15),
                every(world, 1, 10),
                target);
    }

    /// Whether runs of this program may come to where the history wants to be.
    boolean suits(SimulatedProgram program) {
        return switch (target) {
            case FAIL -> program.end != SimulatedProgram.End.SUCCEEDS && program.stages.size() == 1;
            case WAIT_IN_DOUBT -> program.has(piece -> piece.isLong() && piece.effect() == Effect.UNKEYED);
            case RELEASE, WAIT_PAUSED -> program.stages.size() > 2 && program.has(SimulatedProgram.Piece::isLong);
            case WAIT_FOR_WORD -> program.has(piece -> piece.kind() == SimulatedProgram.Kind.ASK);
            case WAIT_FOR_RUN -> program.has(piece -> piece.kind() == SimulatedProgram.Kind.CALL);
            default -> true;
        };
    }

    private static @Nullable Duration every(World world, int least, int most) {
        return world.draw(0.5) ? null : Duration.ofSeconds(least + world.below(most - least));
    }

    Flavour with(RunsConfig other) {
        return new Flavour(
                replicas,
                runs,
                other,
                lostHints,
                trouble,
                kills,
                freezes,
                departures,
                restarts,
                cancels,
                pauses,
                words,
                target);
    }
}
