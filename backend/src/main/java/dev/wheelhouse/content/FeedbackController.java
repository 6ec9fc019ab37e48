package dev.wheelhouse.content;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.feedback.Feedback;
import dev.wheelhouse.feedback.Rating;
import dev.wheelhouse.feedback.Verdict;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people say of runs.
@Controller(value = "/api/v1", produces = MediaType.ALL)
final class FeedbackController {

    private final Feedback feedback;
    private final Runs runs;

    FeedbackController(Feedback feedback, Runs runs) {
        this.feedback = feedback;
        this.runs = runs;
    }

    @Put("/runs/{id}/feedback")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> put(Caller caller, String id, @Body byte @Nullable [] body) {
        var run = runs.get(caller.tenant(), new RunId(Ids.parse("run", id)));
        var fields = Fields.of(body, Set.of("rating", "comment"));
        String rating = fields.text("rating", 10);
        if (!rating.isEmpty() && !Rating.WORDS.contains(rating)) {
            fields.refuse("rating", "\"rating\" is \"%s\"".formatted(rating), Suggest.hint(rating, Rating.WORDS));
        }
        String comment = fields.textOrNull("comment", Verdict.LONGEST);
        fields.check();
        var own = feedback.put(run, caller.name(), Rating.of(rating), comment == null ? "" : comment.strip());
        return JsonResponse.json(json(own));
    }

    @Delete("/runs/{id}/feedback")
    @RequiresScope(Scope.RUN)
    HttpResponse<?> remove(Caller caller, String id) {
        feedback.remove(runs.get(caller.tenant(), new RunId(Ids.parse("run", id))), caller.name());
        return HttpResponse.noContent();
    }

    @Get("/feedback")
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(
            Caller caller,
            @QueryValue @Nullable String thread,
            @QueryValue @Nullable String rating,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String limit) {
        int most = Paging.limit(limit);
        int skip = after == null ? 0 : skip(after);
        var found = feedback.list(
                caller.tenant(),
                thread == null ? null : Ids.parse("thread", thread),
                rating == null ? null : rating(rating),
                skip,
                most + 1);
        var page = Page.of(found, most, _ -> String.valueOf(skip + most));
        return JsonResponse.json(Paging.json(page, FeedbackController::json));
    }

    private static Rating rating(String word) {
        if (!Rating.WORDS.contains(word)) {
            String shown = Text.shorten(word, 40);
            throw new Problem(
                    ErrorCode.BAD_REQUEST, "rating is \"%s\"".formatted(shown), Suggest.hint(shown, Rating.WORDS));
        }
        return Rating.of(word);
    }

    private static int skip(String cursor) {
        if (!cursor.matches("\\d{1,9}")) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" is not a valid cursor".formatted(Text.shorten(cursor, 60)),
                    "Pass nextCursor of the previous page unchanged");
        }
        return Integer.parseInt(cursor);
    }

    private static String json(Verdict verdict) {
        return new JsonObject()
                .put("run", verdict.run().toString())
                .put("thread", verdict.thread().toString())
                .put("author", verdict.author())
                .put("rating", verdict.rating().word())
                .put("comment", verdict.comment())
                .time("at", verdict.at())
                .end();
    }
}
