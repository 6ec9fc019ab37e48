package dev.wheelhouse.runs;

import java.time.Duration;

/// Told what the engine does, for metrics and logs. Called on the engine's threads: quick, never throwing.
public interface RunListener {

    default void started(Run run) {}

    default void stepEnded(Run run, Step step, Duration took) {}

    /// `state` is succeeded, failed or cancelled.
    default void ended(Run run, RunState state, Duration age) {}

    /// A run waits for an answer; `kind` is the question's.
    default void questionOpened(Run run, String kind) {}

    /// Nobody answered in time, so the default counts. Noticed when the run next looks.
    default void questionExpired(Run run, String kind, Duration age) {}

    /// This replica carries on a run that another had begun.
    default void takenOver(Run run) {}

    /// A write came from an owner of the past and was refused.
    default void staleWriteRejected(RunId run) {}
}
