package dev.wheelhouse.models;

import java.time.Duration;

/// Told of every call, for metrics and logs. Called on the thread of the call: quick, never throwing.
public interface ModelListener {

    /// `toFirstDelta` equals `took` where the answer had no text.
    default void called(ModelCall call, ModelReply reply, Duration took, Duration toFirstDelta) {}

    /// One try failed; another may follow.
    default void failed(ModelCall call, String provider, String name, String code, Duration took) {}
}
