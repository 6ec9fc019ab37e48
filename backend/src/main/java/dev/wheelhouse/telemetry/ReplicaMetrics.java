package dev.wheelhouse.telemetry;

import dev.wheelhouse.runs.Runs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.inject.Provider;

/// Shows how much this replica carries, for whoever adds replicas by it.
@Context
final class ReplicaMetrics {

    /// Runs are asked for at the first look: they must not begin before the rest is there.
    ReplicaMetrics(MeterRegistry meters, Provider<Runs> runs) {
        Gauge.builder("wheelhouse.runs.at.once", () -> runs.get().atOnce()).register(meters);
    }
}
