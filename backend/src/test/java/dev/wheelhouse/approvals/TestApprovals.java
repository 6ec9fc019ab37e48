package dev.wheelhouse.approvals;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.runs.TestQuestions;
import java.util.Arrays;
import java.util.List;

/// Approvals on a test's database, for tests of other packages.
public final class TestApprovals {

    private TestApprovals() {}

    public static Approvals of(Database database) {
        return of(database, List.of());
    }

    public static Approvals of(Database database, List<ApprovalListener> listeners) {
        return new Approvals(new ApprovalStore(database), TestQuestions.of(database), listeners);
    }

    /// The operator's rules with these conditions, for all tenants.
    public static OperatorRules rules(String... conditions) {
        return rules(Arrays.stream(conditions).map(RuleConfig::of).toArray(RuleConfig[]::new));
    }

    static OperatorRules rules(RuleConfig... rules) {
        return new OperatorRules(List.of(rules));
    }
}
