package dev.wheelhouse.runs;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.simulation.World;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hints between the replicas of a simulation: late, out of order, or lost.
final class SimulatedHints implements Hints {

    private static final Duration USUAL = Duration.ofMillis(25);
    private static final Duration CATCH_UP = Duration.ofSeconds(1);

    private final World world;
    private final Clock clock;
    private final double lost;
    private final Supplier<Iterable<SimulatedReplica>> others;
    private @Nullable Consumer<Heard> heard;
    private boolean closed;

    /// `lost`: how often a hint is never heard.
    SimulatedHints(World world, Clock clock, double lost, Supplier<Iterable<SimulatedReplica>> others) {
        this.world = world;
        this.clock = clock;
        this.lost = lost;
        this.others = others;
    }

    @Override
    public int replicas() {
        return 2;
    }

    @Override
    public void committed(RunId run) {
        // Says only that there is something to see; who watches catches up every second anyway.
    }

    @Override
    public void queued() {
        say(new Heard(true, Set.of(), Set.of(), Set.of()));
    }

    @Override
    public void cancelled(RunId run) {
        say(new Heard(false, Set.of(run), Set.of(), Set.of()));
    }

    @Override
    public void paused(RunId run) {
        say(new Heard(false, Set.of(), Set.of(run), Set.of()));
    }

    @Override
    public void nudged(RunId run) {
        say(new Heard(false, Set.of(), Set.of(), Set.of(run)));
    }

    private void say(Heard said) {
        for (var other : others.get()) {
            if (!world.draw(lost)) {
                world.at(world.now() + world.mostly(USUAL), other.host(), () -> other.hear(said));
            }
        }
    }

    /// Runs on this replica, as an activity of its own.
    void hear(Heard said) {
        if (heard != null && !closed) {
            clock.start("hints-in", () -> heard.accept(said));
        }
    }

    @Override
    public void start(Consumer<Heard> heard, Runnable catchUp) {
        this.heard = heard;
        clock.startLasting("catch-up", () -> {
            while (!closed) {
                try {
                    clock.sleep(CATCH_UP);
                    catchUp.run();
                } catch (InterruptedException e) {
                    return;
                } catch (dev.wheelhouse.database.DatabaseException e) {
                    world.tell("catching up failed: %s", e.getMessage());
                }
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
