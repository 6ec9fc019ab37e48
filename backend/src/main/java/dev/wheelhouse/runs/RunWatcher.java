package dev.wheelhouse.runs;

/// Sees a run as it goes on. Called in order, from one thread at a time, never concurrently; must not block.
public interface RunWatcher {

    /// Somebody's look at a run. Closing it ends the look, never the run.
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /// A committed event; `seq` rises by one from call to call.
    void event(RunEvent event);

    /// Live only, never stored: text of a step as it comes. `offset` counts the characters shown before.
    void delta(int step, int offset, String text);

    /// Live only: the text of a step that was shown so far does not count, and it is told from its beginning. Whoever
    /// cannot take text back has to say that it does not count.
    default void reset(int step) {}

    /// Live only: a step has begun; `step` is JSON text in the shape of a step.
    void running(String step);

    /// The last event has been given; nothing follows.
    void ended();
}
