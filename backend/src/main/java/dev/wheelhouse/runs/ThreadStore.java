package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Threads and their turns, as the tenant that asks.
@Singleton
final class ThreadStore {

    private static final String THREAD = """
            SELECT t.*, l.id AS last_run, l.state AS last_state FROM threads t LEFT JOIN LATERAL (
              SELECT id, state FROM runs r
              WHERE r.tenant = t.tenant AND (r.id = t.id OR (r.thread = t.id AND r.thread <> r.id))
              ORDER BY id DESC LIMIT 1) l ON true
            """;

    private final Database database;

    ThreadStore(Database database) {
        this.database = database;
    }

    Optional<Conversation> find(TenantId tenant, UUID thread) {
        return database.of(tenant)
                .one(THREAD + "WHERE t.tenant = ? AND t.id = ?", ThreadStore::thread, tenant.name(), thread);
    }

    Page<Conversation> list(TenantId tenant, @Nullable Instant before, @Nullable UUID beforeId, int limit) {
        var rows = database.of(tenant)
                .rows(THREAD + """
                WHERE t.tenant = ? AND (?::timestamptz IS NULL OR (t.updated_at, t.id) < (?::timestamptz, ?::uuid))
                ORDER BY t.updated_at DESC, t.id DESC LIMIT ?""", ThreadStore::thread, tenant.name(), before, before, beforeId, limit + 1);
        return Page.of(rows, limit, thread -> thread.updatedAt() + "_" + thread.id());
    }

    /// The new thread's id, or that of the one which this idempotency key made before.
    UUID open(TenantId tenant, UUID id, String title, @Nullable String agent, @Nullable String idempotencyKey) {
        return database.of(tenant)
                .one(
                        """
                WITH made AS (
                  INSERT INTO threads (tenant, id, title, agent, idempotency_key) VALUES (?, ?, ?, ?, ?)
                  ON CONFLICT DO NOTHING RETURNING id)
                SELECT id FROM made UNION ALL SELECT id FROM threads WHERE tenant = ? AND idempotency_key = ? LIMIT 1""",
                        row -> row.getObject("id", UUID.class),
                        tenant.name(),
                        id,
                        title,
                        agent,
                        idempotencyKey,
                        tenant.name(),
                        idempotencyKey)
                .orElseThrow();
    }

    List<Conversation.Turn> turns(TenantId tenant, UUID thread, @Nullable UUID before) {
        return database.of(tenant).rows("""
                SELECT r.id, r.created_at, r.ended_at,
                  (SELECT data FROM events WHERE tenant = r.tenant AND run = r.id AND seq = 1) AS created,
                  (SELECT data FROM events WHERE tenant = r.tenant AND run = r.id AND seq = r.seq
                    AND type = 'run.succeeded') AS succeeded
                FROM runs r
                WHERE tenant = ? AND (id = ? OR (thread = ? AND thread <> id)) AND (?::uuid IS NULL OR id < ?::uuid)
                ORDER BY id""", ThreadStore::turn, tenant.name(), thread, thread, before, before);
    }

    private static Conversation.Turn turn(ResultSet row) throws SQLException {
        String succeeded = row.getString("succeeded");
        return new Conversation.Turn(
                new RunId(row.getObject("id", UUID.class)),
                Json.read(row.getString("created")).path("input").toString(),
                succeeded == null ? null : Json.read(succeeded).path("output").asText(),
                RunStore.instant(row, "created_at"),
                RunStore.instantOrNull(row, "ended_at"));
    }

    private static Conversation thread(ResultSet row) throws SQLException {
        UUID run = row.getObject("last_run", UUID.class);
        return new Conversation(
                row.getObject("id", UUID.class),
                new TenantId(row.getString("tenant")),
                row.getString("title"),
                row.getString("agent"),
                RunStore.instant(row, "created_at"),
                RunStore.instant(row, "updated_at"),
                run == null ? null : new RunId(run),
                run == null ? null : RunState.of(row.getString("last_state")));
    }
}
