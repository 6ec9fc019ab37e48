package dev.wheelhouse.openai;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Calls that were left without an answer, for ten minutes. Own SQL: adding one also forgets what is too old, in one
/// statement, and the look whether there is any goes over all tenants.
@Singleton
final class UnansweredCallStore {

    private static final String IS_FRESH = "at > now() - interval '10 minutes'";

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Database database;

    UnansweredCallStore(Database database) {
        this.database = database;
    }

    /// Whether any tenant has any.
    boolean isAny() {
        return database.engine()
                .one(
                        "SELECT EXISTS (SELECT FROM unanswered_calls WHERE " + IS_FRESH + ") AS any",
                        row -> row.getBoolean("any"))
                .orElse(false);
    }

    boolean has(TenantId tenant, String call) {
        return database.of(tenant)
                .one(
                        "SELECT FROM unanswered_calls WHERE tenant = ? AND call = ? AND " + IS_FRESH,
                        row -> true,
                        tenant.name(),
                        call)
                .isPresent();
    }

    /// For so long, ten minutes at most.
    void add(TenantId tenant, String call, Duration time) {
        String age = REMEMBERED.minus(time).toMillis() + " ms";
        database.of(tenant).update("""
                WITH old AS (
                  DELETE FROM unanswered_calls WHERE tenant = ? AND call <> ? AND NOT %s
                )
                INSERT INTO unanswered_calls (tenant, call, at) VALUES (?, ?, now() - ?::interval)
                ON CONFLICT (tenant, call) DO UPDATE SET at = EXCLUDED.at""".formatted(IS_FRESH), tenant.name(), call, tenant.name(), call, age);
    }

    void remove(TenantId tenant, String call) {
        database.of(tenant).update("DELETE FROM unanswered_calls WHERE tenant = ? AND call = ?", tenant.name(), call);
    }
}
