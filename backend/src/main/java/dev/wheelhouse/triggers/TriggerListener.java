package dev.wheelhouse.triggers;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;

/// Told what fires, for metrics. Quick, never throwing.
public interface TriggerListener {

    /// A firing came to an end: a run was started, or why not is known.
    ///
    /// @param late how long after its time; zero for what has none
    default void fired(TenantId tenant, Source.Kind kind, Firing.State state, Duration late) {}

    /// Slots that were missed and are passed over.
    default void missed(TenantId tenant, int slots) {}

    /// A webhook came that was not verified, or for which there is no trigger.
    default void refused() {}
}
