package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of approvals.
@Singleton
final class ApprovalStore {

    /// Behind the fence of the run's row, as every write of an owner: who lost the run would ask about what another
    /// does.
    private static final String ASK = """
            WITH owned AS MATERIALIZED (
              SELECT tenant, id FROM runs WHERE tenant = ? AND id = ? AND epoch = ? AND ended_at IS NULL FOR NO KEY UPDATE
            ), asked AS (
              SELECT o.tenant, o.id AS run, a.* FROM owned o, unnest(?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::text[]::bool[], ?::bigint[], ?::text[])
                AS a (id, step, round, kind, question, hash, requester, not_requester, ms, otherwise)
            ), made AS (
              INSERT INTO approvals (tenant, id, run, step, round, kind, question, hash, requester, not_requester,
                expires_at, otherwise)
              SELECT tenant, id, run, step, round, kind, question, hash, requester, not_requester,
                now() + ms * interval '1 ms', otherwise FROM asked
              ON CONFLICT DO NOTHING
              RETURNING *
            ), expired AS (
              UPDATE approvals p SET state = 'expired', answer = p.otherwise, decided_at = now()
              FROM asked a WHERE p.tenant = a.tenant AND p.run = a.run AND p.step = a.step AND p.round = a.round
                AND p.state = 'open' AND p.expires_at <= now()
              RETURNING p.*
            ), standing AS (
              SELECT *, 'opened' AS news FROM made UNION ALL SELECT *, 'expired' FROM expired UNION ALL
              SELECT p.*, '' FROM approvals p JOIN asked a
                ON p.tenant = a.tenant AND p.run = a.run AND p.step = a.step AND p.round = a.round
              WHERE p.state <> 'edited' AND NOT EXISTS (SELECT FROM expired e WHERE e.id = p.id)
            )
            SELECT *, ceil(extract(epoch FROM expires_at - now()) * 1000)::bigint AS left_ms,
              (extract(epoch FROM now() - created_at) * 1000)::bigint AS waited_ms FROM standing""";

    /// The question as long as it may be answered. Runs are locked before approvals, as everywhere.
    private static final String OPEN = """
            WITH open AS (
              SELECT r.tenant, r.id AS run, a.id FROM runs r
              JOIN approvals a ON a.tenant = r.tenant AND a.run = r.id
              WHERE a.tenant = ? AND a.id = ? AND r.ended_at IS NULL FOR UPDATE OF r
            ),\s""";

    private static final String IS_OPEN = """
            FROM open o WHERE a.tenant = o.tenant AND a.run = o.run AND a.id = o.id AND a.state = 'open'
              AND (a.expires_at IS NULL OR a.expires_at > now())
            RETURNING a.*""";

    /// Compares and sets, and nudges the run, in one.
    private static final String DECIDE = OPEN + """
            decided AS (
              UPDATE approvals a SET state = ?::approval_state, answer = ?, decided_by = ?, decided_at = now()
              %s
            )
            SELECT d.*, nudge_run(d.tenant, d.run) FROM decided d""".formatted(IS_OPEN);

    /// Closes a question and opens another in its place, and nudges the run to show it. What nobody approved in its new
    /// form is rejected in the end, whatever would have counted for the old one.
    private static final String EDIT = OPEN + """
            edited AS (
              UPDATE approvals a SET state = 'edited', decided_by = ?, decided_at = now()
              %s
            ), asked AS (
              INSERT INTO approvals (tenant, id, run, step, round, kind, question, hash, requester, not_requester,
                expires_at, otherwise, replaces)
              SELECT tenant, ?, run, step, round, kind, ?, ?, requester, not_requester, expires_at,
                ?, id FROM edited
              RETURNING tenant, run
            )
            SELECT nudge_run(tenant, run) FROM asked""".formatted(IS_OPEN);

    private static final String APPROVAL = """
            SELECT a.*, r.thread, r.agent, r.key_id FROM approvals a
            JOIN runs r ON r.tenant = a.tenant AND r.id = a.run WHERE a.tenant = ? AND\s""";

    /// Takes questions whose announcement is due, for a minute: who dies with them leaves them to others.
    private static final String TO_ANNOUNCE = """
            WITH due AS (
              SELECT tenant, id FROM approvals
              WHERE state = 'open' AND notified_at IS NULL AND notify_at <= now() AND created_at > now() - interval '1 day'
              ORDER BY notify_at LIMIT ? FOR UPDATE SKIP LOCKED
            ), taken AS (
              UPDATE approvals a SET tries = tries + 1, notify_at = now() + interval '1 minute'
              FROM due d WHERE a.tenant = d.tenant AND a.id = d.id
              RETURNING a.*
            )
            SELECT t.*, r.thread, r.agent, r.key_id FROM taken t JOIN runs r ON r.tenant = t.tenant AND r.id = t.run""";

    private final Database database;

    ApprovalStore(Database database) {
        this.database = database;
    }

