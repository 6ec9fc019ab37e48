package dev.wheelhouse.budgets;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant's budgets, and their counters as people look at them. What runs spend is written by [BudgetStore].
@TenantRepository
interface BudgetRepository extends GenericRepository<Budget, UUID> {

    /// How many a tenant may have.
    int MOST = 100;

    /// One of a budget's counters in this period; `whose` is null where nothing was spent yet.
    @Introspected
    record Counter(
            UUID budget,
            @Nullable String whose,
            long spent,
            long reserved,
            @Nullable Instant ends) {}

    List<Budget> listOrderById();

    long count();

    /// At most 20 of each budget, the most used first.
    @Query("""
            SELECT b.id AS budget, budget_ends(b.period) AS ends, s.subject AS whose, coalesce(s.spent, 0) AS spent,
              coalesce(s.reserved, 0) AS reserved
            FROM budgets b LEFT JOIN LATERAL (
              SELECT subject, spent, reserved FROM spending s
              WHERE s.tenant = b.tenant AND s.budget = b.id AND s.since = budget_since(b.period)
              ORDER BY s.spent + s.reserved DESC, subject LIMIT 20) s ON true
            WHERE b.tenant = :tenant ORDER BY b.id, s.spent + s.reserved DESC, s.subject""")
    List<Counter> counters();

    /// Adds nothing where there is one of this scope, subject, unit and period, or the tenant has the most already.
    @Query("""
            INSERT INTO budgets (tenant, id, scope, subject, unit, period, cap, note, created_by)
            SELECT :tenant, :id, :scope, :subject, :unit, :period, :cap, :note, :createdBy
            WHERE (SELECT count(*) FROM budgets WHERE tenant = :tenant) < """ + MOST + " ON CONFLICT DO NOTHING")
    void add(Budget budget);

    boolean existsById(UUID id);

    @Query("SELECT * FROM budgets WHERE tenant = :tenant AND id = :id FOR UPDATE")
    Optional<Budget> lock(UUID id);

    /// Null leaves as it is.
    @Query("""
            UPDATE budgets SET cap = coalesce(:cap, cap), note = coalesce(:note, note)
            WHERE tenant = :tenant AND id = :id""")
    int change(UUID id, @Nullable Long cap, @Nullable String note);

    long deleteById(UUID id);
}
