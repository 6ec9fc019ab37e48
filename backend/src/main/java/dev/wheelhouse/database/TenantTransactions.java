package dev.wheelhouse.database;

import dev.wheelhouse.base.TenantId;
import io.micronaut.context.BeanProvider;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Transactions of one tenant: the only place that says to Postgres whose rows the repositories may see.
///
/// The tenant is set for the transaction, not for the connection: it is gone with the commit, so that the pool never
/// hands out a connection that still belongs to somebody, also behind a pooler that shares connections.
@Singleton
final class TenantTransactions {

    private final BeanProvider<TransactionOperations<Connection>> transactions;
    private final BeanProvider<TransactionOperations<Connection>> ofEngine;

    TenantTransactions(
            @Named(DescribePools.APP) BeanProvider<TransactionOperations<Connection>> transactions,
            @Named(DescribePools.ENGINE) BeanProvider<TransactionOperations<Connection>> ofEngine) {
        this.transactions = transactions;
        this.ofEngine = ofEngine;
    }

    /// Runs the work in one transaction of the engine's role, which needs no tenant; again where Postgres rolled it
    /// back because of others' timing.
    <T extends @Nullable Object> T runAsEngine(Supplier<T> work) {
        return Retry.whereHarmless(DatabaseException::isRolledBack, () -> {
            try {
                return ofEngine.get().executeWrite(transaction -> work.get());
            } catch (RuntimeException e) {
                throw DatabaseException.orSame(e);
            }
        });
    }

    /// Runs the work in one transaction, and again where Postgres rolled it back because of others' timing, or where
    /// the connection was broken before it was used, as all of a pool are when Postgres has been started again.
    <T extends @Nullable Object> T run(TenantId tenant, Supplier<T> work) {
        if (CurrentTenant.isInside(tenant)) {
            // Part of the transaction that is under way: that one is run again as a whole, or not at all.
            return work.get();
        }
        var isUsed = new AtomicBoolean();
        return Retry.whereHarmless(
                e -> e.isRolledBack() || e.hasLostConnection() && !isUsed.get(), () -> runOnce(tenant, work, isUsed));
    }

    private <T extends @Nullable Object> T runOnce(TenantId tenant, Supplier<T> work, AtomicBoolean isUsed) {
        try {
            return transactions.get().executeWrite(transaction -> {
                setTenant(transaction.getConnection(), tenant);
                isUsed.set(true);
                return CurrentTenant.during(tenant, work);
            });
        } catch (RuntimeException e) {
            throw DatabaseException.orSame(e);
        }
    }

    private static void setTenant(Connection connection, TenantId tenant) {
        try (var statement = connection.prepareStatement("SELECT set_config('app.tenant', ?, true)")) {
            statement.setString(1, tenant.name());
            statement.execute();
        } catch (SQLException e) {
            // Left alone it would come out of the transaction as a checked exception that nobody expects.
            throw new DatabaseException(e);
        }
    }
}