    /// How a question stands and, where that is new, since this very moment: `opened` or `expired`.
    record Told(ApprovalRequest.Status standing, String kind, String news, Duration waited) {}

    /// Questions of one run.
    List<Told> ask(List<ApprovalRequest> asked) {
        var first = asked.getFirst();
        var columns = new Columns<>(asked);
        return database.engine()
                .rows(
                        ASK,
                        row -> new Told(
                                standing(row),
                                row.getString("kind"),
                                row.getString("news"),
                                Duration.ofMillis(row.getLong("waited_ms"))),
                        first.tenant().name(),
                        first.run(),
                        first.epoch(),
                        columns.ids(a -> Ids.next()),
                        columns.numbers(ApprovalRequest::step),
                        columns.numbers(ApprovalRequest::round),
                        columns.texts(ApprovalRequest::kind),
                        columns.texts(ApprovalRequest::question),
                        columns.texts(a -> Hash.of(a.question())),
                        columns.texts(ApprovalRequest::requester),
                        columns.texts(a -> a.notRequester() ? "t" : "f"),
                        columns.longs(ApprovalRequest::expireMillis),
                        columns.texts(ApprovalRequest::otherwise));
    }

    private static ApprovalRequest.Status standing(ResultSet row) throws SQLException {
        return new ApprovalRequest.Status(
                row.getObject("id", UUID.class),
                row.getInt("step"),
                row.getString("question"),
                row.getString("answer"),
                row.getObject("left_ms", Long.class));
    }

    /// Of all tenants that have open questions, how many.
    Map<TenantId, Long> open() {
        var counts = new HashMap<TenantId, Long>();
        database.engine()
                .rows(
                        "SELECT tenant, count(*) AS open FROM approvals WHERE state = 'open' GROUP BY tenant",
                        row -> counts.put(new TenantId(row.getString("tenant")), row.getLong("open")));
        return counts;
    }

    /// False where it is no longer open, or its time is over, or its run has ended: then nothing has changed.
    boolean decide(TenantId tenant, UUID approval, String state, String answer, @Nullable String by) {
        return database.of(tenant)
                .one(DECIDE, row -> true, tenant.name(), approval, state, answer, by)
                .isPresent();
    }

    /// The same, for a question that is asked anew with other arguments.
    boolean edit(TenantId tenant, UUID approval, UUID successor, String question, @Nullable String by) {
        return database.of(tenant)
                .one(
                        EDIT,
                        row -> true,
                        tenant.name(),
                        approval,
                        by,
                        successor,
                        question,
                        Hash.of(question),
                        ApprovalRequest.silent("reject"))
                .isPresent();
    }

    Optional<Approval> find(TenantId tenant, UUID approval) {
        return database.of(tenant).one(APPROVAL + "a.id = ?", ApprovalStore::approval, tenant.name(), approval);
    }

    Optional<Approval> successor(TenantId tenant, UUID approval) {
        return database.of(tenant).one(APPROVAL + "a.replaces = ?", ApprovalStore::approval, tenant.name(), approval);
    }

    Page<Approval> list(TenantId tenant, @Nullable String state, @Nullable UUID run, @Nullable UUID before, int limit) {
        var where = new StringBuilder("a.id < ?");
        var arguments = new ArrayList<Object>(List.of(tenant.name(), Page.before(before)));
        if (state != null) {
            where.append(" AND a.state = ?::approval_state");
            arguments.add(state);
        }
        if (run != null) {
            where.append(" AND a.run = ?");
            arguments.add(run);
        }
        arguments.add(limit + 1);
        String sql = APPROVAL + where + " ORDER BY a.id DESC LIMIT ?";
        var rows = database.of(tenant).rows(sql, ApprovalStore::approval, arguments.toArray());
        return Page.of(rows, limit, approval -> approval.id().toString());
    }

    List<Approval> toAnnounce(int most) {
        return database.engine().rows(TO_ANNOUNCE, ApprovalStore::approval, most);
    }

    void announced(TenantId tenant, UUID approval) {
        database.engine()
                .update(
                        "UPDATE approvals SET notified_at = now() WHERE tenant = ? AND id = ?",
                        tenant.name(),
                        approval);
    }

    /// Puts off the next try: by the pause, doubled with each try, up to an hour.
    void notAnnounced(TenantId tenant, UUID approval, long pauseMillis) {
        database.engine().update("""
                UPDATE approvals
                SET notify_at = now() + least(? * power(2, least(tries, 20) - 1), 3600000) * interval '1 ms'
                WHERE tenant = ? AND id = ?""", pauseMillis, tenant.name(), approval);
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

    void withdraw(TenantId tenant, UUID run) {
        database.engine()
                .update(
                        "UPDATE approvals SET state = 'withdrawn', decided_at = now() WHERE tenant = ? AND run = ? AND state = 'open'",
                        tenant.name(),
                        run);
    }
}
