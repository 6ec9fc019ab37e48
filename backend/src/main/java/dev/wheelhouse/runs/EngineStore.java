package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the engine writes and claims, over all tenants. Each method is one transaction; the fence (the row's epoch)
/// stands in every one. Times are the store's. Postgres and the simulator's memory pass the same contract test.
interface EngineStore {

    /// A run of this replica as it stands after a renewal.
    record Renewed(RunId run, int epoch, boolean cancel, boolean paused, boolean nudged) {}

    /// A commit that took effect: when, and whether it may have freed a thread behind which another run waits.
    record Written(Instant at, boolean frees) {}

    /// Why a run was due.
    enum Due {
        QUEUED,
        /// By time, by a person's decision or by a run that it called.
        WOKEN,
        /// Its replica's lease is over.
        TAKEOVER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Due of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// A run that was taken: its row, why it was due, and its age by the database's clock.
    record Claimed(Run run, Due reason, long ageMillis, boolean cancel) {}

    /// What a claim has found.
    ///
    /// @param next after which the first lease ends of those that still hold, or null where there are none
    record Claim(List<Claimed> runs, @Nullable Duration next) {}

    /// A stored event as recovery and watchers of other replicas' runs need it.
    record Stored(RunId run, int seq, Instant at, EventType type, int step, String data) {
        RunEvent seen() {
            return new RunEvent(run, seq, at, type, step, EventData.seen(type, step, at, data));
        }
    }

    /// Inserts runs and their first events. A creation whose thread is missing makes nothing; a busy thread or a used
    /// idempotency key refuses the whole call with a duplicate.
    Map<RunId, Instant> create(List<Creation> creations);

    /// The same for runs that may have to wait behind their thread's open run, that interrupt it, or that begin with
    /// steps of their reruns.
    Map<RunId, Instant> createBehind(List<Creation> creations);

    /// Which of these creations an earlier, interrupted call wrote.
    Map<RunId, Instant> created(List<Creation> creations);

    /// Appends what the commits say and brings the rows up to date, each only where its epoch and seq still
    /// hold. What a run that ends by it still asks is withdrawn. The answer has the time of those that took
    /// effect; a stale one is missing and has changed nothing.
    Map<RunId, Written> commit(List<Commit> commits, long leaseMillis);

    /// Which of these commits an earlier, interrupted call wrote: the row is ours and stands where it would after them.
    Map<RunId, Written> written(List<Commit> commits);

    /// Takes up to `limit` runs that are due: queued, woken by time, or left by a replica whose lease is over.
    ///
    /// @param kinds of the programs that are known here, or null for all
    Claim claim(int limit, @Nullable Set<String> kinds, long leaseMillis);

    /// Extends the leases of the runs that are still ours and says which those are.
    List<Renewed> renew(Collection<Run> runs, long leaseMillis);

    /// The whole log of a run.
    List<Stored> log(TenantId tenant, RunId run);

    /// The whole logs of several runs, in one statement.
    Map<RunId, List<Stored>> logs(List<Run> runs);

    /// What has been added to several runs' logs, in order, in one statement.
    List<Stored> added(List<LiveRun> runs);
    /// Lets runs go on that waited behind a thread which is free now; says how many.
    int free();

    /// Opens the questions that are not open yet, expires those whose time is over, and says where each stands. All of
    /// one run; asking again changes nothing. Empty where the run has another owner by now.
    List<Question.Status> ask(List<Question> asked);

    /// The runs that these steps of a run have called, as far as they have been started.
    List<Run> children(TenantId tenant, RunId parent, List<Integer> steps);

    /// Waits until it can be asked, for some seconds at most: what waits for it must not count as the lease's time.
    void awaitReady();

    /// This process among the replicas; another at each start.
    String replica();
}
