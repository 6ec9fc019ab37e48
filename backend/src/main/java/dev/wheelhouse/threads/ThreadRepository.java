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
            @Nullable String said) {}

    String SHOWN = """
            SELECT l.*, coalesce(t.title, '') AS title, coalesce(t.agent, f.agent) AS agent,
              coalesce(t.created_at, f.created_at) AS created_at,
              coalesce(l.ended_at, n.created_at, t.created_at) AS updated_at,
              f.said,
              (SELECT o.run FROM turns o WHERE o.tenant = :tenant AND o.thread = l.id AND o.ended_at IS NULL
                AND NOT o.blocked) AS open_run
            FROM (""";

    /// The newest turn of threads. A condition on it follows.
    String NEWEST = """
            SELECT r.thread AS id, r.run AS newest, r.run AS last_run, r.state AS last_state, r.ended_at FROM turns r
            WHERE r.tenant = :tenant AND r.parent IS NULL
              AND NOT EXISTS (SELECT FROM turns n
                WHERE n.tenant = r.tenant AND n.thread = r.thread AND n.thread <> n.run AND n.run > r.run)
              AND """;

    /// Threads that have no turn yet. `newest` is the thread's own id: both are sorted by time. A condition follows.
    String EMPTY = """

            UNION ALL
            SELECT t.id, t.id, NULL, NULL, NULL FROM threads t
            WHERE t.tenant = :tenant
              AND NOT EXISTS (SELECT FROM turns r WHERE r.tenant = t.tenant AND r.thread = t.id AND r.thread <> r.run)
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

    /// Newest first. Nobody said anything in a replay: its thread is found by its id alone.
    @Query(SHOWN + NEWEST + " r.run < :before AND NOT r.replayed " + EMPTY
            + " t.id < :before ORDER BY newest DESC LIMIT :most" + TURNS)
    List<Shown> list(UUID before, int most);

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
