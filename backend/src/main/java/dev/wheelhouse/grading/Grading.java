package dev.wheelhouse.grading;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.knowledge.Knowledge;
import dev.wheelhouse.knowledge.Search;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The front door: a collection's questions, and what its search makes of them.
@Singleton
public final class Grading {

    public static final int MOST_QUESTIONS = 200;
    public static final int MOST_DOCUMENTS = 20;

    /// How far down the list of what was found a document counts.
    private static final int DEPTH = 10;

    private final Knowledge knowledge;
    private final GradingStore store;

    Grading(Knowledge knowledge, GradingStore store) {
        this.knowledge = knowledge;
        this.store = store;
    }

    /// What somebody would ask.
    ///
    /// @param documents that answer it, by key
    public record Question(String question, List<String> documents) {}

    /// All questions under one way of searching.
    ///
    /// @param ndcg nDCG@10, 0 to 1, the mean over all questions: 1 where all that answers comes first
    /// @param first of how many questions the first document answers
    /// @param found of how many questions one of the first ten does
    public record Grade(Search.Mode mode, double ndcg, int first, int found) {}

    /// One question under the usual way of searching.
    ///
    /// @param rank of the first document that answers, from 1; null where it is not among the first ten
    /// @param best keys of the first three documents
    public record Answered(Question question, @Nullable Integer rank, double ndcg, List<String> best) {}

    public record Report(List<Grade> grades, List<Answered> questions) {}

    /// `not_found` for a collection that the viewer does not see.
    public List<Question> questions(Knowledge.Viewer viewer, UUID collection) {
        knowledge.get(viewer, collection);
        return store.list(viewer.tenant(), collection);
    }

    /// In place of those that there are.
    public List<Question> replace(Knowledge.Viewer viewer, UUID collection, List<Question> questions) {
        knowledge.get(viewer, collection);
        store.replace(viewer.tenant(), collection, questions);
        return store.list(viewer.tenant(), collection);
    }

    /// Asks all questions in each way. Refuses with `conflict` where there are none.
    public Report grade(Knowledge.Viewer viewer, UUID collection) throws InterruptedException {
        var questions = questions(viewer, collection);
        if (questions.isEmpty()) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "The collection has no questions to be graded by",
                    "Write down some, each with the documents that answer it");
        }
        var keys = new HashMap<UUID, String>();
        var grades = new ArrayList<Grade>();
        List<Answered> shown = List.of();
        for (var mode : Search.Mode.values()) {
            var answered = new ArrayList<Answered>();
            for (var question : questions) {
                answered.add(ask(viewer, collection, question, mode, keys));
            }
            grades.add(grade(mode, answered));
            shown = mode == Search.Mode.HYBRID ? List.copyOf(answered) : shown;
        }
        return new Report(grades, shown);
    }

    private static Grade grade(Search.Mode mode, List<Answered> answered) {
        return new Grade(
                mode,
                answered.stream().mapToDouble(Answered::ndcg).average().orElse(0),
                (int) answered.stream()
                        .filter(one -> one.rank() != null && one.rank() == 1)
                        .count(),
                (int) answered.stream().filter(one -> one.rank() != null).count());
    }

    private Answered ask(
            Knowledge.Viewer viewer, UUID collection, Question question, Search.Mode mode, Map<UUID, String> keys)
            throws InterruptedException {
        var search =
                new Search(List.of(collection.toString()), question.question(), Search.MOST_HITS, null, Map.of(), mode);
        var found = knowledge.search(viewer, search).hits().stream()
                .map(Search.Hit::document)
                .distinct()
                .limit(DEPTH)
                .map(document -> keys.computeIfAbsent(
                        document, id -> knowledge.document(viewer, id).key()))
                .toList();
        Integer rank = null;
        double gain = 0;
        for (int at = 0; at < found.size(); at++) {
            if (question.documents().contains(found.get(at))) {
                rank = rank == null ? at + 1 : rank;
                gain += discount(at);
            }
        }
        double most = 0;
        for (int at = 0; at < Math.min(DEPTH, question.documents().size()); at++) {
            most += discount(at);
        }
        return new Answered(question, rank, gain / most, found.subList(0, Math.min(3, found.size())));
    }

    private static double discount(int at) {
        return Math.log(2) / Math.log(at + 2.0);
    }
}
