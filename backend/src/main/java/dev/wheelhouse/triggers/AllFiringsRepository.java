package dev.wheelhouse.triggers;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is due, over all tenants. What is taken and what is made of it are one statement each, so that nothing is done
/// twice and nothing lost, whoever dies. Times are the database's.
@EngineRepository
interface AllFiringsRepository extends GenericRepository<Firing, String> {

    /// A slot that nobody has taken.
    ///
    /// @param dueAt its time
    @Introspected
    record Due(String tenant, String name, String definition, int version, Instant dueAt, Instant now) {

        TenantId of() {
            return new TenantId(tenant);
        }
    }

    /// What becomes of a trigger whose slots are taken.
    ///
    /// @param due the slot that was seen
    /// @param next null where there is none any more
    @Introspected
    record Moved(
            String tenant,
            String name,
            int version,
            Instant due,
            @Nullable Instant next) {}

    /// A slot that was taken, and when it is to be started.
    @Introspected
    record Slot(String tenant, String trigger, Instant slot, Instant due) {}

    /// What fires by a notice.
    ///
    /// @param reason why it does not, null where it does
    @Introspected
    record Fired(
            long notice,
            TenantId tenant,
            String trigger,
            String key,
            String given,
            int depth,
            @Nullable String reason) {}

    /// A firing to be started. What a changed row gives back has to be an entity.
    ///
    /// @param late in milliseconds
    @MappedEntity("firings")
    record Open(
            String tenant,
            String trigger,
            String definition,
            @Id String key,
            @Nullable Instant slot,
            @Nullable String given,
            int depth,
            int tries,
            boolean blocked,
            long late) {

        TenantId of() {
            return new TenantId(tenant);
        }
    }

    /// What became of one.
    ///
    /// @param run of it, as text
    /// @param pause how long until it is tried again, null where it is not
    @Introspected
    record End(
            TenantId tenant,
            String trigger,
            String key,
            Firing.State state,
            @Nullable String run,
            @Nullable String reason,
            @Nullable Duration pause) {}

    @Query("""
            SELECT tenant, name, definition, version, due_at, now() AS now FROM triggers
            WHERE due_at <= now() ORDER BY due_at LIMIT :most""")
    List<Due> slots(int most);

    /// Makes firings of the slots that nobody else has taken meanwhile; how many. The slot that was seen is still the
    /// one that is due, else somebody else has it. Rows that are locked are somebody's, too.
    ///
    /// @param moved [Moved]s
    /// @param slots [Slot]s
    @Query("""
            WITH wanted AS (
              SELECT * FROM json_to_recordset(CAST(:moved AS json))
                AS w (tenant text, name text, version int, due timestamptz, next timestamptz)
            ), mine AS (
              SELECT t.tenant, t.name, w.next FROM triggers t JOIN wanted w ON w.tenant = t.tenant AND w.name = t.name
                AND w.version = t.version AND w.due = t.due_at FOR UPDATE OF t SKIP LOCKED
            ), moved AS (
              UPDATE triggers t SET due_at = m.next FROM mine m WHERE t.tenant = m.tenant AND t.name = m.name
              RETURNING t.tenant, t.name
            ), made AS (
              INSERT INTO firings (tenant, trigger, key, state, due_at, slot)
              SELECT f.tenant, f.trigger, f.slot, 'due', f.due, CAST(f.slot AS timestamptz)
              FROM json_to_recordset(CAST(:slots AS json)) AS f (tenant text, trigger text, slot text, due timestamptz)
              JOIN moved m ON m.tenant = f.tenant AND m.name = f.trigger
              ORDER BY f.slot ON CONFLICT DO NOTHING RETURNING 1
            )
            SELECT count(*) FROM made""")
    int take(String moved, String slots);

    /// Takes those that are due, the oldest first. A try belongs to a replica for two seconds: should two of
    /// them start it, both come to the same run by its key. One is blocked while an earlier one of its trigger
    /// is due, or its run has not ended.
    @Query("""
            WITH taken AS (
              UPDATE firings f SET due_at = now() + interval '2 s', tries = f.tries + 1
              FROM (SELECT tenant, trigger, key, due_at FROM firings WHERE state = 'due' AND due_at <= now()
                ORDER BY due_at, position LIMIT :most FOR UPDATE SKIP LOCKED) d
              WHERE f.tenant = d.tenant AND f.trigger = d.trigger AND f.key = d.key
              RETURNING f.*, d.due_at AS was_due
            )
            SELECT f.tenant, f.trigger, f.key, f.slot, f.given, f.depth, f.tries, t.definition,
              CAST(extract(epoch FROM now() - f.was_due) * 1000 AS bigint) AS late,
              EXISTS (SELECT FROM firings e WHERE e.tenant = f.tenant AND e.trigger = f.trigger
                AND e.position < f.position AND e.state = 'due' AND e.slot IS NOT NULL)
              OR EXISTS (SELECT FROM (SELECT tenant, run FROM firings p WHERE p.tenant = f.tenant
                  AND p.trigger = f.trigger AND p.position < f.position AND p.state = 'started'
                  ORDER BY p.position DESC LIMIT 5) p
                JOIN run_epochs r ON r.tenant = p.tenant AND r.run = p.run WHERE NOT r.is_ended) AS blocked
            FROM taken f JOIN triggers t ON t.tenant = f.tenant AND t.name = f.trigger
            ORDER BY f.was_due, f.position""")
    List<Open> open(int most);

