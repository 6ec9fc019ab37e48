package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads questions as the engine offers them, and keeps which of them were announced.
@Singleton
final class ApprovalStore {

    private static final String APPROVAL = "SELECT * FROM run_questions WHERE tenant = ? AND ";

    /// Takes questions whose announcement is due, for a minute: if a replica dies with them, others take them. Of two
    /// replicas that see the same question the second one finds it taken. Looks up one row for each open question,
    // however
    /// many were announced before.
    private static final String TO_ANNOUNCE = """
            WITH due AS (
              SELECT tenant, id FROM (
                SELECT q.tenant, q.id, coalesce((
                  SELECT CASE WHEN a.notified_at IS NULL THEN a.notify_at ELSE 'infinity' END FROM announcements a
                  WHERE a.tenant = q.tenant AND a.question = q.id), q.created_at) AS at
                FROM run_questions q WHERE q.state = 'open' AND q.created_at > now() - interval '1 day') q
              WHERE at <= now() ORDER BY at LIMIT ?
            ), taken AS (
              INSERT INTO announcements AS a (tenant, question, tries, notify_at)
              SELECT tenant, id, 1, now() + interval '1 minute' FROM due ORDER BY tenant, id
              ON CONFLICT (tenant, question) DO UPDATE SET tries = a.tries + 1, notify_at = excluded.notify_at
                WHERE a.notified_at IS NULL AND a.notify_at <= now()
              RETURNING tenant, question
            )
            SELECT q.* FROM taken t JOIN run_questions q ON q.tenant = t.tenant AND q.id = t.question""";

    private final Database database;

    ApprovalStore(Database database) {
        this.database = database;
    }

    /// Of all tenants that have open questions, how many.
    Map<TenantId, Long> open() {
        var counts = new HashMap<TenantId, Long>();
        database.engine()
                .rows(
                        "SELECT tenant, count(*) AS open FROM run_questions WHERE state = 'open' GROUP BY tenant",
                        row -> counts.put(new TenantId(row.getString("tenant")), row.getLong("open")));
        return counts;
    }

    Optional<Approval> find(TenantId tenant, UUID approval) {
        return database.of(tenant).one(APPROVAL + "id = ?", ApprovalStore::approval, tenant.name(), approval);
    }

    Optional<Approval> successor(TenantId tenant, UUID approval) {
        return database.of(tenant).one(APPROVAL + "replaces = ?", ApprovalStore::approval, tenant.name(), approval);
    }

    Page<Approval> list(TenantId tenant, @Nullable String state, @Nullable UUID run, @Nullable UUID before, int limit) {
        var where = new StringBuilder("id < ?");
        var arguments = new ArrayList<Object>(List.of(tenant.name(), Page.before(before)));
        if (state != null) {
            where.append(" AND state = ?::approval_state");
            arguments.add(state);
        }
        if (run != null) {
            where.append(" AND run = ?");
            arguments.add(run);
        }
        arguments.add(limit + 1);
        String sql = APPROVAL + where + " ORDER BY id DESC LIMIT ?";
        var rows = database.of(tenant).rows(sql, ApprovalStore::approval, arguments.toArray());
        return Page.of(rows, limit, approval -> approval.id().toString());
    }

    List<Approval> toAnnounce(int most) {
        return database.engine().rows(TO_ANNOUNCE, ApprovalStore::approval, most);
    }

    void announced(TenantId tenant, UUID approval) {
        database.engine()
                .update(
                        "UPDATE announcements SET notified_at = now() WHERE tenant = ? AND question = ?",
                        tenant.name(),
                        approval);
    }

    /// Puts off the next try: by the pause, doubled with each try, up to an hour.
    void notAnnounced(TenantId tenant, UUID approval, long pauseMillis) {
        database.engine().update("""
                UPDATE announcements
                SET notify_at = now() + least(? * power(2, least(tries, 20) - 1), 3600000) * interval '1 ms'
                WHERE tenant = ? AND question = ?""", pauseMillis, tenant.name(), approval);
    }

    private static Approval approval(ResultSet row) throws SQLException {
        return new Approval(
                new TenantId(row.getString("tenant")),
                row.getObject("id", UUID.class),
                row.getObject("run", UUID.class),
                row.getObject("thread", UUID.class),
                row.getString("agent"),
                row.getInt("step"),
                row.getString("kind"),
                row.getString("state"),
                Json.read(row.getString("question")),
                row.getString("hash"),
                row.getString("requester"),
                row.getObject("key_id", UUID.class),
                row.getBoolean("not_requester"),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "expires_at"),
                json(row, "otherwise"),
                json(row, "answer"),
                row.getString("decided_by"),
                Sql.instantOrNull(row, "decided_at"),
                row.getObject("replaces", UUID.class));
    }

    private static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Json.read(text);
    }
}
