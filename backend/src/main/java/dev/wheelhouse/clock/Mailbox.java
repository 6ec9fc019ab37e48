package dev.wheelhouse.clock;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// An unbounded queue of what one thread has to say to another, in order. Takes no null.
public interface Mailbox<T> {

    void put(T message);

    /// Waits for the next message.
    T take() throws InterruptedException;

    /// Waits for the next message, at most this long; null when nothing came.
    @Nullable
    T poll(Duration most) throws InterruptedException;

    /// Moves what is there, without waiting.
    void drainTo(Collection<? super T> into, int most);

    boolean isEmpty();
}
