package dev.wheelhouse.threads;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Threads and their turns, as the tenant that asks.
@Singleton
final class ThreadStore {

    /// The newest turn of threads, and threads that have none yet. `newest` is the newest run's id, or the thread's own
    /// where there is no run: both are sorted by time. Takes the conditions on runs and on threads.
    private static final String NEWEST = """
            SELECT r.thread AS id, r.run AS newest, r.run AS last_run, r.state AS last_state, r.ended_at FROM turns r
            WHERE r.tenant = ? AND %s AND r.parent IS NULL
              AND NOT EXISTS (SELECT FROM turns n
                WHERE n.tenant = r.tenant AND n.thread = r.thread AND n.thread <> n.run AND n.run > r.run)
            UNION ALL
            SELECT t.id, t.id, NULL, NULL, NULL FROM threads t
            WHERE t.tenant = ? AND %s
              AND NOT EXISTS (SELECT FROM turns r WHERE r.tenant = t.tenant AND r.thread = t.id AND r.thread <> r.run)
            ORDER BY newest DESC LIMIT ?""";

    private static final String THREAD = """
            SELECT l.*, coalesce(t.title, '') AS title, coalesce(t.agent, f.agent) AS agent,
              coalesce(t.created_at, f.created_at) AS created_at,
              coalesce(l.ended_at, n.created_at, t.created_at) AS updated_at,
              f.said AS first,
              (SELECT o.run FROM turns o WHERE o.tenant = ? AND o.thread = l.id AND o.ended_at IS NULL AND NOT o.blocked)
                AS open
            FROM (%s) l
            LEFT JOIN threads t ON t.tenant = ? AND t.id = l.id
            LEFT JOIN turns n ON n.tenant = ? AND n.run = l.newest
            LEFT JOIN LATERAL (
              SELECT agent, created_at, said FROM turns
              WHERE tenant = ? AND (run = l.id OR (thread = l.id AND thread <> run)) ORDER BY run LIMIT 1) f ON true
            ORDER BY l.newest DESC""";

    private static final String ONE =
            THREAD.formatted(NEWEST.formatted("(r.run = ? OR (r.thread = ? AND r.thread <> r.run))", "t.id = ?"));
    // Nobody said anything in a replay: its thread is found by its id alone.
    private static final String PAGE = THREAD.formatted(NEWEST.formatted("r.run < ? AND NOT r.replayed", "t.id < ?"));

    private final Database database;

    ThreadStore(Database database) {
        this.database = database;
    }

    Optional<Conversation> find(TenantId tenant, UUID thread) {
        String name = tenant.name();
        return database.of(tenant)
                .one(ONE, row -> thread(tenant, row), name, name, thread, thread, name, thread, 1, name, name, name);
    }

    /// `before` is the newest run (or the id, where there is none) of the thread that the page before ended with.
    Page<Conversation> list(TenantId tenant, @Nullable UUID before, int limit) {
        String name = tenant.name();
        var from = Page.before(before);
        var rows = database.of(tenant)
                .rows(PAGE, row -> thread(tenant, row), name, name, from, name, from, limit + 1, name, name, name);
        return Page.of(rows, limit, ThreadStore::newest);
    }

    private static String newest(Conversation thread) {
        return thread.lastRun() == null
                ? thread.id().toString()
                : thread.lastRun().toString();
    }

    /// The new thread's id, or that of the one which this idempotency key made before.
    UUID open(TenantId tenant, UUID id, String title, @Nullable String agent, @Nullable String idempotencyKey) {
        return database.of(tenant)
                .one(
                        """
                WITH made AS (
                  INSERT INTO threads (tenant, id, title, agent, idempotency_key) VALUES (?, ?, ?, ?, ?)
                  ON CONFLICT DO NOTHING RETURNING tenant, id)
                SELECT id, open_thread(tenant, id) FROM made UNION ALL
                SELECT id, true FROM threads WHERE tenant = ? AND idempotency_key = ? LIMIT 1""",
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

    List<Conversation.Turn> turns(TenantId tenant, UUID thread, @Nullable UUID before, int most) {
        return database.of(tenant)
                .rows("""
                SELECT * FROM (
                  SELECT r.run, r.created_at, r.ended_at, r.origin, r.said, r.answered,
                    r.state = 'cancelled' AND EXISTS (SELECT FROM turns n
                      WHERE n.tenant = r.tenant AND n.thread = r.thread AND n.thread <> n.run AND n.run > r.run
                        AND n.created_at <= r.ended_at AND n.interrupts) AS interrupted
                  FROM turns r
                  WHERE tenant = ? AND (run = ? OR (thread = ? AND thread <> run)) AND run < ?
                  ORDER BY run DESC LIMIT ?) newest
                ORDER BY run""", ThreadStore::turn, tenant.name(), thread, thread, Page.before(before), most);
    }

    private static Conversation.Turn turn(ResultSet row) throws SQLException {
        String answered = row.getString("answered");
        return new Conversation.Turn(
                new RunId(row.getObject("run", UUID.class)),
                Json.read(row.getString("said")).path("input").toString(),
                answered == null ? null : Json.read(answered).path("output").asText(),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "ended_at"),
                Run.Origin.read(row.getString("origin")),
                row.getBoolean("interrupted"));
    }

    private static Conversation thread(TenantId tenant, ResultSet row) throws SQLException {
        UUID run = row.getObject("last_run", UUID.class);
        UUID open = row.getObject("open", UUID.class);
        return new Conversation(
                row.getObject("id", UUID.class),
                tenant,
                title(row),
                row.getString("agent"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                run == null ? null : new RunId(run),
                run == null ? null : RunState.of(row.getString("last_state")),
                open == null ? null : new RunId(open));
    }

    private static String title(ResultSet row) throws SQLException {
        String title = row.getString("title");
        String first = row.getString("first");
        return title.isEmpty() && first != null
                ? title(Json.read(first).path("input").toString())
                : title;
    }

    /// What a thread is named after: the beginning of the first thing a person said.
    private static String title(String input) {
        for (var message : Json.read(input)) {
            if (message.path("role").asText().equals("user")) {
                return Text.shorten(message.path("content").asText().strip().replaceAll("\\s+", " "), 80);
            }
        }
        return "";
    }
}
