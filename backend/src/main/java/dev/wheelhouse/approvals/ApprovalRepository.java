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
    // Postgres plans for all cases at once and reads every question to find the few that are open. What narrows the
    // list further has no index to lose.
    String NARROWED = " AND (CAST(:agent AS text) IS NULL OR agent = :agent)"
            + " AND (CAST(:tool AS text) IS NULL OR CAST(question AS jsonb) ->> 'tool' = :tool)"
            + " AND (CAST(:requester AS text) IS NULL OR requester = :requester)";
    String NEWEST = "SELECT * FROM run_questions WHERE tenant = :tenant AND id < :before" + NARROWED;
    String FIRST = " ORDER BY id DESC LIMIT :most";
    String OPEN = " AND state = 'open'";

    /// Newest first, as the other lists.
    @Query(NEWEST + FIRST)
    List<Approval> list(
            UUID before, @Nullable String agent, @Nullable String tool, @Nullable String requester, int most);

    /// The state is part of the statement, so that the index of the open ones serves it.
    @Query(NEWEST + OPEN + FIRST)
    List<Approval> listOpen(
            UUID before, @Nullable String agent, @Nullable String tool, @Nullable String requester, int most);

    /// The open ones, those first that expire first; `at` is a time or `infinity`.
    @Query("SELECT * FROM run_questions WHERE tenant = :tenant" + OPEN + NARROWED
            + " AND (coalesce(expires_at, 'infinity'), id) > (CAST(:at AS timestamptz), :after)"
            + " ORDER BY coalesce(expires_at, 'infinity'), id LIMIT :most")
    List<Approval> listSoonest(
            String at, UUID after, @Nullable String agent, @Nullable String tool, @Nullable String requester, int most);

    @Query(NEWEST + " AND state = CAST(:state AS approval_state)" + FIRST)
    List<Approval> listByState(
            UUID before,
            String state,
            @Nullable String agent,
            @Nullable String tool,
            @Nullable String requester,
            int most);

    /// Those of one run are few; null asks for any state.
    @Query(NEWEST
            + " AND run = :run AND (CAST(:state AS text) IS NULL OR state = CAST(:state AS approval_state))"
            + FIRST)
    List<Approval> listByRun(
            UUID before,
            UUID run,
            @Nullable String state,
            @Nullable String agent,
            @Nullable String tool,
            @Nullable String requester,
            int most);

    @Query("SELECT count(*) FROM run_questions WHERE tenant = :tenant" + OPEN + NARROWED)
    long countOpen(@Nullable String agent, @Nullable String tool, @Nullable String requester);
}
