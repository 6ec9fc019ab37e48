package dev.wheelhouse.runs;

import java.util.Set;
import java.util.function.Consumer;

/// Tells other replicas that there is something to see, and hears them. Nothing depends on a hint: without one the
/// next poll finds the same.
interface Hints extends AutoCloseable {

    /// What another replica said: something is queued, these runs are to be cancelled or paused, or have
    /// news of what they wait for.
    record Heard(boolean queued, Set<RunId> cancelled, Set<RunId> paused, Set<RunId> nudged) {}

    /// How many replicas there were at the last count, at most 5 s ago.
    int replicas();

    void committed(RunId run);

    void queued();

    void cancelled(RunId run);

    void paused(RunId run);

    /// Something has come that the run waits for, beside what it does.
    void nudged(RunId run);

    /// `catchUp` is to be called about every second, heard or not.
    void start(Consumer<Heard> heard, Runnable catchUp);

    @Override
    void close();
}
