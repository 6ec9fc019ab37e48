package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.ColumnTable;
import java.util.ArrayList;
import java.util.List;

/// The engine's statements, each a transaction of its own. [EngineStore] binds and reads them.
final class EngineSql {

    private EngineSql() {}

    private static final ColumnTable<Creation> BEGUN = RunRow.GIVEN
            .word("state", "run_state", c -> c.epoch() > 0 ? "running" : "queued")
            .number("epoch", Creation::epoch);

    /// What [#CREATE] takes after the replica's name.
    static final ColumnTable<Creation> CREATIONS = BEGUN.longNumber("due", Creation::dueMillis);

    /// What [#CREATE_BEHIND] takes, followed by [#ENTRIES].
    static final ColumnTable<Creation> CREATIONS_BEHIND = RunRow.GIVEN
            .text("when_busy", c -> c.whenBusy().word())
            .number("kept", c -> c.kept().size())
            .number("steps", Creation::steps);

    /// What [#COMMIT] takes after the lease, followed by [#ENTRIES].
    static final ColumnTable<Commit> COMMITS = RunRow.CHANGED
            .text("tenant", c -> c.tenant().name())
            .id("id", c -> c.run().value())
            .number("epoch", Commit::epoch)
            .number("seq_before", Commit::seqBefore)
            .longNumber("due", c -> c.due() == null ? null : c.due().toMillis());

    /// The rows of events.
    static final ColumnTable<Positioned> ENTRIES = ColumnTable.<Positioned>empty()
            .text("tenant", p -> p.tenant().name())
            .id("run", p -> p.run().value())
            .number("seq", Positioned::seq)
            .number("step", p -> p.entry().step() == 0 ? null : p.entry().step())
            .word("type", "event_type", p -> p.entry().type().word())
            .text("data", p -> p.entry().data());

    /// Writes runs, whose rows are their first events. A busy thread or a used idempotency key breaks a unique index;
    /// nobody comes between a run and those that wait behind it.
    static final String CREATE = """
            INSERT INTO runs (%s, seq, due_at, replica)
            SELECT %s, 1, now() + c.due * interval '1 ms', CASE WHEN c.epoch > 0 THEN ? END
            FROM %s
            WHERE id = thread
              OR (EXISTS (SELECT FROM opened_threads t WHERE t.tenant = c.tenant AND t.thread = c.thread)
                  OR EXISTS (SELECT FROM runs r WHERE r.tenant = c.tenant AND r.id = c.thread))
                AND NOT EXISTS (SELECT FROM runs b WHERE b.tenant = c.tenant AND b.thread = c.thread AND b.behind)
            RETURNING id, created_at""".formatted(BEGUN.names(), BEGUN.values("c"), CREATIONS.unnest("c"));

    /// The same for runs that may have to wait behind others, or that begin with steps of their origins. One that
    /// interrupts asks for the end of all that its thread has open: who has them, or whoever takes them next, ends
    /// them.
    static final String CREATE_BEHIND = """
            WITH c AS (
              SELECT c.*, EXISTS (SELECT FROM runs o
                  WHERE o.tenant = c.tenant AND o.thread = c.thread AND o.ended_at IS NULL) AS busy,
                EXISTS (SELECT FROM runs b WHERE b.tenant = c.tenant AND b.thread = c.thread AND b.behind) AS awaited
              FROM %1$s
              WHERE id = thread
                OR EXISTS (SELECT FROM opened_threads t WHERE t.tenant = c.tenant AND t.thread = c.thread)
                OR EXISTS (SELECT FROM runs r WHERE r.tenant = c.tenant AND r.id = c.thread)
            ), interrupted AS (
              UPDATE runs r SET cancel = true, nudged = true, paused = false,
                due_at = CASE WHEN r.state = 'running' OR r.behind THEN r.due_at ELSE now() END,
                look_at = CASE WHEN r.state = 'running' OR r.behind THEN r.look_at ELSE now() END
              FROM c WHERE c.when_busy = 'interrupt' AND r.tenant = c.tenant AND r.thread = c.thread AND r.ended_at IS NULL
            ), made AS (
              INSERT INTO runs (%2$s, state, epoch, seq, steps, due_at, behind)
              SELECT %2$s, 'queued', 0, 1 + kept, steps, CASE WHEN NOT behind THEN now() END, behind
              FROM (SELECT *, busy AND when_busy <> 'reject' AS behind FROM c WHERE when_busy <> 'reject' OR NOT awaited) w
              RETURNING tenant, id, created_at
            ), written AS (
              INSERT INTO events (%3$s, at)
              SELECT %4$s, m.created_at FROM %5$s
              JOIN made m ON m.tenant = e.tenant AND m.id = e.run
            )
            SELECT id, created_at FROM made""".formatted(
                    CREATIONS_BEHIND.unnest("c"),
                    RunRow.GIVEN.names(),
                    ENTRIES.names(),
                    ENTRIES.values("e"),
                    ENTRIES.unnest("e"));

