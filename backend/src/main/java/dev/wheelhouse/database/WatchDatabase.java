package dev.wheelhouse.database;

import dev.wheelhouse.base.Problem;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks Postgres every second whether it answers, beside all requests, so that telling takes no time and a server that
/// has fallen silent is known before the first request has waited for it in vain.
///
/// Two signs count: a question that failed, and one that has not come back. The second is what a network that drops
/// packets without a word looks like.
final class WatchDatabase {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(3_500);

    private final Sql asking;
    private volatile long answeredAt = System.nanoTime();
    private volatile @Nullable String failure;
    private volatile boolean closed;

    /// @param asking statements on a pool that requests do not use, whose waits are short
    WatchDatabase(Sql asking) {
        this.asking = asking;
        Thread.ofPlatform().daemon().name("watch-database").start(this::watch);
    }

    private void watch() {
        while (!closed) {
            // One broken connection says nothing of the server: it is asked again before it is believed.
            failure = ask() == null ? null : ask();
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private @Nullable String ask() {
        try {
            asking.rows("SELECT 1", row -> 1);
            answeredAt = System.nanoTime();
            return null;
        } catch (DatabaseException | Problem e) {
            return "Postgres does not answer: " + e.getMessage();
        }
    }

    /// The last question failed: whoever asks now would wait in vain.
    boolean hasFailed() {
        return failure != null;
    }

    /// Null where Postgres answers.
    @Nullable
    String trouble() {
        long silent = System.nanoTime() - answeredAt;
        return failure == null && silent > SILENCE
                ? "Postgres has not answered for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(silent))
                : failure;
    }

    void close() {
        closed = true;
    }
}
