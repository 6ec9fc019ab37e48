package dev.wheelhouse.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.grading.Grading;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How good a collection's search is, by its own list of questions.
@Controller(value = "/api/v1/collections/{id}", produces = MediaType.ALL)
final class GradingController {

    private static final int LONGEST_QUESTION = 2_000;
    private static final int LONGEST_KEY = 500;

    private final Grading grading;

    GradingController(Grading grading) {
        this.grading = grading;
    }

    @Get("/questions")
    @RequiresScope(Scope.READ)
    HttpResponse<String> questions(Caller caller, String id) {
        return answer(grading.questions(CollectionsController.viewer(caller), parse(id)));
    }

    /// In place of those that there are.
    @Put("/questions")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> replace(Caller caller, String id, @Body byte @Nullable [] body) {
        var viewer = CollectionsController.viewer(caller);
        grading.questions(viewer, parse(id));
        var fields = Fields.of(body, Set.of("questions"));
        var wanted = new ArrayList<Grading.Question>();
        var listed = fields.objects("questions", Set.of("question", "documents"));
        if (!fields.has("questions") || listed.size() > Grading.MOST_QUESTIONS) {
            fields.refuse(
                    "questions",
                    "\"questions\" must be a list of at most %d".formatted(Grading.MOST_QUESTIONS),
                    "Send all of them; an empty list deletes them");
        }
        for (var one : listed) {
            wanted.add(new Grading.Question(one.text("question", LONGEST_QUESTION), documents(one)));
        }
        fields.check();
        return answer(grading.replace(viewer, parse(id), wanted));
    }

    private static List<String> documents(Fields fields) {
        JsonNode list = fields.node("documents");
        var keys = new ArrayList<String>();
        if (list != null && list.isArray()) {
            list.forEach(key -> keys.add(key.isTextual() ? key.asText() : ""));
        }
        boolean isWrong = keys.stream()
                .anyMatch(key -> key.isBlank()
                        || key.length() > LONGEST_KEY
                        || key.chars().anyMatch(c -> c < ' '));
        if (keys.isEmpty() || keys.size() > Grading.MOST_DOCUMENTS || isWrong) {
            fields.refuse(
                    "documents",
                    "\"documents\" must be a list of 1 to %d keys".formatted(Grading.MOST_DOCUMENTS),
                    "Name the documents that answer the question, such as [\"leave.md\"]");
        }
        return keys;
    }

    @Post("/grade")
    @RequiresScope(Scope.READ)
    HttpResponse<String> grade(Caller caller, String id) throws InterruptedException {
        var report = grading.grade(CollectionsController.viewer(caller), parse(id));
        return JsonResponse.json(new JsonObject()
                .raw(
                        "grades",
                        JsonObject.array(report.grades().stream()
                                .map(GradingController::json)
                                .toList()))
                .raw(
                        "questions",
                        JsonObject.array(report.questions().stream()
                                .map(GradingController::json)
                                .toList()))
                .end());
    }

    private static UUID parse(String id) {
        return Ids.parse("collection", id);
    }

    private static HttpResponse<String> answer(List<Grading.Question> questions) {
        return JsonResponse.json(new JsonObject()
                .raw(
                        "questions",
                        JsonObject.array(questions.stream()
                                .map(question -> json(question).end())
                                .toList()))
                .end());
    }

    private static JsonObject json(Grading.Question question) {
        return new JsonObject()
                .put("question", question.question())
                .raw("documents", JsonObject.words(question.documents()));
    }

    private static String json(Grading.Grade grade) {
        return new JsonObject()
                .put("mode", grade.mode().word())
                .raw("ndcg", KnowledgeJson.number(grade.ndcg()))
                .put("first", grade.first())
                .put("found", grade.found())
                .end();
    }

    private static String json(Grading.Answered answered) {
        return json(answered.question())
                .raw("rank", answered.rank() == null ? null : answered.rank().toString())
                .raw("ndcg", KnowledgeJson.number(answered.ndcg()))
                .raw("best", JsonObject.words(answered.best()))
                .end();
    }
}
