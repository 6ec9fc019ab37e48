package dev.wheelhouse.content;

import dev.wheelhouse.feedback.Feedback;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.TakesAnyQuery;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.search.Search;
import dev.wheelhouse.search.SearchQuery;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/// Finding runs by what was said in them and by their properties.
@Controller(value = "/api/v1/search", produces = MediaType.ALL)
final class SearchController {

    private final Search search;
    private final Feedback feedback;

    SearchController(Search search, Feedback feedback) {
        this.search = search;
        this.feedback = feedback;
    }

    /// What people said of runs is kept beside them: those are looked for first.
    private SearchQuery query(Caller caller, SearchParameters.Asked asked) {
        return asked.feedback() == null
                ? asked.query()
                : asked.query().among(feedback.rated(caller.tenant(), asked.feedback()));
    }

    @Get
    @RequiresScope(Scope.READ)
    @TakesAnyQuery
    HttpResponse<String> find(Caller caller, HttpRequest<?> request) {
        var asked = SearchParameters.of(request.getParameters(), true);
        var found = search.find(caller.tenant(), query(caller, asked), asked.after(), Paging.limit(asked.limit()));
        return JsonResponse.json(new JsonObject()
                .raw(
                        "data",
                        JsonObject.array(
                                found.data().stream().map(FoundRunJson::of).toList()))
                .put("hasMore", found.nextCursor() != null)
                .put("nextCursor", found.nextCursor())
                .put("isWhole", found.isWhole())
                .end());
    }

    @Get("/count")
    @RequiresScope(Scope.READ)
    @TakesAnyQuery
    HttpResponse<String> count(Caller caller, HttpRequest<?> request) {
        var asked = SearchParameters.of(request.getParameters(), false);
        var count = search.count(caller.tenant(), query(caller, asked));
        return JsonResponse.json(new JsonObject()
                .put("runs", count.runs())
                .put("isExact", count.isExact())
                .end());
    }
}
