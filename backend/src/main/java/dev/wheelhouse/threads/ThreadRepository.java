package dev.wheelhouse.threads;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Threads, each with what is known of its turns. There are threads without a turn, and turns without a row of a
/// thread: a run that was started alone is a thread of its own.
@TenantRepository
interface ThreadRepository extends GenericRepository<ThreadRepository.Row, UUID> {

    @MappedEntity("threads")
    record Row(
            @TenantId String tenant,
            @Id UUID id,
            String title,
            @Nullable String agent,
            @Nullable String idempotencyKey) {}

    /// A thread as people look at it; `said` is what its first turn was asked.
    @Introspected
    record Shown(
            UUID id,
            String title,
            @Nullable String agent,
            Instant createdAt,
            Instant updatedAt,
            @Nullable UUID lastRun,
            @Nullable String lastState,
            @Nullable UUID openRun,
            @Nullable String said,
            @Nullable String waiting,
            boolean pinned,
            boolean archived) {}

    /// @param origin the run that begins as it does
    @Introspected
    record Branched(UUID run, UUID thread, UUID origin, Instant createdAt) {}

    String SHOWN = """
            SELECT l.*, coalesce(t.title, '') AS title, coalesce(t.agent, f.agent) AS agent,
              coalesce(t.created_at, f.created_at) AS created_at,
              coalesce(l.ended_at, n.created_at, t.created_at) AS updated_at,
              f.said, t.pinned_at IS NOT NULL AS pinned, t.archived_at IS NOT NULL AS archived,
              (SELECT o.run FROM turns o WHERE o.tenant = :tenant AND o.thread = l.id AND o.ended_at IS NULL
                AND NOT o.blocked) AS open_run
            FROM (""";

    /// The newest turn of threads. A condition on it follows.
    String NEWEST = """
            SELECT r.thread AS id, r.run AS newest, r.run AS last_run, r.state AS last_state, r.ended_at, r.waiting FROM turns r
            WHERE r.tenant = :tenant AND r.parent IS NULL
              AND NOT EXISTS (SELECT FROM turns n
                WHERE n.tenant = r.tenant AND n.thread = r.thread AND n.thread <> n.run AND n.run > r.run)
              AND """;

    /// Threads that have no turn yet. `newest` is the thread's own id: both are sorted by time. A condition follows.
    String EMPTY = """

            UNION ALL
            SELECT t.id, t.id, NULL, NULL, NULL, NULL FROM threads t
            WHERE t.tenant = :tenant
              AND NOT EXISTS (SELECT FROM turns r WHERE r.tenant = t.tenant AND r.thread = t.id AND r.thread <> r.run)
              AND NOT EXISTS (SELECT FROM turns r WHERE r.tenant = t.tenant AND r.run = t.id)
              AND """;

    String TURNS = """
            ) l
            LEFT JOIN threads t ON t.tenant = :tenant AND t.id = l.id
            LEFT JOIN turns n ON n.tenant = :tenant AND n.run = l.newest
            LEFT JOIN LATERAL (
              SELECT agent, created_at, said FROM turns
              WHERE tenant = :tenant AND (run = l.id OR (thread = l.id AND thread <> run)) ORDER BY run LIMIT 1) f ON true
            ORDER BY l.newest DESC""";

    @Query(SHOWN + NEWEST + " (r.run = :thread OR (r.thread = :thread AND r.thread <> r.run)) " + EMPTY
            + " t.id = :thread ORDER BY newest DESC LIMIT 1" + TURNS)
    Optional<Shown> find(UUID thread);

    /// Newest first, without those that were put away. Nobody said anything in a replay, or in a run that reads a
    /// document: their threads are found by their ids alone.
    @Query(SHOWN + NEWEST + " r.run < :before AND NOT r.replayed AND r.kind <> 'ingestion' AND NOT EXISTS"
            + " (SELECT FROM threads a WHERE a.tenant = r.tenant AND a.id = r.thread AND a.archived_at IS NOT NULL)"
            + EMPTY
            + " t.archived_at IS NULL AND t.id < :before ORDER BY newest DESC LIMIT :most" + TURNS)
    List<Shown> list(UUID before, int most);

