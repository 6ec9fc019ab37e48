package dev.wheelhouse.approvals;

import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads questions as the engine offers them, and keeps which of them were announced.
@Singleton
final class ApprovalStore {

    private final Database database;
    private final ApprovalRepository approvals;
    private final AllApprovalsRepository all;

    ApprovalStore(Database database, ApprovalRepository approvals, AllApprovalsRepository all) {
        this.database = database;
        this.approvals = approvals;
        this.all = all;
    }

    /// Of all tenants that have open questions, how many.
    Map<TenantId, Long> open() {
        return database.asEngine(all::countOpen).stream()
                .collect(Collectors.toMap(count -> new TenantId(count.tenant()), AllApprovalsRepository.Count::open));
    }

    Optional<Approval> find(TenantId tenant, UUID approval) {
        return database.as(tenant, () -> approvals.findById(approval));
    }

    Optional<Approval> successor(TenantId tenant, UUID approval) {
        return database.as(tenant, () -> approvals.findByReplaces(approval));
    }

    Page<Approval> list(TenantId tenant, @Nullable String state, @Nullable UUID run, @Nullable UUID before, int limit) {
        var rows = database.as(tenant, () -> list(state, run, Page.before(before), limit + 1));
        return Page.of(rows, limit, approval -> approval.id().toString());
    }

    private List<Approval> list(@Nullable String state, @Nullable UUID run, UUID before, int most) {
        if (run != null) {
            return approvals.listByRun(before, run, state, most);
        }
        return switch (state) {
            case null -> approvals.list(before, most);
            case "open" -> approvals.listOpen(before, most);
            default -> approvals.listByState(before, state, most);
        };
    }

    List<Approval> toAnnounce(int most) {
        return database.asEngine(() -> all.takeDue(most));
    }

    void announced(TenantId tenant, UUID approval) {
        database.asEngine(() -> all.announced(tenant.name(), approval));
    }

    /// Puts off the next try: by the pause, doubled with each try, up to an hour.
    void notAnnounced(TenantId tenant, UUID approval, long pauseMillis) {
        database.asEngine(() -> all.putOff(tenant.name(), approval, pauseMillis));
    }
}
