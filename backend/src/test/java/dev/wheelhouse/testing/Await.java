package dev.wheelhouse.testing;

import dev.wheelhouse.clock.TestClock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits for what another thread, replica or server does.
///
/// There is one deadline, made for a computer with too much to do: a test that passes never gets near it, and one that
/// hangs says for what it waited. What takes how long is measured by `make bench`, not by tests.
public final class Await {

    public static final Duration LONGEST = Duration.ofMinutes(2);

    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final int LOOKS_BETWEEN_ROUNDS = 5;

    private Await() {}

    /// Returns as soon as `condition` holds. Meanwhile recurring work does not pause: what it does is not waited for.
    public static void until(String what, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int looks = 1; !holds(condition); looks++) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Still not so after %d s: %s".formatted(LONGEST.toSeconds(), what));
            }
            if (looks % LOOKS_BETWEEN_ROUNDS == 0) {
                TestClock.endPauses();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    public static void open(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "%d are still missing after %d s".formatted(latch.getCount(), LONGEST.toSeconds()));
        }
    }

    public static void permit(Semaphore permits) throws InterruptedException {
        if (!permits.tryAcquire(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("No permit after %d s".formatted(LONGEST.toSeconds()));
        }
    }

    /// Never returns: what a step does whose replica is to die, or a tool that hangs. Ends by an interrupt.
    public static void forever() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static boolean holds(Callable<Boolean> condition) throws InterruptedException {
        try {
            return condition.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
