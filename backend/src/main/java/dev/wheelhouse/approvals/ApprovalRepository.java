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

    // One statement for each question that is asked of the list: where a condition may be switched off by a parameter,
    // Postgres plans for all cases at once and reads every question to find the few that are open.
    String NEWEST = "SELECT * FROM run_questions WHERE tenant = :tenant AND id < :before";
    String FIRST = " ORDER BY id DESC LIMIT :most";

    /// Newest first, as the other lists.
    @Query(NEWEST + FIRST)
    List<Approval> list(UUID before, int most);

    /// The state is part of the statement, so that the index of the open ones serves it.
    @Query(NEWEST + " AND state = 'open'" + FIRST)
    List<Approval> listOpen(UUID before, int most);

    @Query(NEWEST + " AND state = CAST(:state AS approval_state)" + FIRST)
    List<Approval> listByState(UUID before, String state, int most);

    /// Those of one run are few; null asks for any state.
    @Query(NEWEST
            + " AND run = :run AND (CAST(:state AS text) IS NULL OR state = CAST(:state AS approval_state))"
            + FIRST)
    List<Approval> listByRun(UUID before, UUID run, @Nullable String state, int most);
}
