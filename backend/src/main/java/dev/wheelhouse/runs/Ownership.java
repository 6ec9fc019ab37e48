package dev.wheelhouse.runs;

import dev.wheelhouse.clock.Clock;

/// Whether this replica may still act for a run: it does from its claim until another replica may have taken the run,
/// which is two thirds of a lease after the last write or renewal that Postgres confirmed.
final class Ownership {

    private final Clock clock;
    private final long fence;
    private volatile long trustedSince;
    private volatile boolean lost;
    private volatile boolean cancelled;

    Ownership(EngineParts parts, long trustedSince, boolean cancelled) {
        this.clock = parts.clock();
        this.fence = parts.config().fence().toNanos();
        this.trustedSince = trustedSince;
        this.cancelled = cancelled;
    }

    /// The lease was extended by a statement that was sent at this nanoTime.
    void trust(long sentAt) {
        trustedSince = sentAt;
    }

    /// For how many nanoseconds from then on the lease may be trusted.
    long trustedAfter(long nanoTime) {
        return trustedSince + fence - nanoTime;
    }

    void lose() {
        lost = true;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// Nothing was heard of the lease for so long that the run may be another's.
    boolean isOverdue() {
        return clock.nanoTime() - trustedSince > fence;
    }

    /// The last confirmation is too old for a run that has only just ended here.
    boolean isUncertain() {
        return clock.nanoTime() - trustedSince > fence / 2;
    }

    /// Asked right before an effect: the end of a cancelled run may be on record already. Whether it was cancelled
    /// comes last, since the thread may rest while it reads the time.
    void checkMayAct() {
        check();
        if (cancelled) {
            throw new LostRunException("it was cancelled");
        }
    }

    /// Throws where another replica may own the run by now.
    void check() {
        if (lost) {
            throw taken();
        }
        if (isOverdue()) {
            throw new LostRunException("its lease could not be renewed in time");
        }
    }

    static LostRunException taken() {
        return new LostRunException("another replica has taken it");
    }
}
