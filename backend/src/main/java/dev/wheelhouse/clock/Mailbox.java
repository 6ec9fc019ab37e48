package dev.wheelhouse.clock;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// An unbounded queue of messages between threads, in order. Null is not allowed.
public interface Mailbox<T> {

    void put(T message);

    /// Waits for the next message.
    T take() throws InterruptedException;

    /// Waits for the next message, at most this long; null if none arrived.
    @Nullable
    T poll(Duration most) throws InterruptedException;

    /// Moves the waiting messages, without blocking.
    void drainTo(Collection<? super T> into, int most);

    boolean isEmpty();
}
