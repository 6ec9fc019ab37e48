package dev.wheelhouse.approvals;

import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads questions as the engine offers them, and keeps which of them were announced.
@Singleton
final class ApprovalStore {

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
            SELECT tenant, question FROM taken""";

    private record Taken(TenantId tenant, UUID question) {}

    private final Database database;
    private final ApprovalRepository approvals;

    ApprovalStore(Database database, ApprovalRepository approvals) {
        this.database = database;
        this.approvals = approvals;
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
        return database.as(tenant, () -> approvals.findById(approval));
    }

    Optional<Approval> successor(TenantId tenant, UUID approval) {
        return database.as(tenant, () -> approvals.findByReplaces(approval));
    }

    Page<Approval> list(TenantId tenant, @Nullable String state, @Nullable UUID run, @Nullable UUID before, int limit) {
        var rows = database.as(tenant, () -> list(state, run, Page.before(before), limit + 1));
        return Page.of(rows, limit, approval -> approval.id().toString());
    }

    private List<Approval> list(@Nullable String state, @Nullable UUID run, UUID before, int most) {
        if (run != null) {
            return approvals.listByRun(before, run, state, most);
        }
        return switch (state) {
            case null -> approvals.list(before, most);
            case "open" -> approvals.listOpen(before, most);
            default -> approvals.listByState(before, state, most);
        };
    }

    List<Approval> toAnnounce(int most) {
        return database
                .engine()
                .rows(
                        TO_ANNOUNCE,
                        row -> new Taken(new TenantId(row.getString("tenant")), row.getObject("question", UUID.class)),
                        most)
                .stream()
                .flatMap(taken -> find(taken.tenant(), taken.question()).stream())
                .toList();
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
}
