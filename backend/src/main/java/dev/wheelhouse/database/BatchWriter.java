package dev.wheelhouse.database;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what many threads have to say with one statement and one commit: one thread takes whatever is there. At low
/// load nothing waits for company; at high load many writes share a flush.
///
/// Postgres may go away in the middle. Then the same batch is tried again until each write's time is over; what an
/// interrupted call did write is recognised and counts as written, never twice. One write that Postgres refuses does
/// not fail the others of its batch.
public final class BatchWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final Duration END = Duration.ofSeconds(5);

    /// What one kind of write is made of.
    ///
    /// @param name what the log calls several of them
    /// @param key tells one write from another: one batch never has two with the same key, because what
    ///     becomes of the one must not be taken for the other's
    /// @param write the statement; its result lacks the keys that took no effect
    /// @param written which of these an earlier, interrupted call has written
    public record Statement<T, K, R>(
            String name,
            Function<T, K> key,
            Function<List<T>, Map<K, R>> write,
            Function<List<T>, Map<K, R>> written) {}

    private final Clock clock;
    private final int largestBatch;
    private final Mailbox<Runnable> queue;
    private final List<Lane<?, ?, ?>> lanes = new CopyOnWriteArrayList<>();
    private final Clock.Activity thread;
    private volatile boolean closed;

    private BatchWriter(Clock clock, String name, int largestBatch) {
        this.clock = clock;
        this.largestBatch = largestBatch;
        this.queue = clock.mailbox();
        this.thread = clock.startLasting(name, this::writeUntilClosed);
    }

    /// Starts its thread.
    public static BatchWriter start(Clock clock, String name, int largestBatch) {
        return new BatchWriter(clock, name, largestBatch);
    }

    /// Adds a kind of writes. In one batch kinds are written in the order in which they were added.
    public <T, K, R> Lane<T, K, R> lane(Statement<T, K, R> statement) {
        var lane = new Lane<>(statement);
        lanes.add(lane);
        return lane;
    }

    private void writeUntilClosed() {
        var batch = new ArrayList<Runnable>();
        while (!closed || !queue.isEmpty()) {
            try {
                batch.add(queue.take());
                queue.drainTo(batch, largestBatch);
                batch.forEach(Runnable::run);
                for (var lane : lanes) {
                    lane.flush();
                }
            } catch (InterruptedException e) {
                return;
            }
            batch.clear();
        }
    }

    /// Writes what is queued, then ends.
    @Override
    public void close() throws InterruptedException {
        closed = true;
        queue.put(() -> {});
        thread.join(END);
    }

    /// One kind of writes.
    public final class Lane<T, K, R> {

        private record Pending<T, R>(T what, long deadline, CompletableFuture<@Nullable R> answer) {}

        private final Statement<T, K, R> statement;

        /// What the writer's thread has taken and not written yet.
        private final List<Pending<T, R>> taken = new ArrayList<>();

        private Lane(Statement<T, K, R> statement) {
            this.statement = statement;
        }

        /// Null: it took no effect. Throws `not_ready` where Postgres did not take it in time, or what Postgres said.
        ///
        /// @param nanos for how long it may be tried
        public @Nullable R write(T what, long nanos) throws InterruptedException {
            return await(queued(what, nanos));
        }

        /// The same for several that may share a statement. When one fails, others may have been written.
        public void writeAll(List<T> all, long nanos) throws InterruptedException {
            var queued = all.stream().map(what -> queued(what, nanos)).toList();
            for (var pending : queued) {
                await(pending);
            }
        }

        private Pending<T, R> queued(T what, long nanos) {
            var pending = new Pending<T, R>(what, clock.nanoTime() + nanos, new CompletableFuture<>());
            queue.put(() -> taken.add(pending));
            return pending;
        }

        private @Nullable R await(Pending<T, R> pending) throws InterruptedException {
            try {
                return clock.await(pending.answer());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }

        private void flush() throws InterruptedException {
            while (!taken.isEmpty()) {
                var batch = new LinkedHashMap<K, Pending<T, R>>();
                taken.removeIf(pending -> batch.putIfAbsent(statement.key().apply(pending.what()), pending) == null);
                try {
                    write(List.copyOf(batch.values()), false);
                } catch (RuntimeException | Error e) {
                    LOG.error("{} could not be written. Whoever waits for them fails.", statement.name(), e);
                    batch.values().forEach(pending -> pending.answer().completeExceptionally(e));
                }
            }
        }

        /// Tries until it is written, refused, or nobody waits for it any more.
        ///
        /// @param again an interrupted call may have written some of them
        private void write(List<Pending<T, R>> batch, boolean again) throws InterruptedException {
            // They may have waited behind others whose write took long.
            var left = inTime(batch, "those before it took too long");
            var writing = statement.write();
            for (int attempt = 1; !left.isEmpty(); attempt++) {
                try {
                    answer(left, writing, again || attempt > 1);
                    return;
                } catch (DatabaseException | Problem e) {
                    if (e instanceof DatabaseException refused && refused.isDuplicate() && left.size() == 1) {
                        // Written before by a call that was interrupted, or refused: what is there tells which.
                        writing = statement.written();
                        continue;
                    }
                    if (e instanceof DatabaseException refused && !refused.isPassing()) {
                        separate(left, refused, again || attempt > 1);
                        return;
                    }
                    LOG.warn(
                            "Postgres did not take {} {}: {}. Trying again.",
                            left.size(),
                            statement.name(),
                            e.getMessage());
                    left = inTime(left, e.getMessage());
                    clock.sleep(pause(attempt));
                }
            }
        }

        private void answer(List<Pending<T, R>> batch, Function<List<T>, Map<K, R>> writing, boolean again) {
            var what = batch.stream().map(Pending::what).toList();
            var results = writing.apply(what);
            if (again) {
                results = new HashMap<>(results);
                results.putAll(statement.written().apply(what));
            }
            for (var pending : batch) {
                pending.answer().complete(results.get(statement.key().apply(pending.what())));
            }
        }

        /// One must not fail the others' batch: each is tried alone.
        private void separate(List<Pending<T, R>> batch, DatabaseException why, boolean again)
                throws InterruptedException {
            if (batch.size() > 1) {
                for (var pending : batch) {
                    write(List.of(pending), again);
                }
                return;
            }
            var refused = batch.getFirst();
            LOG.error("Postgres refused to write {}.", statement.key().apply(refused.what()), why);
            refused.answer().completeExceptionally(why);
        }

        private List<Pending<T, R>> inTime(List<Pending<T, R>> batch, @Nullable String why) {
            var left = new ArrayList<Pending<T, R>>();
            for (var pending : batch) {
                if (clock.nanoTime() < pending.deadline()) {
                    left.add(pending);
                } else {
                    pending.answer()
                            .completeExceptionally(new Problem(
                                    ErrorCode.NOT_READY, "Postgres did not take the write in time: " + why));
                }
            }
            return left;
        }

        private static Duration pause(int attempt) {
            var pause = Duration.ofMillis(20L << Math.min(attempt, 5));
            return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
    }
}
