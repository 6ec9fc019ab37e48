package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the engine writes and claims, over all tenants. One statement is one transaction; the fence (the row's epoch)
/// stands in every one. Times are the database's.
@Singleton
final class EngineStore {

    private static final String ENTRIES = """
            unnest(?::text[], ?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[]) AS e (tenant, run, seq, step, type, data)""";

    private final Database database;

    EngineStore(Database database) {
        this.database = database;
    }

    /// A run of this replica as it stands after a renewal.
    record Renewed(RunId run, int epoch, boolean cancel) {}

    /// A run that was taken: its row, why it was due, and its age by the database's clock.
    record Claimed(Run run, String reason, long ageMillis, boolean cancel) {}

    /// A stored event as recovery and watchers of other replicas' runs need it.
    record Stored(RunId run, int seq, Instant at, String type, int step, String data) {
        RunEvent seen() {
            return new RunEvent(run, seq, at, type, step, EventData.seen(type, step, at, data));
        }
    }

    /// Inserts threads, runs and their first events. A creation whose thread is busy, missing or whose idempotency key
    /// is taken makes nothing and is not among the answers; one that an earlier try of this call wrote is.
    Map<RunId, Instant> create(List<Creation> creations) {
        var lists = new Columns<>(creations);
        return database
                .engine()
                .rows(
                        """
                WITH c AS (
                  SELECT * FROM unnest(?::text[], ?::uuid[], ?::uuid[], ?::bool[], ?::text[], ?::int[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::text[])
                    AS c (tenant, id, thread, opens, agent, revision, title, idempotency_key,
                      request, metadata, state, epoch, due, data)
                ), opened AS (
                  INSERT INTO threads (tenant, id, agent, title)
                  SELECT tenant, thread, agent, title FROM c WHERE opens AND NOT EXISTS (
                    SELECT FROM runs r WHERE r.tenant = c.tenant AND r.idempotency_key = c.idempotency_key)
                  ON CONFLICT DO NOTHING
                ), touched AS (
                  UPDATE threads t SET updated_at = now(), title = CASE WHEN t.title = '' THEN c.title ELSE t.title END,
                    agent = coalesce(t.agent, c.agent)
                  FROM c WHERE NOT c.opens AND t.tenant = c.tenant AND t.id = c.thread RETURNING t.tenant, t.id
                ), made AS (
                  INSERT INTO runs (tenant, id, thread, agent, revision, idempotency_key, request, metadata, state, epoch,
                    seq, due_at, started_at, replica)
                  SELECT tenant, id, thread, agent, revision, idempotency_key, request, metadata, state, epoch,
                    1, now() + due * interval '1 ms', CASE WHEN epoch > 0 THEN now() END, CASE WHEN epoch > 0 THEN ? END
                  FROM c WHERE opens OR EXISTS (SELECT FROM touched t WHERE t.tenant = c.tenant AND t.id = c.thread)
                  ON CONFLICT DO NOTHING RETURNING tenant, id, created_at
                ), written AS (
                  INSERT INTO events (tenant, run, seq, at, type, data)
                  SELECT m.tenant, m.id, 1, now(), 'run.created', c.data FROM made m JOIN c ON c.id = m.id
                )
                SELECT id, created_at FROM made
                UNION ALL SELECT r.id, r.created_at FROM c JOIN runs r ON r.tenant = c.tenant AND r.id = c.id""",
                        row -> Map.entry(
                                new RunId(row.getObject("id", UUID.class)), RunStore.instant(row, "created_at")),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()),
                        lists.ids(Creation::thread),
                        lists.texts(c -> c.opens() ? "t" : "f"),
                        lists.texts(Creation::agent),
                        lists.numbers(Creation::revision),
                        lists.texts(Creation::title),
                        lists.texts(Creation::idempotencyKey),
                        lists.texts(Creation::requestHash),
                        lists.texts(Creation::metadata),
                        lists.texts(c -> c.epoch() > 0 ? "running" : "queued"),
                        lists.numbers(Creation::epoch),
                        lists.longs(Creation::dueMillis),
                        lists.texts(Creation::data),
                        database.replica())
                .stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    /// Appends what the commits say and brings the rows up to date, each only where its epoch and seq still hold.
    /// The answer has the time of those that took effect; a stale one is missing and has changed nothing.
    Map<RunId, Instant> commit(List<Commit> commits, long leaseMillis) {
        var lists = new Columns<>(commits);
        var entries = new ArrayList<Positioned>();
        commits.forEach(commit -> Positioned.addAll(commit, entries));
        var rows = new Columns<>(entries);
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        """
                WITH c AS (
                  SELECT * FROM unnest(?::text[], ?::uuid[], ?::int[], ?::int[], ?::int[], ?::text[], ?::bigint[], ?::text[],
                    ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                    AS c (tenant, id, epoch, seq_before, seq_after, state, due, waiting,
                      waiting_step, steps, input, cached, output, cost, failure)
                ), fenced AS (
                  UPDATE runs r SET seq = c.seq_after, state = c.state, due_at = now() + c.due * interval '1 ms',
                    waiting = c.waiting, waiting_step = c.waiting_step, steps = c.steps, input_tokens = c.input,
                    cached_tokens = c.cached, output_tokens = c.output, cost = c.cost,
                    cost_unknown = CASE WHEN c.cost IS NULL THEN true END, failure = c.failure,
                    replica = CASE WHEN c.state = 'running' THEN r.replica END,
                    ended_at = CASE WHEN c.state IN ('succeeded', 'failed', 'cancelled') THEN now() END
                  FROM c WHERE r.tenant = c.tenant AND r.id = c.id AND r.epoch = c.epoch AND r.seq = c.seq_before
                    AND r.ended_at IS NULL
                  RETURNING r.tenant, r.id
                ), written AS (
                  INSERT INTO events (tenant, run, seq, at, step, type, data)
                  SELECT e.tenant, e.run, e.seq, now(), e.step, e.type, e.data FROM %s
                  JOIN fenced f ON f.tenant = e.tenant AND f.id = e.run
                )
                SELECT id, now() AS at FROM fenced""".formatted(ENTRIES),
                        row -> times.put(new RunId(row.getObject("id", UUID.class)), RunStore.instant(row, "at")),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()),
                        lists.numbers(Commit::epoch),
                        lists.numbers(Commit::seqBefore),
                        lists.numbers(Commit::seqAfter),
                        lists.texts(c -> c.state().word()),
                        lists.longs(c -> c.state() == RunState.RUNNING
                                ? Long.valueOf(leaseMillis)
                                : c.due() == null ? null : c.due().toMillis()),
                        lists.texts(
                                c -> c.waiting() == null ? null : c.waiting().reason()),
                        lists.numbers(
                                c -> c.waiting() == null ? null : c.waiting().step()),
                        lists.numbers(Commit::steps),
                        lists.longs(c -> c.usage().inputTokens()),
                        lists.longs(c -> c.usage().cachedTokens()),
                        lists.longs(c -> c.usage().outputTokens()),
                        lists.longs(c -> c.usage().costMicroUnits()),
                        lists.texts(Commit::failure),
                        rows.texts(p -> p.tenant().name()),
                        rows.ids(p -> p.run().value()),
                        rows.numbers(Positioned::seq),
                        rows.numbers(
                                p -> p.entry().step() == 0 ? null : p.entry().step()),
                        rows.texts(p -> p.entry().type()),
                        rows.texts(p -> p.entry().data()));
        return times;
    }

    /// Which of these commits an earlier, interrupted call wrote: the row is ours and stands where it would after them.
    Map<RunId, Instant> written(List<Commit> commits) {
        var lists = new Columns<>(commits);
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        """
                SELECT r.id, e.at FROM unnest(?::text[], ?::uuid[], ?::int[], ?::int[]) AS c (tenant, id, epoch, seq)
                JOIN runs r ON r.tenant = c.tenant AND r.id = c.id AND r.epoch = c.epoch AND r.seq = c.seq
                JOIN events e ON e.tenant = c.tenant AND e.run = c.id AND e.seq = c.seq""",
                        row -> times.put(new RunId(row.getObject("id", UUID.class)), RunStore.instant(row, "at")),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()),
                        lists.numbers(Commit::epoch),
                        lists.numbers(Commit::seqAfter));
        return times;
    }

    /// Takes up to `limit` runs that are due: queued, woken by time, or left by a replica whose lease is over.
    List<Claimed> claim(int limit, long leaseMillis) {
        return database.engine()
                .rows(
                        """
                WITH due AS (
                  SELECT tenant, id, state, due_at FROM runs WHERE ended_at IS NULL AND due_at <= now()
                  ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED
                ), taken AS (
                  UPDATE runs r SET state = 'running', epoch = epoch + 1, seq = seq + 1, replica = ?,
                    due_at = now() + ? * interval '1 ms', started_at = coalesce(started_at, now()), waiting = NULL
                  FROM due d WHERE r.tenant = d.tenant AND r.id = d.id
                  RETURNING r.*, CASE d.state WHEN 'queued' THEN 'queued' WHEN 'waiting' THEN 'woken'
                    ELSE 'takeover' END AS reason
                ), written AS (
                  INSERT INTO events (tenant, run, seq, at, type, data)
                  SELECT tenant, id, seq, now(), 'run.claimed',
                    format('{"replica":"%s","epoch":%s,"reason":"%s"}', replica, epoch, reason) FROM taken
                )
                SELECT *, extract(epoch FROM now() - created_at) * 1000 AS age FROM taken""",
                        row -> new Claimed(
                                RunStore.run(row, null, null),
                                row.getString("reason"),
                                row.getLong("age"),
                                row.getBoolean("cancel")),
                        limit,
                        database.replica(),
                        leaseMillis);
    }

    /// Extends the leases of the runs that are still ours and says which those are.
    List<Renewed> renew(Collection<CarryOnRun> runs, long leaseMillis) {
        var lists = new Columns<>(List.copyOf(runs));
        return database.lease()
                .rows(
                        """
                UPDATE runs r SET due_at = now() + ? * interval '1 ms'
                FROM unnest(?::text[], ?::uuid[], ?::int[]) AS c (tenant, id, epoch)
                WHERE r.tenant = c.tenant AND r.id = c.id AND r.epoch = c.epoch AND r.state = 'running'
                RETURNING r.id, r.epoch, r.cancel""",
                        row -> new Renewed(
                                new RunId(row.getObject("id", UUID.class)),
                                row.getInt("epoch"),
                                row.getBoolean("cancel")),
                        leaseMillis,
                        lists.texts(r -> r.run().tenant().name()),
                        lists.ids(r -> r.run().id().value()),
                        lists.numbers(CarryOnRun::epoch));
    }

    /// The whole log of a run.
    List<Stored> log(TenantId tenant, RunId run) {
        return database.engine()
                .rows(
                        "SELECT run, seq, at, type, step, data FROM events WHERE tenant = ? AND run = ? ORDER BY seq",
                        EngineStore::stored,
                        tenant.name(),
                        run.value());
    }

    /// What has been added to several runs' logs, in order, in one statement.
    List<Stored> added(List<LiveRun> runs) {
        var lists = new Columns<>(runs);
        return database.engine()
                .rows(
                        """
                SELECT e.run, e.seq, e.at, e.type, e.step, e.data
                FROM unnest(?::text[], ?::uuid[], ?::int[]) AS c (tenant, run, seq)
                JOIN events e ON e.tenant = c.tenant AND e.run = c.run AND e.seq > c.seq
                ORDER BY e.run, e.seq LIMIT 2000""",
                        EngineStore::stored,
                        lists.texts(r -> r.tenant().name()),
                        lists.ids(r -> r.run().value()),
                        lists.numbers(LiveRun::seq));
    }

    /// How many replicas have connections now, this one among them.
    int replicas() {
        return database.engine().one("""
                SELECT count(DISTINCT application_name)::int AS n FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user AND application_name LIKE 'wheelhouse r-%'""", row -> row.getInt("n")).orElse(1);
    }

    void notify(String channel, String payload) {
        database.engine().rows("SELECT pg_notify(?, ?)", row -> true, channel, payload);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new RunId(row.getObject("run", UUID.class)),
                row.getInt("seq"),
                RunStore.instant(row, "at"),
                row.getString("type"),
                row.getInt("step"),
                row.getString("data"));
    }

    private record Positioned(TenantId tenant, RunId run, int seq, Entry entry) {
        static void addAll(Commit commit, List<Positioned> into) {
            int seq = commit.seqBefore();
            for (var entry : commit.entries()) {
                into.add(new Positioned(commit.tenant(), commit.run(), ++seq, entry));
            }
        }
    }

    /// Turns a list of records into the columns that `unnest` takes.
    private record Columns<R>(List<R> rows) {
        @Nullable
        String[] texts(Function<R, @Nullable String> value) {
            return rows.stream().map(value).toArray(String[]::new);
        }

        @Nullable
        UUID[] ids(Function<R, @Nullable UUID> value) {
            return rows.stream().map(value).toArray(UUID[]::new);
        }

        @Nullable
        Integer[] numbers(Function<R, @Nullable Integer> value) {
            return rows.stream().map(value).toArray(Integer[]::new);
        }

        @Nullable
        Long[] longs(Function<R, @Nullable Long> value) {
            return rows.stream().map(value).toArray(Long[]::new);
        }
    }
}
