package dev.wheelhouse.approvals;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Questions as the engine offers them, each with the run that asks.
@TenantRepository
interface ApprovalRepository extends GenericRepository<Approval, UUID> {

    Optional<Approval> findById(UUID id);

    Optional<Approval> findByReplaces(UUID replaces);

    /// Newest first; null asks for any state, any run.
    @Query("""
            SELECT * FROM run_questions WHERE tenant = :tenant AND id < :before
              AND (CAST(:state AS text) IS NULL OR state = CAST(:state AS approval_state))
              AND (CAST(:run AS uuid) IS NULL OR run = CAST(:run AS uuid))
            ORDER BY id DESC LIMIT :most""")
    List<Approval> list(UUID before, @Nullable String state, @Nullable UUID run, int most);
}
