package dev.wheelhouse.clock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A clock, threads and waiting, real or simulated.
public interface Clock {

    /// Something that was started.
    interface Activity {
        void interrupt();

        /// Waits for its end, at most this long.
        void join(Duration most) throws InterruptedException;
    }

    /// Nanoseconds since some moment; never goes back. Good for differences only.
    long nanoTime();

    /// Starts one of many: cheap, may block.
    Activity start(String name, Runnable work);

    /// Starts one of few that live as long as the process and must not wait for the many.
    Activity startLasting(String name, Runnable work);

    void sleep(Duration time) throws InterruptedException;

    <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException;

    <T> Mailbox<T> mailbox();
}
