package dev.wheelhouse.status;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.reruns.Reruns;
import dev.wheelhouse.reruns.Why;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.telemetry.TraceLinks;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/// Why a run failed, joined from one id: step, trace, log, and what has changed since it last went well.
@Controller(value = "/api/v1/runs/{id}/why", produces = MediaType.ALL)
final class WhyController {

    private final Reruns reruns;
    private final TraceLinks links;

    WhyController(Reruns reruns, TraceLinks links) {
        this.reruns = reruns;
        this.links = links;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> why(Caller caller, String id) {
        return JsonResponse.json(json(reruns.why(caller.tenant(), RunId.parse(id))));
    }

    private String json(Why why) {
        var run = why.run();
        var failure = run.failure();
        return new JsonObject()
                .put("run", run.id().toString())
                .put("kind", run.program().kind())
                .put("agent", run.program().name())
                .put("revision", run.program().revision())
                .raw(
                        "error",
                        failure == null
                                ? "null"
                                : new JsonObject()
                                        .put("code", failure.code())
                                        .put("message", failure.message())
                                        .rawIfAny("hint", failure.hint() == null ? null : Json.quote(failure.hint()))
                                        .end())
                .raw("step", why.step() == null ? "null" : why.step())
                .put("answer", why.answer())
                .put("trace", run.trace(0).trace())
                .put("traceLink", links.trace(run))
                .put("logLink", links.log(run))
                .raw("lastSuccess", why.lastSuccess() == null ? "null" : success(why.lastSuccess()))
                .raw(
                        "changes",
                        JsonObject.array(why.changes().stream()
                                .map(change -> new JsonObject()
                                        .put("what", change.what())
                                        .put("before", change.before())
                                        .put("now", change.now())
                                        .end())
                                .toList()))
                .put("retryFrom", why.retryFrom())
                .end();
    }

    private static String success(Run run) {
        return new JsonObject()
                .put("run", run.id().toString())
                .put("revision", run.program().revision())
                .time("endedAt", run.times().endedAt())
                .end();
    }
}
