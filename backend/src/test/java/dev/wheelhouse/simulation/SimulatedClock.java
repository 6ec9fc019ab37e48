package dev.wheelhouse.simulation;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Mailbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The machine of one computer in a world. Its threads change over where they wait, and now and then where they only
/// look at the clock or hand something over.
public final class SimulatedClock implements Clock {

    private static final double CHANGES_OVER = 0.05;
    private static final Duration BRIEFLY = Duration.ofMillis(2);

    private final World world;
    private final Host host;

    public SimulatedClock(World world, Host host) {
        this.world = world;
        this.host = host;
    }

    @Override
    public long nanoTime() {
        mayChangeOver();
        return world.now() + host.clock;
    }

    private void mayChangeOver() {
        if (world.running != null && world.draw(CHANGES_OVER)) {
            world.running.giveWay(world.between(Duration.ZERO, BRIEFLY));
        }
    }

    @Override
    public Activity start(String name, Runnable work) {
        var started = new Task(world, host, name, work);
        mayChangeOver();
        return started;
    }

    @Override
    public Activity startLasting(String name, Runnable work) {
        return start(name, work);
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        me().await(() -> false, world.now() + time.toNanos());
    }

    @Override
    public <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException {
        var me = me();
        answer.whenComplete((value, failure) -> me.wake());
        me.await(answer::isDone, Long.MAX_VALUE);
        return answer.get();
    }

    /// Waits as a thread waits for Postgres: no interrupt ends it.
    public <T> T awaitPatiently(CompletableFuture<T> answer) {
        var me = me();
        answer.whenComplete((value, failure) -> me.wake());
        me.awaitPatiently(answer::isDone);
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Task me() {
        return Objects.requireNonNull(world.running, "Only an activity can wait");
    }

    @Override
    public <T> Mailbox<T> mailbox() {
        return new Box<>();
    }

    private final class Box<T> implements Mailbox<T> {

        private final ArrayDeque<T> messages = new ArrayDeque<>();
        private final ArrayDeque<Task> waiting = new ArrayDeque<>();

        @Override
        public void put(T message) {
            messages.add(message);
            waiting.forEach(Task::wake);
            mayChangeOver();
        }

        @Override
        public T take() throws InterruptedException {
            return Objects.requireNonNull(await(Long.MAX_VALUE));
        }

        @Override
        public @Nullable T poll(Duration most) throws InterruptedException {
            return await(world.now() + most.toNanos());
        }

        private @Nullable T await(long until) throws InterruptedException {
            var me = me();
            waiting.add(me);
            try {
                me.await(() -> !messages.isEmpty(), until);
                return messages.poll();
            } finally {
                waiting.remove(me);
            }
        }

        @Override
        public void drainTo(Collection<? super T> into, int most) {
            for (int left = most; left > 0 && !messages.isEmpty(); left--) {
                into.add(messages.remove());
            }
        }

        @Override
        public boolean isEmpty() {
            return messages.isEmpty();
        }
    }
}