    /// Which creations an interrupted call did write.
    static final String CREATED = """
            SELECT r.id, r.created_at FROM unnest(?::text[], ?::uuid[]) AS c (tenant, id)
            JOIN runs r ON r.tenant = c.tenant AND r.id = c.id""";

    /// The fence, the rows and the log in one: events are written only for rows that still have the epoch and seq. The
    /// event that ends a run stays in the run's row, and so does the step that ended with it.
    /// Sums of usage are written when a run stops here, so that in between the row changes by a few bytes.
    /// A run that is paused meanwhile stays. One that is nudged meanwhile is due at once, and no word for it lost;
    /// so is one that stops because a late hint said that it is paused.
    private static final String COMMIT = """
            WITH c AS (
              SELECT ? * interval '1 ms' AS lease, c.* FROM %1$s
            ), fenced AS (
              UPDATE runs r SET %2$s,
                due_at = CASE WHEN c.state = 'running' THEN now() + c.lease WHEN r.paused THEN NULL
                  WHEN c.state = 'waiting' AND (r.nudged OR c.waiting = 'paused') THEN now()
                  ELSE now() + c.due * interval '1 ms' END,
                look_at = CASE WHEN c.state NOT IN ('waiting', 'queued') THEN r.look_at WHEN r.paused THEN 'infinity'
                  WHEN c.state = 'waiting' AND (r.nudged OR c.waiting = 'paused') THEN now()
                  ELSE coalesce(now() + c.due * interval '1 ms', 'infinity') END,
                ended_at = CASE WHEN c.state IN ('succeeded', 'failed', 'cancelled') THEN now() END
              FROM c WHERE r.tenant = c.tenant AND r.id = c.id AND r.epoch = c.epoch AND r.seq = c.seq_before
                AND r.ended_at IS NULL
              RETURNING r.tenant, r.id, r.thread, r.ended_at
            ), written AS (
              INSERT INTO events (%3$s, at)
              SELECT %4$s, now() FROM %5$s
              JOIN fenced f ON f.tenant = e.tenant AND f.id = e.run
            )
            SELECT id, now() AS at, ended_at IS NOT NULL AND EXISTS (
              SELECT FROM runs b WHERE b.tenant = f.tenant AND b.thread = f.thread AND b.behind) AS frees
            FROM fenced f""".formatted(
                    COMMITS.unnest("c"),
                    RunRow.CHANGED.assignments("c"),
                    ENTRIES.names(),
                    ENTRIES.values("e"),
                    ENTRIES.unnest("e"));

    /// After a [#COMMIT] in the same transaction: closes what runs that have ended still ask.
    private static final String WITHDRAW = """
            ; UPDATE questions q SET state = 'withdrawn', decided_at = now()
            FROM unnest(?::text[], ?::uuid[]) AS c (tenant, id)
            JOIN runs r ON r.tenant = c.tenant AND r.id = c.id
            WHERE r.ended_at IS NOT NULL AND q.tenant = r.tenant AND q.run = r.id AND q.state = 'open'""";

    /// The same, after both: tells the parents of runs that have ended.
    private static final String TELL_PARENTS = """
            ; SELECT nudge_run(r.tenant, r.parent) FROM unnest(?::text[], ?::uuid[]) AS c (tenant, id)
            JOIN runs r ON r.tenant = c.tenant AND r.id = c.id WHERE r.ended_at IS NOT NULL""";

    /// The same, after all of them: tells who watches the tenant. What another transaction has done was told by that.
    private static final String NOTE = """
            ; SELECT note(r.tenant, 'run.' || r.state, r.id, r.id, NULL) FROM unnest(?::text[], ?::uuid[]) AS c (tenant, id)
            JOIN runs r ON r.tenant = c.tenant AND r.id = c.id
            WHERE r.ended_at = now() OR r.state = 'waiting' AND r.xmin = pg_current_xact_id()::xid""";

