package dev.wheelhouse.runs;

import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Postgres, as far from the replicas as it is: statements arrive, wait for each other's rows, take effect at one
/// moment and are answered. It goes on whatever becomes of who has sent them, and may be restarted.
final class SimulatedDatabase {

    private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration TRAVEL = Duration.ofMillis(2);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);

    /// Which rows a statement locks, of those that are free or of all. `now` is when its transaction began.
    @FunctionalInterface
    interface Locking {
        Set<RunId> rows(Instant now, Set<RunId> locked);
    }

    @FunctionalInterface
    interface Effect<T> {
        T take(Instant now, Set<RunId> mine);
    }

    /// @param skips passes over rows that are locked; else it waits for them
    record Statement<T>(String name, boolean skips, Locking locking, Effect<T> effect) {}

    private final class Arrived<T> {
        final Statement<T> statement;
        final CompletableFuture<T> answer;
        final Instant began = time();
        final long restart = restarts;
        final long givesUpAt = world.now() + LOCK_TIMEOUT.toNanos();
        Set<RunId> mine = Set.of();

        Arrived(Statement<T> statement, CompletableFuture<T> answer) {
            this.statement = statement;
            this.answer = answer;
        }

        boolean lock() {
            var rows = statement.locking().rows(began, locked);
            if (!statement.skips() && rows.stream().anyMatch(locked::contains)) {
                return false;
            }
            mine = rows;
            locked.addAll(mine);
            world.at(world.now() + world.mostly(TRAVEL), this::commit);
            return true;
        }

        private void commit() {
            if (restart != restarts) {
                return;
            }
            try {
                var result = statement.effect().take(began, mine);
                world.tell("          %s", statement.name());
                answer(() -> answer.complete(result));
            } catch (DatabaseException e) {
                answer(() -> answer.completeExceptionally(e));
            } finally {
                locked.removeAll(mine);
                waiting.removeIf(Arrived::lock);
            }
        }

        private void giveUp() {
            if (restart == restarts && waiting.remove(this)) {
                refuse("55P03", "canceling statement due to lock timeout");
            }
        }

        private void refuse(String state, String why) {
            answer(() -> answer.completeExceptionally(MemoryTables.refusal(state, why)));
        }

        private void answer(Runnable answering) {
            world.at(world.now() + world.mostly(TRAVEL), answering);
        }
    }

    final MemoryTables tables;
    private final World world;
    private final Set<RunId> locked = new HashSet<>();
    private final List<Arrived<?>> waiting = new ArrayList<>();
    private long restarts;
    private long downUntil;

    SimulatedDatabase(World world, MemoryTables tables) {
        this.world = world;
        this.tables = tables;
    }

    Instant time() {
        // Postgres counts in microseconds.
        return BEGINNING.plusNanos(world.now() / 1_000 * 1_000);
    }

    /// Has the statement arrive after this time; what it answers comes into the future.
    <T> void send(Statement<T> statement, Duration delay, CompletableFuture<T> answer) {
        world.at(world.now() + delay.toNanos() + world.mostly(TRAVEL), () -> arrive(statement, answer));
    }

    private <T> void arrive(Statement<T> statement, CompletableFuture<T> answer) {
        var arrived = new Arrived<>(statement, answer);
        if (world.now() < downUntil) {
            arrived.refuse("57P03", "the database system is starting up");
        } else if (!arrived.lock()) {
            waiting.add(arrived);
            world.at(arrived.givesUpAt, arrived::giveUp);
        }
    }

    /// As `pg_ctl restart -m immediate`: what has not taken effect never will, and nobody is told.
    void restart(Duration downFor) {
        world.tell("Postgres is down for %d ms", downFor.toMillis());
        restarts++;
        downUntil = world.now() + downFor.toNanos();
        locked.clear();
        waiting.clear();
    }
}
