package dev.wheelhouse.budgets;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.budgets.Reservation.Settlement;
import dev.wheelhouse.database.DatabaseException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what many steps reserve and settle with one statement after the other. There is a thread only while there is
/// something to write: who never spends costs nothing.
@Singleton
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int LARGEST_BATCH = 200;
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(30);

    /// Something to write; a settlement has no reservation of its own, and a reservation no settlement.
    private record Pending(
            @Nullable Reservation wanted,
            @Nullable Settlement ended,
            long deadline,
            CompletableFuture<List<BudgetStore.Line>> answer) {}

    private final BudgetStore store;
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    Ledger(BudgetStore store) {
        this.store = store;
    }

    /// How the counters stand; the one that refused is marked. Refuses with `not_ready` where Postgres stays away.
    List<BudgetStore.Line> reserve(Reservation wanted) throws InterruptedException {
        var pending = submit(wanted, null);
        try {
            return pending.answer().get();
        } catch (InterruptedException e) {
            settle(wanted, everything(0));
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /// The end of writing it down. What is never written stays spent at its worst case.
    Future<?> settle(Reservation reservation, Map<Unit, Long> spent) {
        return submit(null, new Settlement(reservation, spent)).answer();
    }

    static Map<Unit, Long> everything(long amount) {
        var all = new HashMap<Unit, Long>();
        for (var unit : Unit.values()) {
            all.put(unit, amount);
        }
        return all;
    }

    private Pending submit(@Nullable Reservation wanted, @Nullable Settlement ended) {
        var pending = new Pending(wanted, ended, System.nanoTime() + TIMEOUT, new CompletableFuture<>());
        queue.add(pending);
        writeUnlessSomebodyDoes();
        return pending;
    }

    private void writeUnlessSomebodyDoes() {
        if (writing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("budget-ledger").start(this::writeUntilEmpty);
        }
    }

    private void writeUntilEmpty() {
        try {
            while (!queue.isEmpty()) {
                write(batch());
            }
        } finally {
            writing.set(false);
        }
        // What came between the last look and the line above has seen a writer that was about to leave.
        if (!queue.isEmpty()) {
            writeUnlessSomebodyDoes();
        }
    }

    private List<Pending> batch() {
        var batch = new ArrayList<Pending>();
        for (var next = queue.peek(); next != null && !mustWait(next, batch); next = queue.peek()) {
            batch.add(queue.remove());
        }
        return batch;
    }

    /// A statement settles before it reserves, so what undoes a reservation cannot go with it.
    private static boolean mustWait(Pending next, List<Pending> batch) {
        return batch.size() >= LARGEST_BATCH
                || next.ended() != null
                        && batch.stream()
                                .anyMatch(one -> one.wanted() == next.ended().reservation());
    }

    private void write(List<Pending> batch) {
        var left = batch;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            try {
                writeOnce(left);
                return;
            } catch (DatabaseException | Problem e) {
                if (e instanceof DatabaseException refused && !refused.isPassing()) {
                    separate(left, refused);
                    return;
                }
                LOG.warn("Postgres did not take {} reservations: {}. Trying again.", left.size(), e.getMessage());
                left = stillPatient(left, e);
                pause(attempt);
            } catch (RuntimeException e) {
                LOG.error("Reservations could not be written. Their steps fail.", e);
                left.forEach(pending -> pending.answer().completeExceptionally(e));
                return;
            }
        }
    }

    private void writeOnce(List<Pending> batch) {
        var wanted = new ArrayList<Reservation>();
        var ended = new ArrayList<Settlement>();
        var askers = new ArrayList<Pending>();
        for (var pending : batch) {
            if (pending.wanted() != null) {
                wanted.add(pending.wanted());
                askers.add(pending);
            } else if (pending.ended() != null) {
                ended.add(pending.ended());
            }
        }
        var byRequest = new HashMap<Integer, List<BudgetStore.Line>>();
        for (var line : store.spend(ended, wanted)) {
            byRequest.computeIfAbsent(line.request(), _ -> new ArrayList<>()).add(line);
        }
        batch.stream().filter(one -> one.ended() != null).forEach(one -> one.answer()
                .complete(List.of()));
        for (int at = 0; at < askers.size(); at++) {
            askers.get(at).answer().complete(byRequest.getOrDefault(at, List.of()));
        }
    }

    /// One must not fail the others' batch.
    private void separate(List<Pending> batch, DatabaseException why) {
        if (batch.size() == 1) {
            LOG.error("Postgres refused a reservation. Its step fails.", why);
            batch.getFirst().answer().completeExceptionally(why);
            return;
        }
        batch.forEach(pending -> write(List.of(pending)));
    }

    private static List<Pending> stillPatient(List<Pending> batch, RuntimeException why) {
        var left = new ArrayList<Pending>();
        for (var pending : batch) {
            if (System.nanoTime() < pending.deadline()) {
                left.add(pending);
            } else {
                pending.answer()
                        .completeExceptionally(new Problem(
                                ErrorCode.NOT_READY, "Postgres did not take a reservation: " + why.getMessage()));
            }
        }
        return left;
    }

    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(500, 20L << Math.min(attempt, 5)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