    /// After a [#CREATE] or [#CREATE_BEHIND] in the same transaction: tells who wants to know of new runs.
    static final String NOTE_CREATED = """
            ; SELECT note(r.tenant, 'run.created', r.id, r.id, NULL) FROM unnest(?::text[], ?::uuid[]) AS c (tenant, id)
            JOIN runs r ON r.tenant = c.tenant AND r.id = c.id WHERE r.created_at = now()""";

    private static final String COMMIT_AND_TELL = COMMIT + TELL_PARENTS;
    private static final String COMMIT_AND_WITHDRAW = COMMIT + WITHDRAW;
    private static final String COMMIT_AND_BOTH = COMMIT + WITHDRAW + TELL_PARENTS;

    /// A commit of what the runs of a batch need. Its arguments are those of its parts, in their order.
    static String commit(boolean withdraws, boolean tellsParents, boolean notes) {
        String commit = commit(withdraws, tellsParents);
        return notes ? commit + NOTE : commit;
    }

    private static String commit(boolean withdraws, boolean tellsParents) {
        if (withdraws) {
            return tellsParents ? COMMIT_AND_BOTH : COMMIT_AND_WITHDRAW;
        }
        return tellsParents ? COMMIT_AND_TELL : COMMIT;
    }

    /// Lets the first that waits behind each free thread go on.
    static final String FREE = """
            UPDATE runs b SET behind = false, due_at = CASE WHEN NOT paused THEN now() END,
              look_at = CASE WHEN paused THEN 'infinity' ELSE now() END
            WHERE behind AND NOT EXISTS (SELECT FROM runs o
                WHERE o.tenant = b.tenant AND o.thread = b.thread AND o.ended_at IS NULL AND NOT o.behind)
              AND NOT EXISTS (SELECT FROM runs f
                WHERE f.tenant = b.tenant AND f.thread = b.thread AND f.behind AND f.id < b.id)
            RETURNING id""";

    /// The runs that were called by some steps of a run.
    static final String CHILDREN =
            "SELECT %s FROM runs WHERE tenant = ? AND parent = ? AND parent_step = ANY (?)".formatted(RunRow.READ);

    /// Which commits an interrupted call did write.
    static final String WRITTEN = """
            SELECT r.id, e.at FROM unnest(?::text[], ?::uuid[], ?::int[], ?::int[]) AS c (tenant, id, epoch, seq)
            JOIN runs r ON r.tenant = c.tenant AND r.id = c.id AND r.epoch = c.epoch AND r.seq = c.seq
            JOIN log e ON e.run = c.id AND e.seq = c.seq""";

    /// Takes due runs that nobody else is taking right now, raises their epoch and says so in their logs. The
    /// answer has a row without a run where there is none, because each row says when the next lease ends and
    /// from which time on the next claim has to look ([ClaimSpan]). The open runs are looked at once: most
    /// looks find nothing due. Those that nobody needs to look at yet are not looked at, nor is what ended
    /// before `since`, which an old snapshot may keep in the index. Of those that are due there are more than
    /// are taken, for some may be locked. Conditions are written so that Postgres has one way for each: by
    /// the index of times (V021), then by place.
    static final String CLAIM = """
            WITH open AS MATERIALIZED (
              SELECT ctid AS place, state, due_at, coalesce(look_at, created_at) AS look_at,
                kind = ANY (coalesce(?::text[], ARRAY[kind])) AS known
              FROM runs
              WHERE (ended_at IS NOT NULL OR behind) IS FALSE
                AND coalesce(look_at, created_at) BETWEEN ?::timestamptz AND now()
            ), due AS (
              SELECT tenant, id, state, due_at FROM runs
              WHERE ctid = ANY (ARRAY(SELECT place FROM open WHERE known AND due_at <= now() ORDER BY due_at LIMIT 8 * ?))
                AND CASE WHEN ended_at IS NULL AND NOT behind THEN due_at END <= now()
              ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED
            ), taken AS (
              UPDATE runs r SET state = 'running', epoch = epoch + 1, seq = seq + 1, replica = ?,
                due_at = now() + ? * interval '1 ms', started_at = CASE WHEN epoch = 0 THEN now() ELSE started_at END,
                waiting = NULL, nudged = false
              FROM due d WHERE r.tenant = d.tenant AND r.id = d.id
              RETURNING r.*, CASE d.state WHEN 'queued' THEN 'queued' WHEN 'waiting' THEN 'woken'
                ELSE 'takeover' END AS reason
            ), written AS (
              INSERT INTO events (tenant, run, seq, at, type, data)
              SELECT tenant, id, seq, now(), 'run.claimed',
                format('{"replica":"%s","epoch":%s,"reason":"%s"}', replica, epoch, reason) FROM taken
            )
            SELECT\s""" + RunRow.READ + """
            , reason, cancel, extract(epoch FROM now() - created_at) * 1000 AS age, next, now() AS at, since
            FROM (
              SELECT extract(epoch FROM min(due_at) FILTER (WHERE known AND state = 'running' AND due_at > now()) - now())
                  * 1000 AS next,
                least(min(look_at), now() - interval '1 minute')::text AS since
              FROM open
            ) o LEFT JOIN taken ON true""";

