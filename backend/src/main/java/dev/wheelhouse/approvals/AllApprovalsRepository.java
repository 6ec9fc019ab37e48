package dev.wheelhouse.approvals;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Open questions of all tenants.
@EngineRepository
interface AllApprovalsRepository extends GenericRepository<Approval, UUID> {

    /// How many questions a tenant has open, and since how many seconds the oldest is.
    @Introspected
    record Count(String tenant, long open, double oldest) {}

    @Query("""
            SELECT tenant, count(*) AS open, extract(epoch FROM now() - min(created_at))::float8 AS oldest
            FROM run_questions WHERE state = 'open' GROUP BY tenant""")
    List<Count> countOpen();
}
