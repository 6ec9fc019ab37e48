package dev.wheelhouse.telemetry;

import dev.wheelhouse.budgets.Budget;
import dev.wheelhouse.budgets.BudgetListener;
import dev.wheelhouse.budgets.Refusal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// What is left of each budget, as this replica last saw it, and how many calls were refused.
///
/// A budget that applies to each subject of a scope has one series, for the subject that spent last: subjects come from
/// clients, and their number is unbounded.
@Singleton
final class BudgetMetrics implements BudgetListener {

    private record Left(AtomicLong amount, Gauge gauge) {}

    private final MeterRegistry meters;
    private final TenantLabels tenants;
    private final Map<UUID, Left> left = new ConcurrentHashMap<>();

    BudgetMetrics(MeterRegistry meters, TenantLabels tenants) {
        this.meters = meters;
        this.tenants = tenants;
    }

    @Override
    public void stands(Budget budget, String subject, long amount) {
        left.computeIfAbsent(budget.id(), id -> left(budget)).amount().set(Math.max(0, amount));
    }

    private Left left(Budget budget) {
        var amount = new AtomicLong();
        meters.counter("wheelhouse.budgets.refused", tags(budget));
        var gauge = Gauge.builder("wheelhouse.budgets.left", amount, AtomicLong::doubleValue)
                .tags(tags(budget))
                .register(meters);
        return new Left(amount, gauge);
    }

    @Override
    public void refused(Refusal refusal) {
        meters.counter("wheelhouse.budgets.refused", tags(refusal.budget())).increment();
    }

    /// Removes the series of budgets that no longer exist.
    @Override
    public void known(Collection<Budget> budgets) {
        var ids = budgets.stream().map(Budget::id).collect(Collectors.toSet());
        left.entrySet().removeIf(entry -> {
            boolean isGone = !ids.contains(entry.getKey());
            if (isGone) {
                meters.remove(entry.getValue().gauge());
            }
            return isGone;
        });
    }

    private Tags tags(Budget budget) {
        return Tags.of(
                "tenant",
                tenants.of(budget.tenant()),
                "budget",
                budget.id().toString(),
                "scope",
                budget.scope().word(),
                "unit",
                budget.unit().word(),
                "period",
                budget.period().word());
    }
}
