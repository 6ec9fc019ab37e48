package dev.wheelhouse.clock;

import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that is repeated for as long as the process lives. It survives failures: they are logged, and the next round
/// comes after the usual pause. One thread; rounds never overlap.
public final class Recurring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);
    private static final Duration END = Duration.ofSeconds(2);

    /// The work of one round. True if there is more to do, so that the next round follows without a pause.
    @FunctionalInterface
    public interface Task {
        boolean run() throws InterruptedException;
    }

    /// The work of one round that says how long the pause after it is.
    @FunctionalInterface
    public interface Paced {
        Duration run() throws InterruptedException;
    }

    private final Clock clock;
    private final String name;
    private final Duration pause;
    private final Paced task;
    private final Predicate<RuntimeException> passes;
    private final Mailbox<Boolean> wake;
    private final Duration first;
    private final Clock.Activity thread;
    private volatile boolean closed;

    private Recurring(
            Clock clock,
            String name,
            Duration pause,
            Predicate<RuntimeException> passes,
            Mailbox<Boolean> wake,
            Paced task,
            Duration first,
            boolean lasting) {
        this.first = first;
        this.clock = clock;
        this.name = name;
        this.pause = pause;
        this.task = task;
        this.passes = passes;
        this.wake = wake;
        this.thread = lasting ? clock.startLasting(name, this::repeat) : clock.start(name, this::repeat);
    }

    /// Starts it, with the first round at once.
    ///
    /// @param name of its thread and in the log
    /// @param pause between two rounds
    /// @param passes transient failures that are reported elsewhere, such as an unavailable database: they are only
    ///     logged at debug level
    public static Recurring start(
            Clock clock, String name, Duration pause, Predicate<RuntimeException> passes, Task task) {
        return new Recurring(clock, name, pause, passes, clock.mailbox(), paced(pause, task), Duration.ZERO, false);
    }

    /// The same, with the first round after a pause. At a start, what others wait for goes first.
    public static Recurring startLater(
            Clock clock, String name, Duration pause, Predicate<RuntimeException> passes, Task task) {
        return new Recurring(clock, name, pause, passes, clock.mailbox(), paced(pause, task), pause, false);
    }

    /// The same on a thread that is never held up by the many.
    public static Recurring startLasting(
            Clock clock, String name, Duration pause, Predicate<RuntimeException> passes, Task task) {
        return new Recurring(clock, name, pause, passes, clock.mailbox(), paced(pause, task), Duration.ZERO, true);
    }

    /// The same with pauses of its own, and woken by whatever is put into a mailbox that others know too.
    ///
    /// @param pause after a round that failed
    public static Recurring startPaced(
            Clock clock,
            String name,
            Duration pause,
            Predicate<RuntimeException> passes,
            Mailbox<Boolean> wake,
            Paced task) {
        return new Recurring(clock, name, pause, passes, wake, task, Duration.ZERO, true);
    }

    private static Paced paced(Duration pause, Task task) {
        return () -> task.run() ? Duration.ZERO : pause;
    }

    /// Ends the pause: the next round starts now. Several calls during one round cause one more round.
    public void wake() {
        if (wake.isEmpty()) {
            wake.put(true);
        }
    }

    private void repeat() {
        try {
            if (first.isPositive()) {
                clock.pause(wake, first);
            }
            while (!closed) {
                var left = round();
                if (left.isPositive() && !closed) {
                    clock.pause(wake, left);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} has ended.", name);
        }
    }

    private Duration round() throws InterruptedException {
        try {
            return task.run();
        } catch (RuntimeException | Error e) {
            // What it needed may be closed already.
            if (closed || e instanceof RuntimeException passing && passes.test(passing)) {
                LOG.debug("{} is waiting: {}.", name, e.getMessage());
            } else {
                LOG.error("{} failed. Retrying in {} ms.", name, pause.toMillis(), e);
            }
            return pause;
        }
    }

    /// No further rounds; one in progress is interrupted, without waiting for it to end.
    public void stop() {
        closed = true;
        thread.interrupt();
    }

    /// No further rounds; one in progress is interrupted, and its end awaited for at most 2 s.
    @Override
    public void close() throws InterruptedException {
        stop();
        thread.join(END);
    }
}
