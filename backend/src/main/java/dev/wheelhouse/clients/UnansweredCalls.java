package dev.wheelhouse.clients;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Calls of clients that were left without an answer, by a hash of who asked for what. They are remembered for
/// [#REMEMBERED], by all replicas.
@Singleton
public final class UnansweredCalls {

    public static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Database database;
    private final UnansweredCallRepository calls;
    private final AllUnansweredCallsRepository all;

    UnansweredCalls(Database database, UnansweredCallRepository calls, AllUnansweredCallsRepository all) {
        this.database = database;
        this.calls = calls;
        this.all = all;
    }

    /// Whether any tenant has any.
    public boolean isAny() {
        return database.asEngine(all::isAny);
    }

    public boolean has(TenantId tenant, String call) {
        return database.as(tenant, () -> calls.has(call));
    }

    /// For so long, [#REMEMBERED] at most.
    public void add(TenantId tenant, String call, Duration time) {
        database.as(tenant, () -> calls.add(call, REMEMBERED.minus(time).toMillis()));
    }

    public void remove(TenantId tenant, String call) {
        database.as(tenant, () -> calls.deleteByCall(call));
    }
}
