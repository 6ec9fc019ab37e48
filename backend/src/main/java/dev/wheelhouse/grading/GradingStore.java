package dev.wheelhouse.grading;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Questions in Postgres, each call in a transaction of one tenant.
@Singleton
final class GradingStore {

    private final Database database;
    private final QuestionRepository questions;

    GradingStore(Database database, QuestionRepository questions) {
        this.database = database;
        this.questions = questions;
    }

    /// As they were written down.
    List<Grading.Question> list(TenantId tenant, UUID collection) {
        return database.as(tenant, () -> questions.list(collection)).stream()
                .map(row -> new Grading.Question(row.question(), row.documents()))
                .toList();
    }

    /// In place of those that there are.
    void replace(TenantId tenant, UUID collection, List<Grading.Question> wanted) {
        var rows = new ArrayList<QuestionRepository.Added>();
        for (var question : wanted) {
            rows.add(new QuestionRepository.Added(
                    rows.size() + 1, question.question(), String.join("\n", question.documents())));
        }
        String json = new Columns<>(rows).json();
        database.as(tenant, () -> {
            questions.put(collection, json);
            questions.dropAfter(collection, rows.size());
        });
    }
}
