package dev.wheelhouse.api;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.agents.RunLimits;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.Frames;
import dev.wheelhouse.http.LiveEvents;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.http.TakesPictures;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.rest.RunJson;
import dev.wheelhouse.rest.StartedRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.signals.Signals;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.wire.Accepted;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Starting runs and looking at them.
@Controller(value = "/api/v1", produces = MediaType.ALL)
final class RunsController {

    private final Runs runs;
    private final StartRuns start;
    private final Signals signals;
    private final LiveEvents live;
    private final RunLimits caps;

    RunsController(Runs runs, StartRuns start, Signals signals, LiveEvents live, RunLimits caps) {
        this.signals = signals;
        this.caps = caps;
        this.runs = runs;
        this.start = start;
        this.live = live;
    }

    @Post("/agents/{name}/runs")
    @TakesPictures
    @RequiresScope(Scope.RUN)
    HttpResponse<String> start(Caller caller, String name, HttpHeaders headers, @Body byte @Nullable [] body)
            throws InterruptedException {
        return StartedRun.answer(
                runs, caller, start.fromBody(caller, Agents.KIND, name, body, headers.get("Idempotency-Key")), headers);
    }

    @Get("/runs")
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(
            Caller caller,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String kind,
            @QueryValue @Nullable String agent,
            @QueryValue @Nullable String thread,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String limit) {
        var filter = new RunFilter(
                state == null ? null : state(state),
                kind(kind, agent),
                agent == null ? null : Text.storable(agent),
                thread == null ? null : Ids.parse("thread", thread));
        var page = runs.list(caller.tenant(), filter, after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, RunJson::of));
    }

    /// Who names an agent wants runs of agents.
    private static @Nullable String kind(@Nullable String kind, @Nullable String agent) {
        if (kind != null && agent != null && !kind.equals(Agents.KIND)) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "kind is \"%s\" and agent is \"%s\"".formatted(Text.shorten(kind, 40), Text.shorten(agent, 40)),
                    "Leave one of them out");
        }
        return agent != null ? Agents.KIND : kind == null ? null : Text.storable(kind);
    }

    private static RunState state(String word) {
        var known = Arrays.stream(RunState.values()).map(RunState::word).toList();
        if (!known.contains(word)) {
            String shown = Text.shorten(word, 40);
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "state is \"%s\"".formatted(shown),
                    Suggest.hint(shown.toLowerCase(Locale.ROOT), known));
        }
        return RunState.of(word);
    }

    @Get("/runs/{id}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, String id) {
        var run = runs.get(caller.tenant(), RunId.parse(id));
        var use = caps.of(run);
        return JsonResponse.json(use == null ? RunJson.of(run) : RunJson.of(run, use));
    }

    @Get("/runs/{id}/steps")
    @RequiresScope(Scope.READ)
    HttpResponse<String> steps(
            Caller caller, String id, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var steps = runs.steps(caller.tenant(), RunId.parse(id));
        return JsonResponse.json(Paging.json(Paging.cut(steps, after, Paging.limit(limit)), step -> step));
    }

    @Post("/runs/{id}/cancel")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> cancel(Caller caller, String id) {
        return JsonResponse.json(HttpStatus.ACCEPTED, RunJson.of(runs.cancel(caller.tenant(), RunId.parse(id))));
    }

    @Post("/runs/{id}/signals/{name}")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> signal(
            Caller caller, String id, String name, HttpHeaders headers, @Body byte @Nullable [] body) {
        String text = body == null || body.length == 0 ? "null" : Fields.text(body);
        String json = Json.read(text).toString();
        String key = StartRuns.idempotencyKey(headers.get("Idempotency-Key"));
        var sent = signals.send(caller.tenant(), RunId.parse(id), name, json, key);
        return JsonResponse.json(
                HttpStatus.ACCEPTED,
                new JsonObject()
                        .put("id", sent.id().toString())
                        .put("run", sent.run().toString())
                        .put("name", sent.name())
                        .put("state", sent.isTaken() ? "taken" : "kept")
                        .end());
    }

    @Post("/runs/{id}/pause")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> pause(Caller caller, String id) {
        return JsonResponse.json(HttpStatus.ACCEPTED, RunJson.of(runs.pause(caller.tenant(), RunId.parse(id))));
    }

    @Post("/runs/{id}/resume")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> resume(Caller caller, String id) {
        return JsonResponse.json(HttpStatus.ACCEPTED, RunJson.of(runs.resume(caller.tenant(), RunId.parse(id))));
    }

    @Get("/runs/{id}/events")
    @RequiresScope(Scope.READ)
    HttpResponse<?> events(
            HttpRequest<?> request,
            Caller caller,
            String id,
            HttpHeaders headers,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String limit) {
        var run = RunId.parse(id);
        String accept = headers.get("Accept");
        if (wantsStream(accept)) {
            String last = headers.get("Last-Event-ID");
            int seen = last == null || last.isBlank() ? seq("after", after) : seq("Last-Event-ID", last);
            return hasSeenAll(caller, run, seen)
                    ? HttpResponse.noContent()
                    : live.of(request, caller.tenant(), run, seen);
        }
        int most = Paging.limit(limit);
        var events = runs.events(caller.tenant(), run, seq("after", after), most + 1);
        Page<RunEvent> page = Page.of(events, most, event -> Integer.toString(event.seq()));
        return JsonResponse.json(Paging.json(page, Frames::json));
    }

    /// Browsers ask for a stream alone; who accepts JSON as well gets that unless the stream is preferred.
    private static boolean wantsStream(@Nullable String accept) {
        double stream = accept == null ? 0 : Accepted.exact(accept, MediaType.TEXT_EVENT_STREAM);
        return stream > 0 && stream >= Accepted.exact(String.valueOf(accept), MediaType.APPLICATION_JSON);
    }

    /// An EventSource comes back after every end; 204 is how it is told that there is nothing more.
    private boolean hasSeenAll(Caller caller, RunId run, int seen) {
        return seen > 0
                && runs.get(caller.tenant(), run).state().isEnded()
                && runs.events(caller.tenant(), run, seen, 1).isEmpty();
    }

    private static int seq(String what, @Nullable String text) {
        return text == null ? 0 : Paging.number(what, text, 0, Integer.MAX_VALUE);
    }

    /// All events of a run, for who shows it whole.
    static List<RunEvent> log(Runs runs, Run run) {
        return runs.events(run.tenant(), run.id(), 0, 10_000);
    }
}
