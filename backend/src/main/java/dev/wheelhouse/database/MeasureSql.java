package dev.wheelhouse.database;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.PoolStats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Times statements and transactions by the package whose store they are of, and how long they waited for a connection.
@Singleton
final class MeasureSql {

    private static final Duration[] BOUNDS =
            Stream.of(1, 5, 10, 50, 100, 500, 1_000).map(Duration::ofMillis).toArray(Duration[]::new);

    private static final String ROOT = "dev.wheelhouse.";
    private static final String HERE = "dev.wheelhouse.database.";

    /// More texts than the platform has statements; those that are put together of more parts are not remembered.
    private static final int MOST = 2_000;

    private final MeterRegistry meters;
    private final Map<String, Timer> bySql = new ConcurrentHashMap<>();
    private final ClassValue<Timer> byWork = new ClassValue<>() {
        @Override
        protected Timer computeValue(Class<?> work) {
            return timer(word(work.getName()));
        }
    };

    /// @param meters null where nothing but the database is at work: nobody measures then
    MeasureSql(@Nullable MeterRegistry meters) {
        this.meters = meters == null ? new CompositeMeterRegistry() : meters;
    }

    /// Runs a transaction; `work` is a lambda of the store that wants it.
    <T extends @Nullable Object> T transaction(Object work, Supplier<T> all) {
        long begun = System.nanoTime();
        try {
            return all.get();
        } finally {
            byWork.get(work.getClass()).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    /// Tells how long a statement took. Whose it is, is looked up on the stack once for each text.
    void statement(String sql, long nanos) {
        var timer = bySql.get(sql);
        if (timer == null) {
            timer = timer(whose());
            if (bySql.size() < MOST) {
                bySql.put(sql, timer);
            }
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String whose() {
        return StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> name.startsWith(ROOT) && !name.startsWith(HERE))
                .findFirst()
                .map(MeasureSql::word)
                .orElse("database"));
    }

    /// The package below the root, such as `runs`.
    private static String word(String className) {
        if (!className.startsWith(ROOT)) {
            return "other";
        }
        String rest = className.substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? "other" : rest.substring(0, dot);
    }

    private Timer timer(String store) {
        return Timer.builder("wheelhouse.database.duration")
                .tag("store", store)
                .serviceLevelObjectives(BOUNDS)
                .register(meters);
    }

    /// For a pool: how many connections it has, and how long work waited for one.
    IMetricsTracker tracker(String name, PoolStats stats) {
        connections(name, "busy", stats, PoolStats::getActiveConnections);
        connections(name, "idle", stats, PoolStats::getIdleConnections);
        connections(name, "awaited", stats, PoolStats::getPendingThreads);
        var waits = Timer.builder("wheelhouse.database.wait")
                .tag("pool", name)
                .serviceLevelObjectives(BOUNDS)
                .register(meters);
        return new IMetricsTracker() {
            @Override
            public void recordConnectionAcquiredNanos(long nanos) {
                waits.record(nanos, TimeUnit.NANOSECONDS);
            }
        };
    }

    private void connections(String pool, String state, PoolStats stats, ToDoubleFunction<PoolStats> count) {
        Gauge.builder("wheelhouse.database.connections", stats, count)
                .strongReference(true)
                .tags("pool", pool, "state", state)
                .register(meters);
    }
}
