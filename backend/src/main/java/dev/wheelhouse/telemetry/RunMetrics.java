package dev.wheelhouse.telemetry;

import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunListener;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// Counts runs and steps and times them.
@Singleton
final class RunMetrics implements RunListener {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10)
    };

    private final Meters meters;
    private final TenantLabels tenants;

    RunMetrics(MeterRegistry registry, TenantLabels tenants) {
        this.tenants = tenants;
        meters = new Meters(registry, BOUNDS);
        meters.counter("wheelhouse.runs.stale.writes.rejected");
    }

    /// The ends of an agent's runs are there from its first run on, at 0: of a series that is born with 1 nobody sees
    /// an increase.
    @Override
    public void started(Run run) {
        for (var state : List.of(RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED)) {
            ended(run, state);
        }
        meters.counter("wheelhouse.runs.taken.over", "tenant", tenant(run));
        meters.counter(
                        "wheelhouse.runs.started",
                        "tenant",
                        tenant(run),
                        "agent",
                        run.program().name())
                .increment();
    }

    @Override
    public void stepEnded(Run run, Step step, Duration took) {
        String state = step.outcome().hasFailed() ? "failed" : "succeeded";
        meters.counter(
                        "wheelhouse.steps.ended",
                        "tenant",
                        tenant(run),
                        "kind",
                        step.kind(),
                        "name",
                        step.name(),
                        "state",
                        state)
                .increment();
        var timer = meters.timer("wheelhouse.steps.duration", "tenant", tenant(run), "kind", step.kind());
        CurrentTrace.during(run.id(), () -> timer.record(took));
    }

    @Override
    public void ended(Run run, RunState state, Duration age) {
        ended(run, state).increment();
        var timer = meters.timer("wheelhouse.runs.duration", "tenant", tenant(run), "state", state.word());
        CurrentTrace.during(run.id(), () -> timer.record(age));
    }

    private Counter ended(Run run, RunState state) {
        return meters.counter(
                "wheelhouse.runs.ended",
                "tenant",
                tenant(run),
                "agent",
                run.program().name(),
                "state",
                state.word());
    }

    @Override
    public void takenOver(Run run) {
        meters.counter("wheelhouse.runs.taken.over", "tenant", tenant(run)).increment();
    }

    /// Another replica owns the run by now, so only its id is known here.
    @Override
    public void staleWriteRejected(RunId run) {
        meters.counter("wheelhouse.runs.stale.writes.rejected").increment();
    }

    private String tenant(Run run) {
        return tenants.of(run.tenant());
    }
}
