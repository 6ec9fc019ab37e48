package dev.wheelhouse.budgets;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.DatabaseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The budgets of all tenants, at most a second old.
final class KnownBudgets {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private record Known(Map<TenantId, List<Budget>> byTenant, long at) {
        boolean isFresh() {
            return System.nanoTime() - at < FRESH;
        }
    }

    private final BudgetStore store;
    private final List<BudgetListener> listeners;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Known known;

    KnownBudgets(BudgetStore store, List<BudgetListener> listeners) {
        this.store = store;
        this.listeners = listeners;
    }

    /// Asks Postgres at most once a second for all tenants together.
    Map<TenantId, List<Budget>> byTenant() {
        var now = known;
        if (now != null && now.isFresh()) {
            return now.byTenant();
        }
        refreshing.lock();
        try {
            var meanwhile = known;
            if (meanwhile == null || !meanwhile.isFresh()) {
                meanwhile = read(meanwhile);
                known = meanwhile;
            }
            return meanwhile.byTenant();
        } finally {
            refreshing.unlock();
        }
    }

    /// While Postgres is away, what was known goes on to bind: without it nothing can be reserved or committed anyway.
    private Known read(@Nullable Known before) {
        long asked = System.nanoTime();
        try {
            var all = store.all();
            listeners.forEach(listener -> listener.known(all));
            return new Known(all.stream().collect(Collectors.groupingBy(Budget::tenant)), asked);
        } catch (DatabaseException | Problem e) {
            if (before == null) {
                throw e;
            }
            return new Known(before.byTenant(), System.nanoTime());
        }
    }

    /// What is known of the budgets is read again when it is next needed.
    void lookAgain() {
        var before = known;
        known = before == null ? null : new Known(before.byTenant(), System.nanoTime() - FRESH);
    }
}
