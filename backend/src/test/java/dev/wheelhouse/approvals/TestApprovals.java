package dev.wheelhouse.approvals;

import dev.wheelhouse.database.Database;

/// Approvals on a test's database, for tests of other packages.
public final class TestApprovals {

    private TestApprovals() {}

    public static Approvals of(Database database) {
        return new Approvals(new ApprovalStore(database));
    }
}
