package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.Trace;
import dev.wheelhouse.runs.RunId;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/// Which run is being measured right now: what is recorded meanwhile may keep it as an example, so that a slow bucket
/// leads to a trace.
final class CurrentTrace implements SpanContext {

    private static final ThreadLocal<@Nullable RunId> RUN = new ThreadLocal<>();

    /// Records something about a run.
    static void during(RunId run, Runnable recording) {
        RUN.set(run);
        try {
            recording.run();
        } finally {
            RUN.remove();
        }
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        var run = RUN.get();
        return run == null ? null : run.toString().replace("-", "");
    }

    /// The run's own span; its steps are found below it.
    @Override
    public @Nullable String getCurrentSpanId() {
        var run = RUN.get();
        return run == null ? null : Trace.hex(run.value().getLeastSignificantBits());
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return RUN.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {}
}
