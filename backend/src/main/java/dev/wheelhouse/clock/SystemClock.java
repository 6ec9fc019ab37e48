package dev.wheelhouse.clock;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The real clock and real threads: virtual for the many, platform for the few.
@Singleton
public final class SystemClock implements Clock {

    private record Started(Thread thread) implements Activity {
        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public void join(Duration most) throws InterruptedException {
            thread.join(most);
        }
    }

    private record Queue<T>(LinkedBlockingQueue<T> messages) implements Mailbox<T> {
        @Override
        public void put(T message) {
            messages.add(message);
        }

        @Override
        public T take() throws InterruptedException {
            return messages.take();
        }

        @Override
        public @Nullable T poll(Duration most) throws InterruptedException {
            return messages.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void drainTo(Collection<? super T> into, int most) {
            messages.drainTo(into, most);
        }

        @Override
        public boolean isEmpty() {
            return messages.isEmpty();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Activity start(String name, Runnable work) {
        return new Started(Thread.ofVirtual().name(name).start(work));
    }

    @Override
    public Activity startLasting(String name, Runnable work) {
        return new Started(Thread.ofPlatform().daemon().name(name).start(work));
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException {
        return answer.get();
    }

    @Override
    public <T> Mailbox<T> mailbox() {
        return new Queue<>(new LinkedBlockingQueue<>());
    }
}
