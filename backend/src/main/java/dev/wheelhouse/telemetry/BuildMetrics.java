package dev.wheelhouse.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;

/// Which version this replica is, so that a graph can show when it changed.
@Context
final class BuildMetrics {

    BuildMetrics(MeterRegistry meters) {
        String version = BuildMetrics.class.getPackage().getImplementationVersion();
        Gauge.builder("wheelhouse.build.info", () -> 1)
                .tags(
                        "version",
                        version == null ? "development" : version,
                        "java",
                        Runtime.version().toString())
                .register(meters);
    }
}
