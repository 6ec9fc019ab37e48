package dev.wheelhouse.models;

/// Sees an answer while it is written. Called on the thread of the call.
@FunctionalInterface
public interface ModelWatcher {

    /// The next piece of text, never empty.
    void delta(String text);

    /// What was shown does not count: the answer begins anew.
    default void reset() {}
}
