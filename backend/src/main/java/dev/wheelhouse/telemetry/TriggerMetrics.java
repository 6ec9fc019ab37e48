package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.triggers.Firing;
import dev.wheelhouse.triggers.Source;
import dev.wheelhouse.triggers.TriggerListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/// What triggers start and what not, and how late schedules are.
@Singleton
final class TriggerMetrics implements TriggerListener {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1)
    };

    private final MeterRegistry meters;

    TriggerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void fired(TenantId tenant, Source.Kind kind, Firing.State state, Duration late) {
        meters.counter(
                        "wheelhouse.triggers.fired",
                        "tenant",
                        tenant.name(),
                        "source",
                        kind.word(),
                        "state",
                        state.word())
                .increment();
        if (kind == Source.Kind.SCHEDULE && state == Firing.State.STARTED) {
            Timer.builder("wheelhouse.triggers.late")
                    .tags("tenant", tenant.name())
                    .serviceLevelObjectives(BOUNDS)
                    .register(meters)
                    .record(late);
        }
    }

    @Override
    public void missed(TenantId tenant, int slots) {
        meters.counter("wheelhouse.triggers.missed", "tenant", tenant.name()).increment(slots);
    }

    /// Whoever is not verified has no tenant.
    @Override
    public void refused() {
        meters.counter("wheelhouse.hooks.refused").increment();
    }
}