    /// @param ends [End]s
    @Query("""
            UPDATE firings f SET state = e.state, run = coalesce(e.run, f.run), reason = e.reason,
              due_at = CASE WHEN e.pause IS NULL THEN f.due_at ELSE now() + e.pause * interval '1 ms' END
            FROM (SELECT * FROM json_to_recordset(CAST(:ends AS json))
              AS e (tenant text, trigger text, key text, state text, run uuid, reason text, pause bigint)
              ORDER BY tenant, trigger, key) e
            WHERE f.tenant = e.tenant AND f.trigger = e.trigger AND f.key = e.key AND f.state = 'due'""")
    void end(String ends);

    /// Firings that were over before they were written down. The last word of a delivery that came again is that it
    /// was started.
    ///
    /// @param ends [End]s
    @Query("""
            INSERT INTO firings AS f (tenant, trigger, key, state, due_at, run, reason)
            SELECT DISTINCT ON (e.tenant, e.trigger, e.key) e.tenant, e.trigger, e.key, e.state, now(), e.run, e.reason
            FROM json_to_recordset(CAST(:ends AS json))
              AS e (tenant text, trigger text, key text, state text, run uuid, reason text)
            WHERE EXISTS (SELECT FROM triggers t WHERE t.tenant = e.tenant AND t.name = e.trigger)
            ORDER BY e.tenant, e.trigger, e.key, e.state <> 'started'
            ON CONFLICT (tenant, trigger, key) DO UPDATE SET state = excluded.state, run = excluded.run, reason = NULL
              WHERE excluded.state = 'started' AND f.state <> 'started'""")
    void addEnded(String ends);

    /// The definitions of a tenant's triggers that wait for events and are enabled.
    @Query("SELECT definition FROM triggers WHERE tenant = :of AND source = 'event' AND enabled ORDER BY name")
    List<String> forEvents(String of);

    /// Takes notices, those that nobody else has, and writes what fires by them.
    ///
    /// @param notices JSON array of their ids
    /// @param fired [Fired]s
    @Query("""
            WITH taken AS MATERIALIZED (SELECT take_notices('triggers', ARRAY(
              SELECT CAST(n AS bigint) FROM json_array_elements_text(CAST(:notices AS json)) n)) AS id)
            INSERT INTO firings (tenant, trigger, key, state, due_at, given, depth, reason)
            SELECT f.tenant, f.trigger, f.key, CASE WHEN f.reason IS NULL THEN 'due' ELSE 'skipped' END, now(), f.given,
              f.depth, f.reason
            FROM json_to_recordset(CAST(:fired AS json))
              AS f (notice bigint, tenant text, trigger text, key text, given text, depth int, reason text)
            JOIN taken n ON n.id = f.notice
            WHERE EXISTS (SELECT FROM triggers t WHERE t.tenant = f.tenant AND t.name = f.trigger)
            ORDER BY f.notice ON CONFLICT DO NOTHING""")
    void takeNotices(String notices, String fired);

    /// All but the newest of each trigger.
    @Query("""
            DELETE FROM firings f USING (
              SELECT t.tenant, t.name, (SELECT x.position FROM firings x WHERE x.tenant = t.tenant AND x.trigger = t.name
                ORDER BY x.position DESC OFFSET :keep LIMIT 1) AS position FROM triggers t) t
            WHERE f.tenant = t.tenant AND f.trigger = t.name AND f.position <= t.position AND f.state <> 'due'""")
    void forget(int keep);

    /// How many milliseconds until something is due; empty where nothing will be by itself.
    @Query("""
            SELECT CAST(extract(epoch FROM least(
              (SELECT min(due_at) FROM triggers WHERE due_at IS NOT NULL),
              (SELECT min(due_at) FROM firings WHERE state = 'due')) - now()) * 1000 AS bigint)""")
    Optional<Long> untilNext();
}
