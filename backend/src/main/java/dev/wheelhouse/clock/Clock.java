package dev.wheelhouse.clock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A clock, threads and waiting, real or simulated.
public interface Clock {

    /// A started thread.
    interface Activity {
        void interrupt();

        /// Waits for it to end, at most this long.
        void join(Duration most) throws InterruptedException;
    }

    /// Nanoseconds since an arbitrary moment; never goes back. Only differences are meaningful.
    long nanoTime();

    /// Starts one of many threads: cheap, may block.
    Activity start(String name, Runnable work);

    /// Starts one of the few threads that live as long as the process and must not be held up by the many.
    Activity startLasting(String name, Runnable work);

    void sleep(Duration time) throws InterruptedException;

    <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException;

    <T> Mailbox<T> mailbox();

    /// Waits between two rounds of recurring work, at most this long; a message ends it. Tests end it, too.
    default void pause(Mailbox<Boolean> wake, Duration most) throws InterruptedException {
        wake.poll(most);
    }
}
