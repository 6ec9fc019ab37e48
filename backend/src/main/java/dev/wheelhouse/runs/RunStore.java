package dev.wheelhouse.runs;

import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What requests read of runs and their events, as the tenant that asks; and cancelling, pausing and resuming, which
/// are one row's change.
@Singleton
final class RunStore {

    /// Of 1,000,000 runs that wait, each replica reads no more than these every quarter of a minute.
    private static final int COUNTED = 10_000;

    private static final String FIND =
            "SELECT %s, created FROM runs WHERE tenant = ? AND id = ?".formatted(RunRow.READ);

    private final Database database;

    RunStore(Database database) {
        this.database = database;
    }

    Optional<Run> find(TenantId tenant, RunId run) {
        return database.of(tenant).one(FIND, RunRow::whole, tenant.name(), run.value());
    }

    /// Without a transaction that says whose rows may be seen: for the platform itself.
    Optional<Run> findAny(TenantId tenant, RunId run) {
        return database.engine().one(FIND, RunRow::whole, tenant.name(), run.value());
    }

    Page<Run> list(TenantId tenant, RunFilter filter, @Nullable UUID before, int limit) {
        var arguments = new ArrayList<Object>(List.of(tenant.name(), Page.before(before)));
        var where = new StringBuilder("tenant = ? AND id < ?");
        if (filter.state() != null) {
            where.append(" AND state = ?::run_state");
            arguments.add(filter.state().word());
        }
        if (filter.kind() != null) {
            where.append(" AND kind = ?");
            arguments.add(filter.kind());
        }
        if (filter.name() != null) {
            where.append(" AND agent = ?");
            arguments.add(filter.name());
        }
        if (filter.thread() != null) {
            where.append(" AND (id = ? OR (thread = ? AND thread <> id))");
            arguments.addAll(List.of(filter.thread(), filter.thread()));
        }
        arguments.add(limit + 1);
        String sql = "SELECT %s FROM runs WHERE %s ORDER BY id DESC LIMIT ?".formatted(RunRow.READ, where);
        var rows = database.of(tenant).rows(sql, RunRow::read, arguments.toArray());
        return Page.of(rows, limit, run -> run.id().toString());
    }

    /// The run that a chain of reruns goes back to: the one that was made from no other, or from one that is deleted.
    Optional<Run> first(TenantId tenant, RunId rerun) {
        return database.of(tenant)
                .one(
                        """
                        WITH RECURSIVE chain AS (
                          SELECT id, origin, 0 AS back FROM runs WHERE tenant = ? AND id = ?
                          UNION
                          SELECT r.id, r.origin, c.back + 1 FROM chain c
                          JOIN runs r ON r.tenant = ? AND r.id = (c.origin::json ->> 'run')::uuid
                        )
                        SELECT %s, created FROM runs
                        WHERE tenant = ? AND id = (SELECT id FROM chain ORDER BY back DESC LIMIT 1)""".formatted(RunRow.READ),
                        RunRow::whole,
                        tenant.name(),
                        rerun.value(),
                        tenant.name(),
                        tenant.name());
    }

    /// A run that was started with an idempotency key, and the hash of that request.
    record Keyed(RunId run, String request) {}

    Optional<Keyed> findByKey(TenantId tenant, String idempotencyKey) {
        return database.of(tenant)
                .one(
                        "SELECT id, request FROM runs WHERE tenant = ? AND idempotency_key = ?",
                        row -> new Keyed(new RunId(row.getObject("id", UUID.class)), row.getString("request")),
                        tenant.name(),
                        idempotencyKey);
    }

    /// The newest of the runs above `after` whose idempotency key begins like this.
    Optional<RunId> newest(TenantId tenant, String beginning, UUID after) {
        return database.of(tenant)
                .one(
                        "SELECT id FROM runs WHERE tenant = ? AND id > ? AND starts_with(idempotency_key, ?) ORDER BY id DESC LIMIT 1",
                        row -> new RunId(row.getObject("id", UUID.class)),
                        tenant.name(),
                        after,
                        beginning);
    }