    /// Threads that somebody has marked, each with its newest turn. The condition is in the middle.
    String MARKED = """
            SELECT m.id, coalesce(n.run, m.id) AS newest, n.run AS last_run, n.state AS last_state, n.ended_at, n.waiting
            FROM threads m LEFT JOIN LATERAL (
              SELECT r.run, r.state, r.ended_at, r.waiting FROM turns r
              WHERE r.tenant = :tenant AND (r.run = m.id OR (r.thread = m.id AND r.thread <> r.run))
              ORDER BY r.run DESC LIMIT 1) n ON true
            WHERE m.tenant = :tenant AND""";

    String NEWEST_MARKED = " AND coalesce(n.run, m.id) < :before ORDER BY newest DESC LIMIT :most";

    @Query(SHOWN + MARKED + " m.archived_at IS NOT NULL" + NEWEST_MARKED + TURNS)
    List<Shown> listArchived(UUID before, int most);

    @Query(SHOWN + MARKED + " m.pinned_at IS NOT NULL AND m.archived_at IS NULL" + NEWEST_MARKED + TURNS)
    List<Shown> listPinned(UUID before, int most);

    String OWN = " WHERE tenant = :tenant AND (run = :thread OR (thread = :thread AND thread <> run))";

    /// What its runs have used, and all that they called.
    @Query("WITH RECURSIVE own AS (SELECT run, tokens, cost FROM listed_runs" + OWN + """
             UNION
              SELECT c.run, c.tokens, c.cost FROM own o JOIN listed_runs c ON c.tenant = :tenant AND c.parent = o.run)
            SELECT CAST(coalesce(sum(tokens), 0) AS bigint) AS tokens,
              CASE WHEN bool_or(cost IS NULL) THEN NULL ELSE CAST(coalesce(sum(cost), 0) AS bigint) END AS cost
            FROM own""")
    Conversation.Spent spent(UUID thread);

    /// Branches that begin where turns of the thread began, and those beside the thread where it is one itself.
    @Query("WITH own AS (SELECT run, CAST(origin AS jsonb) AS origin FROM turns" + OWN + """
            )
            SELECT run, origin, thread, created_at FROM runs_made_from((SELECT array_agg(run) FROM (
              SELECT run FROM own
              UNION SELECT CAST(origin ->> 'run' AS uuid) FROM own WHERE origin ->> 'step' = '0') roots))
            WHERE how = 'fork' AND step = 0""")
    List<Branched> branches(UUID thread);

    /// A thread that its first run opened gets its row here.
    @Query("""
            INSERT INTO threads AS t (tenant, id, title, created_at, pinned_at, archived_at)
            VALUES (:tenant, :id, coalesce(CAST(:title AS text), ''), :createdAt,
              CASE WHEN CAST(:pinned AS boolean) THEN now() END, CASE WHEN CAST(:archived AS boolean) THEN now() END)
            ON CONFLICT (tenant, id) DO UPDATE SET
              title = coalesce(CAST(:title AS text), t.title),
              pinned_at = CASE coalesce(CAST(:pinned AS boolean), t.pinned_at IS NOT NULL)
                WHEN true THEN coalesce(t.pinned_at, now()) END,
              archived_at = CASE coalesce(CAST(:archived AS boolean), t.archived_at IS NOT NULL)
                WHEN true THEN coalesce(t.archived_at, now()) END""")
    void change(
            UUID id, Instant createdAt, @Nullable String title, @Nullable Boolean pinned, @Nullable Boolean archived);

    @Query("DELETE FROM threads WHERE tenant = :tenant AND id = :id")
    void forget(UUID id);

    /// 0 where this idempotency key made one before.
    @Query("""
            INSERT INTO threads (tenant, id, title, agent, idempotency_key)
            VALUES (:tenant, :id, :title, :agent, :idempotencyKey) ON CONFLICT DO NOTHING""")
    int add(UUID id, String title, @Nullable String agent, @Nullable String idempotencyKey);

    /// Tells the engine that the thread is there.
    @Query("SELECT open_thread(:tenant, :id)")
    boolean open(UUID id);

    Optional<Row> findByIdempotencyKey(@Nullable String idempotencyKey);
}
