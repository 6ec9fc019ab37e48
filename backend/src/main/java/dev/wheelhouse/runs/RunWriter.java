package dev.wheelhouse.runs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Mailbox;
import dev.wheelhouse.database.DatabaseException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The coalesced writer: one thread takes whatever many runs have to say and writes it with one statement and one
/// commit. At low load nothing waits for company; at high load the commits of many runs share a flush.
///
/// Postgres may go away in the middle. Then the same batch is tried again until each commit's owner could no longer
/// trust its lease; what an interrupted call did write is recognised and counts as written, never twice.
@Singleton
final class RunWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);
    private static final int LARGEST_BATCH = 400;
    private static final Duration IDLE = Duration.ofMillis(200);

    /// One waiting commit or creation; `answer` completes with the database's time, or with null where it was refused.
    private record Pending<T>(T what, long deadline, CompletableFuture<EngineStore.@Nullable Written> answer) {}

    private final EngineStore store;
    private final RunsConfig config;
    private final Clock clock;
    private final Mailbox<Pending<?>> queue;
    private final Clock.Activity thread;
    private volatile boolean closed;

    RunWriter(EngineStore store, RunsConfig config, Clock clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        queue = clock.mailbox();
        thread = clock.startLasting("run-writer", this::writeUntilClosed);
    }

    /// Writes a run down. Null: its thread is busy or missing, or its idempotency key is taken.
    @Nullable
    Instant create(Creation creation) {
        var written = submit(creation, TimeUnit.SECONDS.toNanos(5));
        return written == null ? null : written.at();
    }

    /// Null: the run is no longer ours.
    ///
    /// @param trusted for how many more nanoseconds its owner may trust the lease; later the write is not tried any
    /// more
    EngineStore.@Nullable Written commit(Commit commit, long trusted) {
        return submit(commit, trusted);
    }

    private EngineStore.@Nullable Written submit(Object what, long timeout) {
        var answer = new CompletableFuture<EngineStore.@Nullable Written>();
        queue.put(new Pending<>(what, clock.nanoTime() + timeout, answer));
        try {
            return clock.await(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LostRunException("Interrupted while writing");
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void writeUntilClosed() {
        var batch = new ArrayList<Pending<?>>();
        while (!closed || !queue.isEmpty()) {
            try {
                var first = queue.poll(IDLE);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, LARGEST_BATCH);
                    Statement<Creation> created = c -> at(store.created(c));
                    write(Creation.class, Creation::isPlain, batch, c -> at(store.create(c)), created);
                    write(Creation.class, c -> !c.isPlain(), batch, c -> at(store.createBehind(c)), created);
                    write(
                            Commit.class,
                            c -> true,
                            batch,
                            c -> store.commit(c, config.lease().toMillis()),
                            store::written);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("Commits could not be written. Their runs stay for another try.", e);
                batch.forEach(pending -> pending.answer().completeExceptionally(e));
            }
            batch.clear();
        }
    }

    @FunctionalInterface
    private interface Statement<T> {
        Map<RunId, EngineStore.Written> write(List<T> what);
    }

    private static Map<RunId, EngineStore.Written> at(Map<RunId, Instant> times) {
        var written = new HashMap<RunId, EngineStore.Written>();
        times.forEach((run, at) -> written.put(run, new EngineStore.Written(at, false)));
        return written;
    }

    @SuppressWarnings("unchecked")
    private <T> void write(
            Class<T> type, Predicate<T> which, List<Pending<?>> batch, Statement<T> statement, Statement<T> before)
            throws InterruptedException {
        var mine = new LinkedHashMap<RunId, Pending<T>>();
        var later = new ArrayList<Pending<?>>();
        for (var pending : batch) {
            if (type.isInstance(pending.what()) && which.test(type.cast(pending.what()))) {
                // A run that this replica has lost and taken again may be here twice. What becomes of the one write
                // must
                // not be taken for the other's.
                if (mine.putIfAbsent(run(pending.what()), (Pending<T>) pending) != null) {
                    later.add(pending);
                }
            }
        }
        if (!mine.isEmpty()) {
            writeAgainAndAgain(List.copyOf(mine.values()), statement, before);
        }
        if (!later.isEmpty()) {
            write(type, which, later, statement, before);
        }
    }

    private <T> void writeAgainAndAgain(List<Pending<T>> mine, Statement<T> statement, Statement<T> before)
            throws InterruptedException {
        // They may have waited behind others whose write took long.
        mine = stillTrusted(mine, "those before it took too long");
        for (int attempt = 1; !mine.isEmpty(); attempt++) {
            try {
                var what = mine.stream().map(Pending::what).toList();
                var times = new HashMap<>(statement.write(what));
                if (attempt > 1) {
                    times.putAll(before.write(what));
                }
                mine.forEach(pending -> pending.answer().complete(times.get(run(pending.what()))));
                return;
            } catch (DatabaseException | Problem e) {
                if (e instanceof DatabaseException refused && refused.isDuplicate() && mine.size() == 1) {
                    // Written before by a call that was interrupted, or refused: what is there tells which.
                    statement = before;
                    continue;
                }
                if (e instanceof DatabaseException refused && !refused.isPassing()) {
                    separate(mine, statement, before, refused);
                    return;
                }
                LOG.warn("Postgres did not take {} commits: {}. Trying again.", mine.size(), e.getMessage());
                mine = stillTrusted(mine, e.getMessage());
                clock.sleep(Duration.ofMillis(Math.min(500, 20L << Math.min(attempt, 5))));
            }
        }
    }

    /// One must not fail the others' batch: each is tried alone.
    private <T> void separate(List<Pending<T>> mine, Statement<T> statement, Statement<T> before, DatabaseException why)
            throws InterruptedException {
        if (mine.size() > 1) {
            for (var pending : mine) {
                writeAgainAndAgain(List.of(pending), statement, before);
            }
            return;
        }
        var refused = mine.getFirst();
        LOG.error("Postgres refused a commit of run {}. The run stays for another try.", run(refused.what()), why);
        refused.answer().completeExceptionally(why);
    }

    private <T> List<Pending<T>> stillTrusted(List<Pending<T>> mine, @Nullable String why) {
        var left = new ArrayList<Pending<T>>();
        for (var pending : mine) {
            if (clock.nanoTime() < pending.deadline()) {
                left.add(pending);
            } else {
                pending.answer()
                        .completeExceptionally(
                                new Problem(ErrorCode.NOT_READY, "Postgres did not take the write in time: " + why));
            }
        }
        return left;
    }

    private static RunId run(Object what) {
        return what instanceof Creation creation ? creation.run() : ((Commit) what).run();
    }

    /// Writes what is queued, then ends.
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(Duration.ofSeconds(5));
    }
}
