package dev.wheelhouse.approvals;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The table of approvals.
@Singleton
final class ApprovalStore {

    /// Behind the fence of the run's row, as every write of an owner: who lost the run would ask about what another
    // does.
    private static final String ASK = """
            WITH owned AS MATERIALIZED (
              SELECT tenant, id FROM runs WHERE tenant = ? AND id = ? AND epoch = ? AND ended_at IS NULL FOR NO KEY UPDATE
            ), asked AS (
              SELECT a.* FROM unnest(?::text[], ?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[]::bool[], ?::bigint[], ?::text[])
                AS a (tenant, id, run, step, round, kind, question, hash, requester, not_requester, ms, otherwise)
              JOIN owned o ON o.tenant = a.tenant AND o.id = a.run
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
              SELECT * FROM made UNION ALL SELECT * FROM expired UNION ALL
              SELECT p.* FROM approvals p JOIN asked a
                ON p.tenant = a.tenant AND p.run = a.run AND p.step = a.step AND p.round = a.round
              WHERE p.state <> 'edited' AND NOT EXISTS (SELECT FROM expired e WHERE e.id = p.id)
            )
            SELECT *, ceil(extract(epoch FROM expires_at - now()) * 1000)::bigint AS left_ms FROM standing""";

    /// Compares and sets, and nudges the run, in one. Runs are locked before approvals, as everywhere.
    private static final String DECIDE = """
            WITH open AS (
              SELECT r.tenant, r.id FROM runs r
              JOIN approvals a ON a.tenant = r.tenant AND a.run = r.id
              WHERE a.tenant = ? AND a.id = ? AND r.ended_at IS NULL FOR UPDATE OF r
            ), decided AS (
              UPDATE approvals a SET state = ?::approval_state, answer = ?, decided_by = ?, decided_at = now()
              FROM open o WHERE a.tenant = o.tenant AND a.run = o.id AND a.id = ? AND a.state = 'open'
                AND (a.expires_at IS NULL OR a.expires_at > now())
              RETURNING a.*
            )
            SELECT d.*, nudge_run(d.tenant, d.run) FROM decided d""";

    private final Database database;

    ApprovalStore(Database database) {
        this.database = database;
    }

    List<Asked.Standing> ask(List<Asked> asked) {
        return database.engine()
                .rows(
                        ASK,
                        row -> new Asked.Standing(
                                row.getObject("id", UUID.class),
                                row.getInt("step"),
                                row.getString("question"),
                                row.getString("answer"),
                                row.getObject("left_ms", Long.class)),
                        asked.getFirst().tenant().name(),
                        asked.getFirst().run(),
                        asked.getFirst().epoch(),
                        column(asked, a -> a.tenant().name(), String[]::new),
                        column(asked, a -> Ids.next(), UUID[]::new),
                        column(asked, Asked::run, UUID[]::new),
                        column(asked, Asked::step, Integer[]::new),
                        column(asked, Asked::round, Integer[]::new),
                        column(asked, Asked::kind, String[]::new),
                        column(asked, Asked::question, String[]::new),
                        column(asked, a -> hash(a.question()), String[]::new),
                        column(asked, Asked::requester, String[]::new),
                        column(asked, a -> a.notRequester() ? "t" : "f", String[]::new),
                        column(asked, Asked::expireMillis, Long[]::new),
                        column(asked, Asked::otherwise, String[]::new));
    }

    /// False where it is no longer open, or its time is over, or its run has ended: then nothing has changed.
    boolean decide(TenantId tenant, UUID approval, String state, String answer, @Nullable String by) {
        return database.of(tenant)
                .one(DECIDE, row -> true, tenant.name(), approval, state, answer, by, approval)
                .isPresent();
    }

    void withdraw(TenantId tenant, UUID run) {
        database.engine()
                .update(
                        "UPDATE approvals SET state = 'withdrawn', decided_at = now() WHERE tenant = ? AND run = ? AND state = 'open'",
                        tenant.name(),
                        run);
    }

    private static <T> @Nullable T[] column(
            List<Asked> asked,
            Function<Asked, @Nullable T> value,
            java.util.function.IntFunction<@Nullable T[]> array) {
        return asked.stream().map(value).toArray(array);
    }

    /// What a word is bound to: the exact question.
    static String hash(String question) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
