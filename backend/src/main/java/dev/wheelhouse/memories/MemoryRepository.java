package dev.wheelhouse.memories;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is remembered about the subjects of a tenant. What is over its time is left out by the clock of the
/// database, in every statement.
@TenantRepository
interface MemoryRepository extends GenericRepository<Memory, UUID> {

    String LIVING = " WHERE tenant = :tenant AND subject = :subject AND expires_at > now() ";

    /// Keeps it, in place of one of the same key. 0 where the same text is there already, or the list is full.
    @Query("""
            WITH gone AS (
              DELETE FROM memories WHERE tenant = :tenant AND subject = :subject
                AND (expires_at <= now() OR key = :key AND text <> :text)),
            kept AS (INSERT INTO memories (tenant, subject, id, key, kind, text, source, run, write, expires_at)
            SELECT :tenant, :subject, :id, :key, :sort, :text, :origin, CAST(:run AS uuid), :write,
              now() + make_interval(days => :days)
            WHERE NOT EXISTS (SELECT FROM memories""" + LIVING + """
              AND (write = :write OR lower(text) = lower(:text)))
            AND (SELECT count(*) FROM memories""" + LIVING + ") < :most RETURNING 1) SELECT count(*) FROM kept")
    int save(
            String subject,
            UUID id,
            @Nullable String key,
            String sort,
            String text,
            String origin,
            @Nullable UUID run,
            String write,
            int days,
            int most);

    /// Newest first.
    @Query("SELECT * FROM memories" + LIVING + "ORDER BY id DESC")
    List<Memory> list(String subject);

    @Query("SELECT * FROM memories" + LIVING + "AND id = :id")
    Optional<Memory> find(String subject, UUID id);

    /// Those whose words fit, best first; all that there are where no word does, none while paused.
    @Query("""
            WITH q AS (SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS words
              FROM unnest(to_tsvector('english', :query))),
            found AS (
              SELECT m.id, ts_rank(to_tsvector('english', coalesce(m.key, '') || ' ' || m.text), q.words, 1) AS fits
              FROM memories m, q WHERE m.tenant = :tenant AND m.subject = :subject AND m.expires_at > now()
                AND NOT EXISTS (SELECT FROM memory_pauses p WHERE p.tenant = :tenant AND p.subject = :subject)
              ORDER BY fits DESC NULLS LAST, m.id DESC LIMIT :most),
            used AS (
              UPDATE memories SET uses = memories.uses + 1, used_at = now() FROM found f
              WHERE memories.tenant = :tenant AND memories.id = f.id RETURNING memories.*)
            SELECT u.* FROM used u JOIN found f ON f.id = u.id ORDER BY f.fits DESC NULLS LAST, u.id DESC""")
    List<Memory> search(String subject, String query, int most);

    @Query("UPDATE memories SET text = :text, source = 'person'" + LIVING + "AND id = :id")
    int edit(String subject, UUID id, String text);

    @Query("""
            DELETE FROM memories WHERE tenant = :tenant AND subject = :subject
              AND (CAST(id AS text) = :idOrKey OR key = :idOrKey)""")
    int delete(String subject, String idOrKey);

    @Query("DELETE FROM memories WHERE tenant = :tenant AND subject = :subject")
    void deleteAll(String subject);

    @Query("SELECT EXISTS (SELECT FROM memory_pauses WHERE tenant = :tenant AND subject = :subject)")
    boolean isPaused(String subject);

    @Query("INSERT INTO memory_pauses (tenant, subject) VALUES (:tenant, :subject) ON CONFLICT DO NOTHING")
    void pause(String subject);

    @Query("DELETE FROM memory_pauses WHERE tenant = :tenant AND subject = :subject")
    void resume(String subject);
}
