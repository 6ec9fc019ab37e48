package dev.wheelhouse.telemetry;

import dev.wheelhouse.runs.Runs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.inject.Provider;

/// Shows the load of this replica, for autoscalers.
@Context
final class ReplicaMetrics {

    /// Runs are looked up lazily: the engine must not start before everything else is ready.
    ReplicaMetrics(MeterRegistry meters, Provider<Runs> runs) {
        Gauge.builder("wheelhouse.runs.at.once", () -> runs.get().atOnce()).register(meters);
    }
}
