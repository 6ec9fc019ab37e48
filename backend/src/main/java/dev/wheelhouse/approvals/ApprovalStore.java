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

/// Reads questions as the engine offers them.
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

    /// Of all tenants that have open questions, how many, and since when.
    Map<TenantId, ApprovalListener.Open> open() {
        return database.asEngine(all::countOpen).stream()
                .collect(Collectors.toMap(
                        count -> new TenantId(count.tenant()),
                        count -> new ApprovalListener.Open(count.open(), count.oldest())));
    }

    Optional<Approval> find(TenantId tenant, UUID approval) {
        return database.as(tenant, () -> approvals.findById(approval));
    }

    Optional<Approval> successor(TenantId tenant, UUID approval) {
        return database.as(tenant, () -> approvals.findByReplaces(approval));
    }

    Page<Approval> list(TenantId tenant, ApprovalFilter filter, @Nullable UUID before, int limit) {
        var rows = database.as(tenant, () -> list(filter, Page.before(before), limit + 1));
        return Page.of(rows, limit, approval -> approval.id().toString());
    }

    private List<Approval> list(ApprovalFilter by, UUID before, int most) {
        String state = by.state() == null ? null : by.state().word();
        if (by.run() != null) {
            return approvals.listByRun(before, by.run(), state, by.agent(), by.tool(), by.requester(), most);
        }
        return switch (state) {
            case null -> approvals.list(before, by.agent(), by.tool(), by.requester(), most);
            case "open" -> approvals.listOpen(before, by.agent(), by.tool(), by.requester(), most);
            default -> approvals.listByState(before, state, by.agent(), by.tool(), by.requester(), most);
        };
    }

    /// The open ones, by when they expire.
    Page<Approval> soonest(TenantId tenant, ApprovalFilter by, Expiry after, int limit) {
        var rows = database.as(
                tenant,
                () -> approvals.listSoonest(
                        after.at(), after.approval(), by.agent(), by.tool(), by.requester(), limit + 1));
        return Page.of(rows, limit, approval -> Expiry.of(approval).cursor());
    }

    long countOpen(TenantId tenant, ApprovalFilter by) {
        return database.as(tenant, () -> approvals.countOpen(by.agent(), by.tool(), by.requester()));
    }
}
