package dev.wheelhouse.providers;

import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps a target within what its operator allows: calls at once, and calls begun each minute, evenly. Counted in this
/// replica alone.
final class Throttle {

    private final @Nullable Semaphore places;
    private final long nanosEach;
    private long next = System.nanoTime();

    Throttle(@Nullable Integer concurrency, @Nullable Integer requestsPerMinute) {
        places = concurrency == null ? null : new Semaphore(concurrency, true);
        nanosEach = requestsPerMinute == null ? 0 : TimeUnit.MINUTES.toNanos(1) / requestsPerMinute;
    }

    /// Waits for its turn, within the time that the call has. Whoever was let in has to leave again.
    ///
    /// @return what is left of that time
    Duration enter(String place, Duration most) throws InterruptedException, TryFailed {
        if (places == null && nanosEach == 0) {
            return most;
        }
        long deadline = System.nanoTime() + most.toNanos();
        if (places != null && !places.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            throw full(place, "concurrency");
        }
        try {
            waitForTurn(place, deadline);
            return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        } catch (InterruptedException | TryFailed e) {
            leave();
            throw e;
        }
    }

    void leave() {
        if (places != null) {
            places.release();
        }
    }

    private void waitForTurn(String place, long deadline) throws InterruptedException, TryFailed {
        if (nanosEach == 0) {
            return;
        }
        long turn;
        synchronized (this) {
            turn = Math.max(next, System.nanoTime());
            if (turn - deadline > 0) {
                throw full(place, "requests-per-minute");
            }
            next = turn + nanosEach;
        }
        long wait = turn - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    private static TryFailed full(String place, String key) {
        return new TryFailed(
                "rate_limited",
                "%s is used to its own limit of %s".formatted(place, key),
                "Raise it in the target's settings, or add a target to the alias",
                Remedy.OTHER_TARGET);
    }
}