    boolean hasThread(TenantId tenant, UUID thread) {
        String sql = """
                SELECT thread FROM opened_threads WHERE tenant = ? AND thread = ? UNION ALL
                SELECT id FROM runs WHERE tenant = ? AND id = ? AND thread = id""";
        return database.of(tenant)
                .one(sql, row -> true, tenant.name(), thread, tenant.name(), thread)
                .isPresent();
    }

    List<RunEvent> events(TenantId tenant, RunId run, int after, int limit) {
        return database.of(tenant)
                .rows(
                        "SELECT seq, at, type, step, data FROM log WHERE tenant = ? AND run = ? AND seq > ? ORDER BY seq LIMIT ?",
                        row -> event(run, row),
                        tenant.name(),
                        run.value(),
                        after,
                        limit);
    }

    /// The whole log as it is stored.
    List<EngineStore.Stored> log(TenantId tenant, RunId run) {
        return database.of(tenant)
                .rows(
                        "SELECT run, seq, at, type, step, data FROM log WHERE tenant = ? AND run = ? ORDER BY seq",
                        PostgresEngineStore::stored,
                        tenant.name(),
                        run.value());
    }

    /// How long the run that waits longest for a replica has been due, in seconds; 0 where none waits.
    double oldestDueSeconds() {
        return database.engine().one("""
                        SELECT extract(epoch FROM now() - min(due_at)) AS seconds FROM runs
                        WHERE (ended_at IS NOT NULL OR behind) IS FALSE AND coalesce(look_at, created_at) <= now()
                          AND due_at <= now()""", row -> row.getDouble("seconds")).orElse(0.0);
    }

