package dev.wheelhouse.runs;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.database.BatchWriter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes whatever runs have to say, those of many runs together: first the new ones, then what the others have done.
@Singleton
final class RunWriter implements AutoCloseable {

    private static final int LARGEST_BATCH = 400;
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private final BatchWriter writer;
    private final BatchWriter.Lane<Creation, RunId, Instant> creations;
    private final BatchWriter.Lane<Creation, RunId, Instant> creationsBehind;
    private final BatchWriter.Lane<Commit, RunId, EngineStore.Written> commits;

    RunWriter(EngineStore store, RunsConfig config, Clock clock) {
        long lease = config.lease().toMillis();
        writer = BatchWriter.start(clock, "run-writer", LARGEST_BATCH);
        creations = writer.lane(creating(store, store::create));
        creationsBehind = writer.lane(creating(store, store::createBehind));
        commits = writer.lane(new BatchWriter.Statement<>(
                "commits of runs", Commit::run, batch -> store.commit(batch, lease), store::written));
    }

    private static BatchWriter.Statement<Creation, RunId, Instant> creating(
            EngineStore store, Function<List<Creation>, Map<RunId, Instant>> create) {
        return new BatchWriter.Statement<>("new runs", Creation::run, create, store::created);
    }

    /// Writes a run down. Null: its thread is busy or missing, or its idempotency key is taken.
    @Nullable
    Instant create(Creation creation) {
        return write(creation.isPlain() ? creations : creationsBehind, creation, PATIENCE);
    }

    /// Null: the run is no longer ours.
    ///
    /// @param trusted for how many more nanoseconds its owner may trust the lease; later the write is not tried any
    /// more
    EngineStore.@Nullable Written commit(Commit commit, long trusted) {
        return write(commits, commit, trusted);
    }

    /// Writes runs down that others call: whose key is taken is there already.
    void createAll(List<Creation> called) {
        try {
            creations.writeAll(called, PATIENCE);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static <T, R> @Nullable R write(BatchWriter.Lane<T, RunId, R> lane, T what, long nanos) {
        try {
            return lane.write(what, nanos);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static LostRunException interrupted() {
        Thread.currentThread().interrupt();
        return new LostRunException("it was interrupted while writing");
    }

    /// Writes what is queued, then ends.
    @Override
    public void close() throws InterruptedException {
        writer.close();
    }
}
