package dev.wheelhouse.runs;

import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of questions: opened by the owner of a run, answered once.
@Singleton
final class QuestionStore {

    /// Behind the fence of the run's row, as every write of an owner: one that lost the run would ask about what
    /// another does. Columns are named, here and below: a later version takes some away while this one serves.
    private static final String ASK = """
            WITH owned AS MATERIALIZED (
              SELECT tenant, id, requester FROM runs
              WHERE tenant = ? AND id = ? AND epoch = ? AND ended_at IS NULL FOR NO KEY UPDATE
            ), asked AS (
              SELECT o.tenant, o.id AS run, o.requester, a.* FROM owned o, unnest(?::uuid[], ?::int[], ?::int[],
                ?::text[], ?::text[], ?::text[], ?::text[]::bool[], ?::bigint[], ?::text[])
                AS a (id, step, round, kind, question, hash, not_requester, ms, otherwise)
            ), made AS (
              INSERT INTO questions (tenant, id, run, step, round, kind, question, hash, requester, not_requester,
                expires_at, otherwise)
              SELECT tenant, id, run, step, round, kind, question, hash, requester, not_requester,
                now() + ms * interval '1 ms', otherwise FROM asked
              ON CONFLICT DO NOTHING
              RETURNING id, step, kind, question, answer, expires_at, created_at
            ), expired AS (
              UPDATE questions q SET state = 'expired', answer = q.otherwise, decided_at = now()
              FROM asked a WHERE q.tenant = a.tenant AND q.run = a.run AND q.step = a.step AND q.round = a.round
                AND q.state = 'open' AND q.expires_at <= now()
              RETURNING q.id, q.step, q.kind, q.question, q.answer, q.expires_at, q.created_at
            ), found AS (
              SELECT *, 'opened' AS news FROM made UNION ALL SELECT *, 'expired' FROM expired UNION ALL
              SELECT q.id, q.step, q.kind, q.question, q.answer, q.expires_at, q.created_at, 'none'
              FROM questions q JOIN asked a
                ON q.tenant = a.tenant AND q.run = a.run AND q.step = a.step AND q.round = a.round
              WHERE q.state <> 'edited' AND NOT EXISTS (SELECT FROM expired e WHERE e.id = q.id)
            )
            SELECT id, step, kind, question, answer, news,
              ceil(extract(epoch FROM expires_at - now()) * 1000)::bigint AS left_ms,
              (extract(epoch FROM now() - created_at) * 1000)::bigint AS age_ms,
              CASE WHEN news <> 'none' AND kind NOT IN ('client', 'signal') THEN (
                SELECT note(o.tenant, CASE news WHEN 'opened' THEN 'approval.opened' ELSE 'approval.decided' END, o.id,
                  found.id, NULL) FROM owned o) END
            FROM found""";

    /// The question as long as it may be answered. Runs are locked before questions, as everywhere.
    private static final String OPEN = """
            WITH open AS (
              SELECT r.tenant, r.id AS run, q.id FROM runs r
              JOIN questions q ON q.tenant = r.tenant AND q.run = r.id
              WHERE q.tenant = ? AND q.id = ? AND r.ended_at IS NULL FOR UPDATE OF r
            ),\s""";

    private static final String IS_OPEN = """
            FROM open o WHERE q.tenant = o.tenant AND q.run = o.run AND q.id = o.id AND q.state = 'open'
              AND (q.expires_at IS NULL OR q.expires_at > now())
            RETURNING q.tenant, q.run, q.id, q.step, q.round, q.kind, q.requester, q.not_requester, q.expires_at""";

    /// Compares and sets, and nudges the run, in one.
    private static final String ANSWER = OPEN + """
            answered AS (
              UPDATE questions q SET state = ?::approval_state, answer = ?, decided_by = ?, decided_at = now()
              %s
            )
            SELECT run, nudge_run(tenant, run), CASE WHEN kind NOT IN ('client', 'signal')
              THEN note(tenant, 'approval.decided', run, id, NULL) END FROM answered""".formatted(IS_OPEN);

    /// Closes a question and opens another in its place, and nudges the run to show it.
    private static final String REPLACE = OPEN + """
            closed AS (
              UPDATE questions q SET state = 'edited', decided_by = ?, decided_at = now()
              %s
            ), asked AS (
              INSERT INTO questions (tenant, id, run, step, round, kind, question, hash, requester, not_requester,
                expires_at, otherwise, replaces)
              SELECT tenant, ?, run, step, round, kind, ?, ?, requester, not_requester, expires_at,
                ?, id FROM closed
              RETURNING tenant, run, id
            )
            SELECT run, nudge_run(tenant, run), note(tenant, 'approval.opened', run, id, NULL) FROM asked""".formatted(IS_OPEN);

    private final Database database;

    QuestionStore(Database database) {
        this.database = database;
    }

    /// Questions of one run.
    List<Question.Status> ask(List<Question> asked) {
        var first = asked.getFirst();
        var columns = new Columns<>(asked);
        return database.engine()
                .rows(
                        ASK,
                        QuestionStore::status,
                        first.tenant().name(),
                        first.run().value(),
                        first.epoch(),
                        columns.ids(q -> Ids.next()),
                        columns.numbers(Question::step),
                        columns.numbers(Question::round),
                        columns.texts(Question::kind),
                        columns.texts(Question::content),
                        columns.texts(q -> Hash.of(q.content())),
                        columns.texts(q -> q.notRequester() ? "t" : "f"),
                        columns.longs(Question::expireMillis),
                        columns.texts(Question::otherwise));
    }

    private static Question.Status status(ResultSet row) throws SQLException {
        return new Question.Status(
                row.getObject("id", UUID.class),
                row.getInt("step"),
                row.getString("kind"),
                row.getString("question"),
                row.getString("answer"),
                row.getObject("left_ms", Long.class),
                Question.News.valueOf(row.getString("news").toUpperCase(Locale.ROOT)),
                Duration.ofMillis(row.getLong("age_ms")));
    }

    /// The run that was asking; empty where nothing has changed.
    Optional<RunId> answer(TenantId tenant, UUID question, String state, String answer, @Nullable String by) {
        return database.of(tenant).one(ANSWER, QuestionStore::run, tenant.name(), question, state, answer, by);
    }

    Optional<RunId> replace(
            TenantId tenant, UUID question, UUID successor, String content, String otherwise, @Nullable String by) {
        return database.of(tenant)
                .one(
                        REPLACE,
                        QuestionStore::run,
                        tenant.name(),
                        question,
                        by,
                        successor,
                        content,
                        Hash.of(content),
                        otherwise);
    }

    private static RunId run(ResultSet row) throws SQLException {
        return new RunId(row.getObject("run", UUID.class));
    }
}
