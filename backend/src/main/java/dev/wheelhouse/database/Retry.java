package dev.wheelhouse.database;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tries again what Postgres did not do because of others' timing, a few times within about a tenth of a second.
final class Retry {

    private static final int ATTEMPTS = 4;

    private Retry() {}

    static <T extends @Nullable Object> T whereHarmless(Predicate<DatabaseException> isHarmless, Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (DatabaseException e) {
                if (attempt == ATTEMPTS || !isHarmless.test(e)) {
                    throw e;
                }
                // Whoever collided should not collide again.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000L << attempt));
            }
        }
    }
}
