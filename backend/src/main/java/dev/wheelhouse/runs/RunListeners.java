package dev.wheelhouse.runs;

import java.time.Duration;
import java.util.List;

/// Tells every listener.
record RunListeners(List<RunListener> all) implements RunListener {

    @Override
    public void started(Run run) {
        all.forEach(listener -> listener.started(run));
    }

    @Override
    public void stepEnded(Run run, Step step, Duration took) {
        all.forEach(listener -> listener.stepEnded(run, step, took));
    }

    @Override
    public void ended(Run run, RunState state, Duration age) {
        all.forEach(listener -> listener.ended(run, state, age));
    }

    @Override
    public void questionOpened(Run run, String kind) {
        all.forEach(listener -> listener.questionOpened(run, kind));
    }

    @Override
    public void questionExpired(Run run, String kind, Duration age) {
        all.forEach(listener -> listener.questionExpired(run, kind, age));
    }

    @Override
    public void takenOver(Run run) {
        all.forEach(listener -> listener.takenOver(run));
    }

    @Override
    public void staleWriteRejected(RunId run) {
        all.forEach(listener -> listener.staleWriteRejected(run));
    }
}
