package dev.wheelhouse.approvals;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Open questions of all tenants, and which of them were announced.
@EngineRepository
interface AllApprovalsRepository extends GenericRepository<Approval, UUID> {

    /// How many questions a tenant has open.
    @Introspected
    record Count(String tenant, long open) {}

    @Query("SELECT tenant, count(*) AS open FROM run_questions WHERE state = 'open' GROUP BY tenant")
    List<Count> countOpen();

    /// Takes questions whose announcement is due, for a minute: if a replica dies with them, others take them. Of two
    /// replicas that see the same question the second one finds it taken. Looks up one row for each open question,
    /// however many were announced before.
    @Query("""
            WITH due AS (
              SELECT tenant, id FROM (
                SELECT q.tenant, q.id, coalesce((
                  SELECT CASE WHEN a.notified_at IS NULL THEN a.notify_at ELSE 'infinity' END FROM announcements a
                  WHERE a.tenant = q.tenant AND a.question = q.id), q.created_at) AS at
                FROM run_questions q WHERE q.state = 'open' AND q.created_at > now() - interval '1 day') q
              WHERE at <= now() ORDER BY at LIMIT :most
            ), taken AS (
              INSERT INTO announcements AS a (tenant, question, tries, notify_at)
              SELECT tenant, id, 1, now() + interval '1 minute' FROM due ORDER BY tenant, id
              ON CONFLICT (tenant, question) DO UPDATE SET tries = a.tries + 1, notify_at = excluded.notify_at
                WHERE a.notified_at IS NULL AND a.notify_at <= now()
              RETURNING tenant, question
            )
            SELECT q.* FROM taken t JOIN run_questions q ON q.tenant = t.tenant AND q.id = t.question""")
    List<Approval> takeDue(int most);

    @Query("UPDATE announcements SET notified_at = now() WHERE tenant = :of AND question = :id")
    void announced(String of, UUID id);

    /// Puts off the next try: by the pause, doubled with each try, up to an hour.
    @Query("""
            UPDATE announcements
            SET notify_at = now() + least(:pauseMillis * power(2, least(tries, 20) - 1), 3600000) * interval '1 ms'
            WHERE tenant = :of AND question = :id""")
    void putOff(String of, UUID id, long pauseMillis);
}
