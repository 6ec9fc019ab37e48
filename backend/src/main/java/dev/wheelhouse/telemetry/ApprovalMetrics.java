package dev.wheelhouse.telemetry;

import dev.wheelhouse.approvals.ApprovalListener;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How many approvals are open, how long they were open, and how they ended.
@Singleton
final class ApprovalMetrics implements ApprovalListener, RunListener {

    /// People take minutes to days.
    private static final Duration[] BOUNDS = {
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofHours(8),
        Duration.ofDays(1),
        Duration.ofDays(7)
    };

    private final MeterRegistry meters;
    private final TenantLabels tenants;
    private final Map<String, AtomicLong> open = new ConcurrentHashMap<>();
    private volatile double oldest;

    ApprovalMetrics(MeterRegistry meters, TenantLabels tenants) {
        this.meters = meters;
        this.tenants = tenants;
        Gauge.builder("wheelhouse.approvals.oldest", () -> oldest)
                .baseUnit("seconds")
                .register(meters);
        open(Map.of(TenantId.DEFAULT, new Open(0, 0)));
    }

    @Override
    public void questionOpened(Run run, String kind) {
        opened(run.tenant(), kind);
    }

    @Override
    public void questionExpired(Run run, String kind, Duration age) {
        decided(run.tenant(), kind, "expired", age);
    }

    @Override
    public void opened(TenantId tenant, String kind) {
        meters.counter("wheelhouse.approvals.opened", "tenant", tenants.of(tenant), "kind", kind)
                .increment();
    }

    @Override
    public void decided(TenantId tenant, String kind, String outcome, Duration waited) {
        Timer.builder("wheelhouse.approvals.waited")
                .tags("tenant", tenants.of(tenant), "kind", kind, "outcome", outcome)
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(waited);
    }

    /// A tenant with no open approvals left keeps its series, at 0.
    @Override
    public void open(Map<TenantId, Open> counts) {
        oldest = counts.values().stream().mapToDouble(Open::oldestSeconds).max().orElse(0);
        var sums = new HashMap<String, Long>();
        counts.forEach((tenant, now) -> sums.merge(tenants.of(tenant), now.count(), Long::sum));
        sums.keySet().forEach(label -> open.computeIfAbsent(label, this::gauge));
        open.forEach((label, amount) -> amount.set(sums.getOrDefault(label, 0L)));
    }

    private AtomicLong gauge(String label) {
        var amount = new AtomicLong();
        Gauge.builder("wheelhouse.approvals.open", amount, AtomicLong::doubleValue)
                .tag("tenant", label)
                .register(meters);
        return amount;
    }
}
