package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.embeddings.Embeddings;
import dev.wheelhouse.ingestion.IngestionListener;
import dev.wheelhouse.knowledge.KnowledgeListener;
import dev.wheelhouse.parsing.Reason;
import dev.wheelhouse.vectors.Vicinity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What becomes of documents, and how long searches take: never what is in them, nor what was looked for.
@Singleton
final class KnowledgeMetrics implements IngestionListener, KnowledgeListener {

    private static final Duration[] OF_STAGES = {
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2)
    };

    private static final Duration[] OF_SEARCHES = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(14),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1)
    };

    private final MeterRegistry meters;

    KnowledgeMetrics(MeterRegistry meters, Provider<Vicinity> vicinity, Provider<Embeddings> embeddings) {
        this.meters = meters;
        Gauge.builder("wheelhouse.vectors.codes", () -> vicinity.get().bytes())
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("wheelhouse.embeddings.away", () -> away(embeddings.get()))
                .register(meters);
    }

    private static long away(Embeddings embeddings) {
        return embeddings.standings().stream()
                .filter(model -> model.trouble() != null)
                .count();
    }

    @Override
    public void ended(TenantId tenant, Document.State state, @Nullable Reason reason) {
        meters.counter(
                        "wheelhouse.documents.ended",
                        "tenant",
                        tenant.name(),
                        "state",
                        state.word(),
                        "reason",
                        reason == null ? "" : reason.code())
                .increment();
    }

    @Override
    public void staged(TenantId tenant, Document.Stage stage, Duration took) {
        Timer.builder("wheelhouse.documents.stage")
                .tags("tenant", tenant.name(), "stage", stage.word())
                .serviceLevelObjectives(OF_STAGES)
                .register(meters)
                .record(took);
    }

    @Override
    public void embedded(TenantId tenant, long tokens) {
        meters.counter("wheelhouse.embeddings.tokens", "tenant", tenant.name()).increment(tokens);
    }

    @Override
    public void searched(TenantId tenant, Part part, Duration took) {
        Timer.builder("wheelhouse.knowledge.search")
                .tags("tenant", tenant.name(), "part", part.word())
                .serviceLevelObjectives(OF_SEARCHES)
                .register(meters)
                .record(took);
    }

    @Override
    public void foundNothing(TenantId tenant) {
        meters.counter("wheelhouse.knowledge.empty", "tenant", tenant.name()).increment();
    }
}
