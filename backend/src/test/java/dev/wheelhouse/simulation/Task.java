package dev.wheelhouse.simulation;

import dev.wheelhouse.clock.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A thread of a simulated computer.
final class Task implements Clock.Activity {

    private static final long NEVER = Long.MAX_VALUE;

    private final World world;
    private final Host host;
    private final String name;
    private final Coroutine code;
    private final List<Task> joining = new ArrayList<>();
    private boolean interrupted;
    private boolean isDue;
    private long waits;

    Task(World world, Host host, String name, Runnable work) {
        this.world = world;
        this.host = host;
        this.name = name;
        this.code = new Coroutine(work);
        wake();
    }

    /// Has it go on as soon as it is its turn. Waking it too often does no harm: what it waits for is looked at again.
    void wake() {
        if (!isDue) {
            isDue = true;
            world.at(world.now(), host, this::goOn);
        }
    }

    private void goOn() {
        isDue = false;
        if (code.hasEnded()) {
            return;
        }
        waits++;
        world.running = this;
        try {
            code.goOn();
        } catch (RuntimeException e) {
            throw new IllegalStateException("Thread \"%s\" of %s broke".formatted(name, host), e);
        } finally {
            world.running = null;
            // The code under test may interrupt its own thread, which is ours.
            interrupted |= Thread.interrupted();
        }
        if (code.hasEnded()) {
            joining.forEach(Task::wake);
        }
    }

    /// Waits until it is so; whoever makes it so wakes this activity. False when the time was over before.
    boolean await(BooleanSupplier condition, long until) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (interrupted) {
                interrupted = false;
                throw new InterruptedException(name);
            }
            if (world.now() >= until) {
                return false;
            }
            stop(until);
        }
        return true;
    }

    /// The same for what no interrupt ends.
    void awaitPatiently(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            stop(NEVER);
        }
    }

    /// Lets others go first, for this long.
    void giveWay(long nanos) {
        long until = world.now() + nanos;
        awaitUntil(until);
    }

    private void awaitUntil(long until) {
        while (world.now() < until) {
            stop(until);
        }
    }

    private void stop(long until) {
        if (until != NEVER) {
            long wait = waits;
            world.at(until, host, () -> {
                if (wait == waits) {
                    wake();
                }
            });
        }
        boolean wasInterrupted = Thread.interrupted();
        interrupted |= wasInterrupted;
        Coroutine.stop();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        wake();
    }

    @Override
    public void join(Duration most) throws InterruptedException {
        var me = world.running;
        if (me == null) {
            throw new IllegalStateException("Only an activity can wait");
        }
        joining.add(me);
        me.await(code::hasEnded, world.now() + most.toNanos());
    }
}
