package dev.wheelhouse.telemetry;

import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelListener;
import dev.wheelhouse.models.ModelReply;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Times model calls and counts their tokens, by tenant, provider and model. Timer names and buckets follow
/// OpenTelemetry's conventions for GenAI clients; tokens keep our own names until the conventions are stable.
@Singleton
final class ModelMetrics implements ModelListener {

    private static final String ERROR = "error.type";

    /// As the GenAI conventions have them: 10 ms, doubling up to 82 s.
    private static final Duration[] BOUNDS =
            IntStream.range(0, 14).mapToObj(n -> Duration.ofMillis(10L << n)).toArray(Duration[]::new);

    private final Meters meters;
    private final TenantLabels tenants;

    ModelMetrics(MeterRegistry registry, TenantLabels tenants) {
        this.tenants = tenants;
        meters = new Meters(registry, BOUNDS);
    }

    @Override
    public void called(ModelCall call, ModelReply reply, Duration took, Duration toFirstDelta) {
        var who = and(who(call, reply.provider(), reply.name()), "alias", reply.alias());
        meters.timer("gen_ai.client.operation.duration", and(who, ERROR, "")).record(took);
        meters.timer("gen_ai.client.operation.time_to_first_chunk", who).record(toFirstDelta);
        tokens("input", reply.use().input() - reply.use().cached(), who);
        tokens("cached", reply.use().cached(), who);
        tokens("output", reply.use().output(), who);
        cost(reply.costMicroUnits(), who);
    }

    private void cost(@Nullable Long microUnits, String... who) {
        var known = meters.counter("wheelhouse.models.cost.micros", who);
        var unknown = meters.counter("wheelhouse.models.cost.unknown", who);
        if (microUnits == null) {
            unknown.increment();
        } else {
            known.increment(microUnits);
        }
    }

    private void tokens(String kind, long count, String... who) {
        meters.counter("wheelhouse.models.tokens", and(who, "kind", kind)).increment(count);
    }

    @Override
    public void failed(ModelCall call, String provider, String name, String code, Duration took) {
        var who = who(call, provider, name);
        meters.counter("wheelhouse.models.tries.failed", and(who, "code", code)).increment();
        meters.timer("gen_ai.client.operation.duration", and(and(who, "alias", call.alias()), ERROR, code))
                .record(took);
    }

    private String[] who(ModelCall call, String provider, String name) {
        return new String[] {
            "tenant",
            tenants.of(call.tenant()),
            "gen_ai.operation.name",
            "chat",
            "gen_ai.provider.name",
            provider,
            "gen_ai.request.model",
            name
        };
    }

    private static String[] and(String[] labels, String name, String value) {
        var more = Arrays.copyOf(labels, labels.length + 2);
        more[labels.length] = name;
        more[labels.length + 1] = value;
        return more;
    }
}
