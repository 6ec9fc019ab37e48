package dev.wheelhouse.api;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.Frames;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.rest.RunJson;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.threads.Conversation;
import dev.wheelhouse.threads.Threads;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Conversations, whose turns are runs.
@Controller(value = "/api/v1/threads", produces = MediaType.ALL)
final class ThreadsController {

    private static final String USUAL_TURNS = "20";

    private final Threads threads;
    private final Runs runs;
    private final Agents agents;

    ThreadsController(Threads threads, Runs runs, Agents agents) {
        this.threads = threads;
        this.runs = runs;
        this.agents = agents;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(
            Caller caller,
            @QueryValue @Nullable String shown,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String limit) {
        var which = shown == null ? Conversation.Shown.USUAL : shown(shown);
        return JsonResponse.json(
                Paging.json(threads.list(caller.tenant(), which, after, Paging.limit(limit)), ThreadJson::of));
    }

    private static Conversation.Shown shown(String word) {
        var known = Arrays.stream(Conversation.Shown.values())
                .map(Conversation.Shown::word)
                .toList();
        if (!known.contains(word)) {
            String said = Text.shorten(word, 40);
            throw new Problem(ErrorCode.BAD_REQUEST, "shown is \"%s\"".formatted(said), Suggest.hint(said, known));
        }
        return Conversation.Shown.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Post
    @RequiresScope(Scope.RUN)
    HttpResponse<String> open(Caller caller, HttpHeaders headers, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("agent", "title"));
        String agent = fields.textOrNull("agent", 100);
        String title = fields.textOrNull("title", 200);
        fields.check();
        if (agent != null) {
            agents.published(caller.tenant(), agent);
        }
        var thread = threads.open(
                caller.tenant(),
                title == null || title.isBlank() ? "New thread" : title,
                agent,
                StartRuns.idempotencyKey(headers.get("Idempotency-Key")));
        return JsonResponse.created("/api/v1/threads/" + thread.id(), ThreadJson.of(thread));
    }

    @Get("/{id}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, String id) {
        var thread = threads.get(caller.tenant(), Ids.parse("thread", id));
        return JsonResponse.json(ThreadJson.of(thread, threads.spent(caller.tenant(), thread.id())));
    }

    @Patch("/{id}")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> change(Caller caller, String id, @Body byte @Nullable [] body) {
        var thread = threads.get(caller.tenant(), Ids.parse("thread", id));
        var fields = Fields.of(body, Set.of("title", "pinned", "archived"));
        String title = fields.textOrNull("title", 200);
        var change = new Conversation.Change(
                title == null ? null : title.strip(),
                fields.has("pinned") ? Boolean.valueOf(fields.flag("pinned")) : null,
                fields.has("archived") ? Boolean.valueOf(fields.flag("archived")) : null);
        fields.check();
        return JsonResponse.json(ThreadJson.of(threads.change(caller.tenant(), thread.id(), change)));
    }

    @Delete("/{id}")
    @RequiresScope(Scope.RUN)
    HttpResponse<?> delete(Caller caller, String id) {
        threads.delete(caller.tenant(), Ids.parse("thread", id));
        return HttpResponse.noContent();
    }

    @Get("/{id}/branches")
    @RequiresScope(Scope.READ)
    HttpResponse<String> branches(Caller caller, String id) {
        var thread = threads.get(caller.tenant(), Ids.parse("thread", id));
        var branches = threads.branches(caller.tenant(), thread.id());
        return JsonResponse.json(new JsonObject()
                .raw(
                        "data",
                        JsonObject.array(
                                branches.stream().map(ThreadJson::branch).toList()))
                .end());
    }

    @Get("/{id}/messages")
    @RequiresScope(Scope.READ)
    HttpResponse<String> messages(
            Caller caller, String id, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var thread = threads.get(caller.tenant(), Ids.parse("thread", id));
        var messages = ThreadJson.messages(threads.turns(caller.tenant(), thread.id(), null, 10_000));
        return JsonResponse.json(Paging.json(Paging.cut(messages, after, Paging.limit(limit)), message -> message));
    }

    /// What a page needs to show the conversation as if it had watched all of it.
    @Get("/{id}/events")
    @RequiresScope(Scope.READ)
    HttpResponse<String> events(
            Caller caller, String id, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var thread = threads.get(caller.tenant(), Ids.parse("thread", id));
        var page = runs.list(
                caller.tenant(),
                new RunFilter(null, null, null, thread.id()),
                after,
                Paging.limit(limit == null ? USUAL_TURNS : limit));
        return JsonResponse.json(Paging.json(page, run -> {
            var events = RunsController.log(runs, run);
            return new JsonObject()
                    .raw("run", RunJson.of(run, events))
                    .raw(
                            "events",
                            JsonObject.array(events.stream().map(Frames::json).toList()))
                    .end();
        }));
    }
}
