package dev.wheelhouse.providers;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a connection that is silent for too long, or that does not come to an end. Every byte counts as life,
/// before the first word and after it, whether it means something or only keeps the connection open.
///
/// One timer for each answer, set anew only when it goes off: an answer of thousands of pieces costs no more.
final class TimeLimit implements Closeable {

    private final long deadline;
    private final Duration whole;
    private volatile Duration quiet;
    private volatile long heard = System.nanoTime();
    private volatile @Nullable Duration exceeded;
    private volatile @Nullable InputStream connection;
    private @Nullable CompletableFuture<Boolean> timer;
    private boolean isClosed;

    TimeLimit(Duration whole, Duration quiet) {
        this.deadline = System.nanoTime() + whole.toNanos();
        this.whole = whole;
        this.quiet = quiet;
    }

    /// The longest silence from now on.
    void allow(Duration silence) {
        boolean isShorter = silence.compareTo(quiet) < 0;
        quiet = silence;
        if (isShorter) {
            set();
        }
    }

    /// How long to wait for something now.
    Duration left() {
        return Duration.ofNanos(Math.max(0, Math.min(quiet.toNanos(), deadline - System.nanoTime())));
    }

    boolean isWholeOver() {
        return deadline - System.nanoTime() <= 0;
    }

    Duration whole() {
        return whole;
    }

    Duration quiet() {
        return quiet;
    }

    /// What was exceeded when the connection was closed: [#quiet] or [#whole]; null if neither was.
    @Nullable
    Duration exceeded() {
        return exceeded;
    }

    /// The same stream, watched from now on.
    InputStream watch(InputStream in) {
        heard = System.nanoTime();
        connection = in;
        set();
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                heard = System.nanoTime();
                return read;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, length);
                heard = System.nanoTime();
                return read;
            }
        };
    }

    private synchronized void set() {
        if (timer != null) {
            timer.cancel(false);
        }
        if (!isClosed && connection != null) {
            long now = System.nanoTime();
            long next = Math.min(heard + quiet.toNanos(), deadline) - now;
            timer = new CompletableFuture<Boolean>()
                    .completeOnTimeout(true, Math.max(1_000_000, next), TimeUnit.NANOSECONDS);
            timer.thenAccept(_ -> look());
        }
    }

    private void look() {
        long now = System.nanoTime();
        var in = connection;
        if (now < deadline && now < heard + quiet.toNanos() || in == null) {
            set();
            return;
        }
        exceeded = now >= deadline ? whole : quiet;
        Thread.startVirtualThread(() -> {
            try {
                in.close();
            } catch (IOException e) {
                // It is closed all the same; whoever reads from it is told.
            }
        });
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
