package dev.wheelhouse.demo;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The answers that wait until somebody says `release NAME`, in the same tenant and in this process.
///
/// A release lets go all that hold its name. Where none does, the next one that wants to is let through at once, so
/// that nobody has to know which of the two is said first.
final class DemoHolds {

    /// So many releases are remembered that nobody has waited for yet; older ones are forgotten.
    static final int REMEMBERED = 1000;

    private record Key(TenantId tenant, String name) {}

    private final Map<Key, List<CountDownLatch>> waiting = new HashMap<>();
    private final LinkedHashSet<Key> released = new LinkedHashSet<>();

    /// `begun` runs when a release can no longer be missed. False where `budget` has passed without one.
    boolean await(TenantId tenant, String name, Duration budget, Announcement begun) throws InterruptedException {
        var key = new Key(tenant, name);
        var latch = enter(key);
        try {
            begun.announce();
            return latch.await(budget.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            leave(key, latch);
        }
    }

    @FunctionalInterface
    interface Announcement {
        void announce() throws InterruptedException;
    }

    synchronized void release(TenantId tenant, String name) {
        var key = new Key(tenant, name);
        List<CountDownLatch> held = waiting.remove(key);
        if (held != null) {
            held.forEach(CountDownLatch::countDown);
        } else {
            released.add(key);
            if (released.size() > REMEMBERED) {
                released.removeFirst();
            }
        }
    }

    private synchronized CountDownLatch enter(Key key) {
        if (released.remove(key)) {
            return new CountDownLatch(0);
        }
        var latch = new CountDownLatch(1);
        waiting.computeIfAbsent(key, _ -> new ArrayList<>()).add(latch);
        return latch;
    }

    private synchronized void leave(Key key, CountDownLatch latch) {
        waiting.computeIfPresent(key, (_, held) -> {
            held.remove(latch);
            return held.isEmpty() ? null : held;
        });
    }
}
