package dev.wheelhouse.telemetry;

import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelListener;
import dev.wheelhouse.models.ModelReply;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.IntStream;

/// Times model calls and counts their tokens, by tenant, provider and model. Timer names and buckets follow
/// OpenTelemetry's conventions for GenAI clients; tokens keep our own names until the conventions are stable.
@Singleton
final class ModelMetrics implements ModelListener {

    private static final String ERROR = "error.type";

    /// As the GenAI conventions have them: 10 ms, doubling up to 82 s.
    private static final Duration[] BOUNDS =
            IntStream.range(0, 14).mapToObj(n -> Duration.ofMillis(10L << n)).toArray(Duration[]::new);

    private final MeterRegistry meters;

    ModelMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void called(ModelCall call, ModelReply reply, Duration took, Duration toFirstDelta) {
        var who = who(call, reply.provider(), reply.name()).and("alias", reply.alias());
        timer("gen_ai.client.operation.duration", who.and(ERROR, "")).record(took);
        timer("gen_ai.client.operation.time_to_first_chunk", who).record(toFirstDelta);
        tokens("input", reply.use().input() - reply.use().cached(), who);
        tokens("cached", reply.use().cached(), who);
        tokens("output", reply.use().output(), who);
    }

    private void tokens(String kind, long count, Tags who) {
        meters.counter("wheelhouse.models.tokens", who.and("kind", kind)).increment(count);
    }

    @Override
    public void failed(ModelCall call, String provider, String name, String code, Duration took) {
        var who = who(call, provider, name);
        meters.counter("wheelhouse.models.tries.failed", who.and("code", code)).increment();
        timer("gen_ai.client.operation.duration", who.and("alias", call.alias(), ERROR, code))
                .record(took);
    }

    private static Tags who(ModelCall call, String provider, String name) {
        return Tags.of(
                "tenant",
                call.tenant().name(),
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                provider,
                "gen_ai.request.model",
                name);
    }

    private Timer timer(String name, Tags tags) {
        return Timer.builder(name).tags(tags).serviceLevelObjectives(BOUNDS).register(meters);
    }
}
