package dev.wheelhouse.approvals;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Approvals on a test's database, for tests of other packages.
public final class TestApprovals {

    private TestApprovals() {}

    public static Approvals of(Database database) {
        return of(database, List.of());
    }

    public static Approvals of(Database database, List<ApprovalListener> listeners) {
        return new Approvals(new ApprovalStore(database), listeners);
    }

    /// The operator's rules with these conditions, for all tenants.
    public static OperatorRules rules(String... conditions) {
        return rules(Arrays.stream(conditions).map(RuleConfig::of).toArray(RuleConfig[]::new));
    }

    static OperatorRules rules(RuleConfig... rules) {
        return new OperatorRules(List.of(rules));
    }

    /// Says any word, as the statement behind every decision does; false where another came first.
    public static boolean decide(Database database, TenantId tenant, UUID approval, String answer) {
        return new ApprovalStore(database).decide(tenant, approval, "approved", answer, "ann");
    }
}
