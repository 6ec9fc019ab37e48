package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import java.util.UUID;

/// Questions on a test's database, for tests of other packages.
public final class TestQuestions {

    private TestQuestions() {}

    public static Questions of(Database database) {
        return new Questions(new QuestionStore(database), run -> {});
    }

    /// Answers with any JSON, as the statement behind every decision does; false where another answer came first.
    public static boolean answer(Database database, TenantId tenant, UUID question, String answer) {
        return of(database).answer(tenant, question, Questions.State.APPROVED, answer, "ann");
    }
}
