package dev.wheelhouse.approvals;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.runs.TestQuestions;
import dev.wheelhouse.tools.TestTools;
import java.util.Arrays;
import java.util.List;

/// Approvals on a test's database, for tests of other packages.
public final class TestApprovals {

    private TestApprovals() {}

    public static Approvals of(Database database) {
        return of(database, List.of());
    }

    public static Approvals of(Database database, List<ApprovalListener> listeners) {
        return new Approvals(
                store(database), TestQuestions.of(database), new CheckForm(TestTools.of(database)), listeners);
    }

    static ApprovalStore store(Database database) {
        return new ApprovalStore(
                database,
                TestDatabases.bean(database, ApprovalRepository.class),
                TestDatabases.bean(database, AllApprovalsRepository.class));
    }

    /// The operator's rules with these conditions, for all tenants.
    public static OperatorRules rules(String... conditions) {
        return rules(Arrays.stream(conditions).map(RuleConfig::of).toArray(RuleConfig[]::new));
    }

    static OperatorRules rules(RuleConfig... rules) {
        return new OperatorRules(List.of(rules));
    }
}