    /// How many runs wait, by what they wait for; counted to [#COUNTED] and no further.
    Map<String, Long> waiting() {
        return database
                .engine()
                .rows("""
                        SELECT waiting, count(*) AS n FROM (
                          SELECT waiting FROM runs WHERE (ended_at IS NOT NULL OR behind) IS FALSE
                            AND coalesce(look_at, created_at) > now() AND state = 'waiting' LIMIT ?) w
                        GROUP BY waiting""", row -> Map.entry(row.getString("waiting"), row.getLong("n")), COUNTED)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// The database's time.
    Instant now(TenantId tenant) {
        return database.of(tenant)
                .one("SELECT now() AS at", row -> Sql.instant(row, "at"))
                .orElseThrow();
    }

    /// The stored entries of steps with the sequence number in front, for shaping steps.
    List<RunEvent> stepEvents(TenantId tenant, RunId run) {
        return database.of(tenant).rows("""
                SELECT seq, at, type, step, data FROM log
                WHERE tenant = ? AND run = ? AND step IS NOT NULL AND type >= 'step.started' ORDER BY step, seq""", row -> event(run, row), tenant.name(), run.value());
    }

    private static RunEvent event(RunId run, ResultSet row) throws SQLException {
        var at = Sql.instant(row, "at");
        int step = row.getInt("step");
        var type = EventType.of(row.getString("type"));
        return new RunEvent(
                run, row.getInt("seq"), at, type, step, EventData.seen(type, step, at, row.getString("data")));
    }

    /// How a run stood when it was paused or resumed.
    record Stood(RunState state, boolean paused) {}

    /// Takes the run out of what is due if no replica has it; marks one that a replica has, for its owner to stop at
    /// the end of the steps under way. An ended run stays as it is.
    Optional<Stood> pause(TenantId tenant, RunId run) {
        return database.of(tenant).one("""
                WITH target AS (
                  SELECT tenant, id, state, paused, cancel FROM runs WHERE tenant = ? AND id = ? FOR UPDATE
                ), stopped AS (
                  UPDATE runs r SET paused = true, due_at = NULL, look_at = 'infinity', state = 'waiting',
                    waiting = coalesce(waiting, 'paused'), seq = seq + 1
                  FROM target t
                  WHERE r.tenant = t.tenant AND r.id = t.id AND t.state IN ('queued', 'waiting') AND NOT t.paused AND NOT t.cancel
                  RETURNING r.tenant, r.id, r.seq
                ), said AS (
                  INSERT INTO events (tenant, run, seq, at, type, data)
                  SELECT tenant, id, seq, now(), 'run.waiting', '{"reason":"paused"}' FROM stopped
                ), marked AS (
                  UPDATE runs r SET paused = true FROM target t
                  WHERE r.tenant = t.tenant AND r.id = t.id AND t.state = 'running' AND NOT t.cancel
                )
                SELECT state, paused FROM target""", RunStore::stood, tenant.name(), run.value());
    }

    /// Lets the run be taken again; one that is about to stop is looked at again when it has.
    Optional<Stood> resume(TenantId tenant, RunId run) {
        return database.of(tenant).one("""
                WITH target AS (
                  SELECT tenant, id, state, paused FROM runs WHERE tenant = ? AND id = ? FOR UPDATE
                ), resumed AS (
                  UPDATE runs r SET paused = false, nudged = true,
                    due_at = CASE WHEN r.state = 'running' THEN due_at WHEN NOT behind THEN now() END,
                    look_at = CASE WHEN r.state = 'running' OR behind THEN look_at ELSE now() END,
                    state = CASE WHEN waiting = 'paused' THEN 'queued' ELSE r.state END,
                    waiting = CASE WHEN waiting <> 'paused' THEN waiting END
                  FROM target t WHERE r.tenant = t.tenant AND r.id = t.id AND t.paused AND r.ended_at IS NULL
                )
                SELECT state, paused FROM target""", RunStore::stood, tenant.name(), run.value());
    }

    private static Stood stood(ResultSet row) throws SQLException {
        return new Stood(RunState.of(row.getString("state")), row.getBoolean("paused"));
    }

    /// The runs of a thread that have not ended, in their order.
    List<RunId> open(TenantId tenant, UUID thread, RunId before) {
        return database.of(tenant)
                .rows(
                        "SELECT id FROM runs WHERE tenant = ? AND thread = ? AND id < ? AND ended_at IS NULL ORDER BY id",
                        row -> new RunId(row.getObject("id", UUID.class)),
                        tenant.name(),
                        thread,
                        before.value());
    }

    /// A run's steps as they are stored, begun ones too.
    List<EngineStore.Stored> recorded(TenantId tenant, RunId run) {
        return database.of(tenant).rows("""
                SELECT run, seq, at, type, step, data FROM log
                WHERE tenant = ? AND run = ? AND step IS NOT NULL ORDER BY seq""", PostgresEngineStore::stored, tenant.name(), run.value());
    }

    /// Ends a run that no replica has; marks one that a replica has, for its owner to end. Says which it was.
    Optional<Boolean> cancel(TenantId tenant, RunId run) {
        return database.of(tenant).one("""
                WITH target AS (
                  SELECT tenant, id, state, parent FROM runs WHERE tenant = ? AND id = ? FOR UPDATE
                ), ended AS (
                  UPDATE runs r SET state = 'cancelled', ended_at = now(), due_at = NULL, behind = false, waiting = NULL, replica = NULL,
                    epoch = epoch + 1, seq = seq + 1, ended = '{}'
                  FROM target t WHERE r.tenant = t.tenant AND r.id = t.id AND t.state IN ('queued', 'waiting')
                  RETURNING r.id
                ), withdrawn AS (
                  UPDATE questions q SET state = 'withdrawn', decided_at = now()
                  FROM target t WHERE q.tenant = t.tenant AND q.run = t.id AND q.state = 'open'
                ), marked AS (
                  UPDATE runs r SET cancel = true, nudged = true, paused = false FROM target t
                  WHERE r.tenant = t.tenant AND r.id = t.id AND t.state = 'running' RETURNING r.id
                )
                SELECT EXISTS (SELECT FROM marked) AS marked, nudge_run(tenant, parent),
                  (SELECT note(t.tenant, 'run.cancelled', e.id, e.id, NULL) FROM ended e) FROM target t""", row -> row.getBoolean("marked"), tenant.name(), run.value());
    }

    /// The open runs that this one has called.
    List<RunId> called(TenantId tenant, RunId run) {
        return database.of(tenant)
                .rows(
                        "SELECT id FROM runs WHERE tenant = ? AND parent = ? AND ended_at IS NULL",
                        row -> new RunId(row.getObject("id", UUID.class)),
                        tenant.name(),
                        run.value());
    }
}
