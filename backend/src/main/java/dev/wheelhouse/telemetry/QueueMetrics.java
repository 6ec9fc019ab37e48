package dev.wheelhouse.telemetry;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.knowledge.Knowledge;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.WaitingReason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// What waits, over all replicas and tenants: read every 15 s by each replica, for it belongs to none.
@Context
final class QueueMetrics implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Map<WaitingReason, AtomicLong> waiting = new EnumMap<>(WaitingReason.class);
    private final Provider<Runs> runs;
    private final Provider<Knowledge> knowledge;
    private final Recurring reading;
    private volatile double oldest;
    private volatile double oldestDocument;

    QueueMetrics(MeterRegistry meters, Provider<Runs> runs, Provider<Knowledge> knowledge, Clock clock) {
        this.runs = runs;
        this.knowledge = knowledge;
        Gauge.builder("wheelhouse.runs.oldest.due", () -> oldest)
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("wheelhouse.documents.oldest.unfinished", () -> oldestDocument)
                .baseUnit("seconds")
                .register(meters);
        for (var why : WaitingReason.values()) {
            var count = new AtomicLong();
            waiting.put(why, count);
            Gauge.builder("wheelhouse.runs.waiting", count, AtomicLong::doubleValue)
                    .tag("why", why.word())
                    .register(meters);
        }
        reading = Recurring.start(clock, "read-queue", PAUSE, DatabaseException::isAway, this::read);
    }

    private boolean read() {
        var queue = runs.get().queue();
        oldest = queue.oldestDueSeconds();
        oldestDocument = knowledge.get().oldestUnfinishedSeconds();
        waiting.forEach((why, count) -> count.set(queue.waiting().getOrDefault(why, 0L)));
        return false;
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        reading.close();
    }
}
