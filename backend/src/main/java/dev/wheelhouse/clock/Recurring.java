package dev.wheelhouse.clock;

import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that comes back for as long as the process lives. It survives what breaks in it: a failure is logged and the
/// work comes back after the usual pause. One thread; the work is never done twice at the same time.
public final class Recurring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);
    private static final Duration END = Duration.ofSeconds(2);

    /// The work of one round. True: there is more to do, so the next round comes without a pause.
    @FunctionalInterface
    public interface Task {
        boolean run() throws InterruptedException;
    }

    private final String name;
    private final Duration pause;
    private final Task task;
    private final Predicate<RuntimeException> passes;
    private final Mailbox<Boolean> wake;
    private final Clock.Activity thread;
    private volatile boolean closed;

    private Recurring(
            Clock clock,
            String name,
            Duration pause,
            Predicate<RuntimeException> passes,
            Mailbox<Boolean> wake,
            Task task,
            boolean lasting) {
        this.name = name;
        this.pause = pause;
        this.task = task;
        this.passes = passes;
        this.wake = wake;
        this.thread = lasting ? clock.startLasting(name, this::repeat) : clock.start(name, this::repeat);
    }

    /// Starts it, with the first round at once.
    ///
    /// @param name of its thread, and what the log calls it
    /// @param pause between two rounds
    /// @param passes failures that others report and that end by themselves, such as a database that is away: they
    // are
    ///     logged for whoever looks closely only
    public static Recurring start(
            Clock clock, String name, Duration pause, Predicate<RuntimeException> passes, Task task) {
        return new Recurring(clock, name, pause, passes, clock.mailbox(), task, false);
    }

    /// The same on a thread that never waits for the many.
    public static Recurring startLasting(
            Clock clock, String name, Duration pause, Predicate<RuntimeException> passes, Task task) {
        return new Recurring(clock, name, pause, passes, clock.mailbox(), task, true);
    }

    /// The same, woken by whatever is put into a mailbox that others know too.
    public static Recurring startLasting(
            Clock clock,
            String name,
            Duration pause,
            Predicate<RuntimeException> passes,
            Mailbox<Boolean> wake,
            Task task) {
        return new Recurring(clock, name, pause, passes, wake, task, true);
    }

    /// Ends the pause: the next round comes now. Many calls during one round make one more round.
    public void wake() {
        if (wake.isEmpty()) {
            wake.put(true);
        }
    }

    private void repeat() {
        try {
            while (!closed) {
                if (!round() && !closed) {
                    wake.poll(pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} has ended.", name);
        }
    }

    private boolean round() throws InterruptedException {
        try {
            return task.run();
        } catch (RuntimeException e) {
            if (passes.test(e)) {
                LOG.debug("{} has to wait: {}.", name, e.getMessage());
            } else {
                LOG.error("{} failed. It is tried again in {} ms.", name, pause.toMillis(), e);
            }
            return false;
        }
    }

    /// No further round; one under way is interrupted, and its end is not waited for.
    public void stop() {
        closed = true;
        thread.interrupt();
    }

    /// No further round; one under way is interrupted and waited for, 2 s at most.
    @Override
    public void close() throws InterruptedException {
        stop();
        thread.join(END);
    }
}
