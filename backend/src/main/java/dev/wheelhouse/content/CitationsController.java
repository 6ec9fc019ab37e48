package dev.wheelhouse.content;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.citations.Citation;
import dev.wheelhouse.citations.Citations;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/// What the answer of a run rests on.
@Controller(value = "/api/v1/runs", produces = MediaType.ALL)
final class CitationsController {

    private final Runs runs;
    private final Citations citations;

    CitationsController(Runs runs, Citations citations) {
        this.runs = runs;
        this.citations = citations;
    }

    @Get("/{id}/citations")
    @RequiresScope(Scope.READ)
    HttpResponse<String> citations(Caller caller, String id) {
        var run = runs.get(caller.tenant(), new RunId(Ids.parse("run", id)));
        var cited = citations.of(caller.tenant(), run.thread(), String.valueOf(run.output()));
        return JsonResponse.json(new JsonObject()
                .raw(
                        "data",
                        JsonObject.array(
                                cited.stream().map(CitationsController::json).toList()))
                .end());
    }

    private static String json(Citation citation) {
        return new JsonObject()
                .put("n", citation.n())
                .put("document", citation.document().toString())
                .put("title", citation.title())
                .put("version", citation.version())
                .put("page", citation.page())
                .put("quote", citation.quote())
                .put("gone", citation.isGone())
                .end();
    }
}
