package dev.wheelhouse.runs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/// Deletes the runs of a thread, with those that they have called. What others keep about them goes first: a run
/// that is still there can be deleted again. And once more after, for what was written down meanwhile.
@Singleton
final class ForgetRunsStore {

    private final Database database;
    private final List<Runs.About> others;

    ForgetRunsStore(Database database, List<Runs.About> others) {
        this.database = database;
        this.others = others;
    }

    private record Doomed(UUID run, boolean isEnded) {}

    void ofThread(TenantId tenant, UUID thread) {
        var doomed = doomed(tenant, thread);
        if (!doomed.stream().allMatch(Doomed::isEnded)) {
            throw new Problem(
                    ErrorCode.THREAD_BUSY,
                    "Thread \"%s\" has a run that has not ended".formatted(thread),
                    "Cancel it, then delete the thread");
        }
        var runs = doomed.stream().map(Doomed::run).toList();
        others.forEach(other -> other.forget(tenant, runs));
        database.of(tenant)
                .one("SELECT forget_runs(?, ?) AS gone", row -> row.getLong("gone"), thread, runs.toArray(UUID[]::new));
        others.forEach(other -> other.forget(tenant, runs));
    }

    private List<Doomed> doomed(TenantId tenant, UUID thread) {
        return database.of(tenant)
                .rows(
                        """
                        WITH RECURSIVE own AS (
                          SELECT id, ended_at FROM runs WHERE tenant = ? AND (id = ? OR (thread = ? AND thread <> id))
                          UNION
                          SELECT c.id, c.ended_at FROM own o JOIN runs c ON c.tenant = ? AND c.parent = o.id
                        )
                        SELECT id, ended_at IS NOT NULL AS ended FROM own""",
                        row -> new Doomed(row.getObject("id", UUID.class), row.getBoolean("ended")),
                        tenant.name(),
                        thread,
                        thread,
                        tenant.name());
    }
}
