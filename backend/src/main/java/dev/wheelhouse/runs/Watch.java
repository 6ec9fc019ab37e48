package dev.wheelhouse.runs;

/// Somebody's look at a run. Closing it ends the look, never the run.
@FunctionalInterface
public interface Watch extends AutoCloseable {
    @Override
    void close();
}
