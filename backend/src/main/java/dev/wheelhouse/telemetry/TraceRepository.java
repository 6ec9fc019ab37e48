package dev.wheelhouse.telemetry;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Up to where traces were sent: one place for all replicas, which one of them holds at a time.
@EngineRepository
interface TraceRepository extends GenericRepository<TraceRepository.Place, String> {

    /// What a changed row gives back has to be an entity.
    ///
    /// @param run the last one of those that ended at this moment
    @MappedEntity("trace_exports")
    record Place(@Id String tenant, Instant at, UUID run) {}

    /// A run that has ended.
    ///
    /// @param took in milliseconds, without the time until a replica took it
    /// @param trace the `traceparent` that came with the request
    @Introspected
    record Ended(
            String tenant,
            UUID run,
            boolean failed,
            long took,
            Instant endedAt,
            @Nullable String trace) {}

    /// The first time it begins a minute ago: nobody wants the traces of a year.
    @Query("""
            INSERT INTO trace_exports (tenant, at) VALUES (:of, now() - interval '1 minute') ON CONFLICT DO NOTHING""")
    void begin(String of);

    /// Holds the place for as long; none while another replica does.
    @Query("""
            UPDATE trace_exports SET replica = :replica, taken_until = now() + :held * interval '1 ms'
            WHERE replica = :replica OR taken_until < now() RETURNING tenant, at, run""")
    List<Place> take(String replica, long held);

    /// What has ended since, the first first. A run's end is seen when its transaction is over, so those of the last
    /// seconds may not be all that there are: they come next time.
    @Query("""
            SELECT tenant, run, state = 'failed' AS failed, ended_at, trace,
              CAST(coalesce(round(extract(epoch FROM ended_at - started_at) * 1000), 0) AS bigint) AS took
            FROM ended_runs
            WHERE ended >= CAST(:at AS timestamptz) AT TIME ZONE 'UTC' AND (ended_at, run) > (:at, :run)
              AND ended_at < now() - :settled * interval '1 ms'
            ORDER BY ended_at, run LIMIT :most""")
    List<Ended> after(Instant at, UUID run, long settled, int most);

    /// 0 where another replica holds the place by now.
    @Query("UPDATE trace_exports SET at = :at, run = :run WHERE replica = :replica")
    int advance(Instant at, UUID run, String replica);
}
