package dev.wheelhouse.telemetry;

import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelListener;
import dev.wheelhouse.models.ModelReply;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Counts model calls and their tokens, by what was asked and who answered.
@Singleton
final class ModelMetrics implements ModelListener {

    private final MeterRegistry meters;

    ModelMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void called(ModelCall call, ModelReply reply, Duration took, Duration toFirstDelta) {
        String[] who = {
            "tenant", call.tenant().name(), "alias", reply.alias(), "provider", reply.provider(), "model", reply.name()
        };
        meters.timer("model.call.duration", who).record(took);
        meters.timer("model.time.to.first.delta", who).record(toFirstDelta);
        tokens("input", reply.use().input() - reply.use().cached(), who);
        tokens("cached", reply.use().cached(), who);
        tokens("output", reply.use().output(), who);
    }

    private void tokens(String kind, long count, String[] who) {
        meters.counter(
                        "model.tokens",
                        io.micrometer.core.instrument.Tags.of(who).and("kind", kind))
                .increment(count);
    }

    @Override
    public void failed(ModelCall call, String provider, String name, String code, Duration took) {
        meters.counter(
                        "model.tries.failed",
                        "tenant",
                        call.tenant().name(),
                        "provider",
                        provider,
                        "model",
                        name,
                        "code",
                        code)
                .increment();
    }
}