    static final int PUT_OFF_AT_ONCE = 10_000;

    /// Runs that 0.1.0 left waiting for a person or another run need no look: so many of them at a time.
    static final String PUT_OFF = """
            UPDATE runs SET look_at = 'infinity' WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM runs WHERE (ended_at IS NOT NULL OR behind) IS FALSE AND coalesce(look_at, created_at) <= now()
                AND look_at IS NULL AND state = 'waiting' AND due_at IS NULL LIMIT ? FOR UPDATE SKIP LOCKED))
            RETURNING 1 AS n""";

    /// Extends leases, only where the epoch still holds. A row that is locked is being committed, which extends its
    /// lease as well; to wait for it could close a circle with a batch that waits for another of these rows.
    static final String RENEW = """
            WITH mine AS (
              SELECT r.tenant, r.id FROM unnest(?::text[], ?::uuid[], ?::int[]) AS c (tenant, id, epoch)
              JOIN runs r ON r.tenant = c.tenant AND r.id = c.id AND r.epoch = c.epoch AND r.state = 'running'
              FOR NO KEY UPDATE OF r SKIP LOCKED
            )
            UPDATE runs r SET due_at = now() + ? * interval '1 ms' FROM mine m
            WHERE r.tenant = m.tenant AND r.id = m.id
            RETURNING r.id, r.epoch, r.cancel, r.paused, r.nudged""";

    /// Several whole logs.
    static final String LOGS = """
            SELECT e.run, e.seq, e.at, e.type, e.step, e.data
            FROM unnest(?::text[], ?::uuid[]) AS c (tenant, run)
            JOIN log e ON e.run = c.run AND e.tenant = c.tenant
            ORDER BY e.run, e.seq""";

    /// What several logs have above a seq each.
    static final String ADDED = """
            SELECT e.run, e.seq, e.at, e.type, e.step, e.data
            FROM unnest(?::text[], ?::uuid[], ?::int[]) AS c (tenant, run, seq)
            JOIN log e ON e.run = c.run AND e.tenant = c.tenant AND e.seq > c.seq
            ORDER BY e.run, e.seq LIMIT 2000""";

    /// Counts the replicas by the names under which Postgres lists their connections.
    static final String REPLICAS = """
            SELECT count(DISTINCT application_name)::int AS n FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND application_name LIKE 'wheelhouse r-%'""";

    /// An event with its place in its run's log.
    record Positioned(TenantId tenant, RunId run, int seq, Commit.Entry entry) {

        /// What runs begin with after their first events.
        static List<Positioned> kept(List<Creation> creations) {
            var rows = new ArrayList<Positioned>();
            for (var creation : creations) {
                addAll(creation.tenant(), creation.run(), 1, creation.kept(), rows);
            }
            return rows;
        }

        static List<Positioned> of(List<Commit> commits) {
            var rows = new ArrayList<Positioned>();
            for (var commit : commits) {
                addAll(commit.tenant(), commit.run(), commit.seqBefore(), commit.rows(), rows);
            }
            return rows;
        }

        private static void addAll(
                TenantId tenant, RunId run, int before, List<Commit.Entry> entries, List<Positioned> rows) {
            int seq = before;
            for (var entry : entries) {
                rows.add(new Positioned(tenant, run, ++seq, entry));
            }
        }
    }
}
