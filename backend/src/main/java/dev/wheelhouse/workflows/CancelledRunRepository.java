package dev.wheelhouse.workflows;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Which cancelled runs of all tenants were looked at.
@EngineRepository
interface CancelledRunRepository extends GenericRepository<CancelledRunRepository.Undone, UUID> {

    @MappedEntity("undone_runs")
    record Undone(@TenantId String tenant, @Id UUID run) {}

    @Introspected
    record Cancelled(String tenant, UUID run) {}

    /// Those of the last day that nobody has looked at, at most 20.
    @Query("""
            SELECT c.tenant, c.run FROM cancelled_runs c
            WHERE c.kind = :kind AND c.ended_at > now() - interval '1 day'
              AND NOT EXISTS (SELECT FROM undone_runs u WHERE u.tenant = c.tenant AND u.run = c.run)
            ORDER BY c.ended_at LIMIT 20""")
    List<Cancelled> find(String kind);

    /// It need not be looked at again; what is too old to be looked at is forgotten.
    @Query("""
            WITH old AS (DELETE FROM undone_runs WHERE at < now() - interval '2 days')
            INSERT INTO undone_runs (tenant, run) VALUES (:of, :run) ON CONFLICT DO NOTHING""")
    void done(String of, UUID run);
}
