package dev.wheelhouse.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.rest.DefinitionRequest;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.rest.Versions;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.triggers.Firing;
import dev.wheelhouse.triggers.Hook;
import dev.wheelhouse.triggers.Schedule;
import dev.wheelhouse.triggers.Source;
import dev.wheelhouse.triggers.Triggers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reading, changing and firing triggers.
@Controller(value = "/api/v1/triggers", produces = MediaType.ALL)
final class TriggersController {

    private static final Set<String> GIVEN = Set.of("body", "headers", "query", "event");
    private static final int LAST = 10;

    private final Triggers triggers;

    TriggersController(Triggers triggers) {
        this.triggers = triggers;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(triggers.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(
                Paging.json(page, trigger -> brief(caller, trigger).end()));
    }

    @Get("/{name}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, HttpHeaders headers, String name) {
        var trigger = triggers.get(caller.tenant(), name);
        var response = JsonResponse.json(whole(caller, trigger));
        return Versions.tag(response, Integer.toString(trigger.version()));
    }

    @Put("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> put(
            Caller caller,
            HttpRequest<?> request,
            String name,
            @QueryValue @Nullable String dryRun,
            @Body byte @Nullable [] body) {
        String text = DefinitionRequest.text(request, body);
        if (DefinitionRequest.flag("dryRun", dryRun, false)) {
            return JsonResponse.json(brief(caller, triggers.check(caller.tenant(), name, text))
                    .put("yaml", text)
                    .end());
        }
        var trigger = triggers.put(caller.tenant(), name, text, Versions.expected(request.getHeaders()));
        return Versions.tag(JsonResponse.json(whole(caller, trigger)), Integer.toString(trigger.version()));
    }

    @Delete("/{name}")
    @RequiresScope(Scope.BUILD)
    HttpResponse<?> remove(Caller caller, HttpHeaders headers, String name) {
        triggers.remove(caller.tenant(), name, Versions.expected(headers));
        return HttpResponse.noContent();
    }

    @Get("/{name}/firings")
    @RequiresScope(Scope.READ)
    HttpResponse<String> firings(
            Caller caller, String name, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        int most = Paging.limit(limit);
        var page = triggers.firings(caller.tenant(), name, position(after), most);
        return JsonResponse.json(Paging.json(page, TriggersController::of));
    }

    private static @Nullable Long position(@Nullable String after) {
        return after == null ? null : Long.valueOf(Paging.number("after", after, 0, Integer.MAX_VALUE));
    }

    /// Fires it now.
    @Post("/{name}/run")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> run(
            Caller caller, HttpHeaders headers, String name, @Body @io.micronaut.core.annotation.Nullable byte[] body) {
        var trigger = triggers.get(caller.tenant(), name);
        String given = body == null || body.length == 0
                ? null
                : given(trigger.definition().source(), body);
        String key = StartRuns.idempotencyKey(headers.get("Idempotency-Key"));
        var firing = triggers.fire(caller.tenant(), name, given, key);
        return JsonResponse.json(HttpStatus.ACCEPTED, of(firing));
    }

    private static String given(Source source, byte[] body) {
        var fields = Fields.of(body, GIVEN);
        var known =
                switch (source.kind()) {
                    case SCHEDULE -> Set.<String>of();
                    case WEBHOOK -> Set.of("body", "headers", "query");
                    case EVENT -> Set.of("event");
                };
        var given = new JsonObject();
        fields.names().forEach(name -> {
            JsonNode value = fields.node(name);
            if (known.contains(name)) {
                given.raw(name, String.valueOf(value));
            } else {
                fields.refuse(name, "A %s has no \"%s\"".formatted(source.kind().word(), name), "Leave it out");
            }
        });
        fields.check();
        return given.end();
    }

    private String whole(Caller caller, Triggers.Shown trigger) {
        var last = triggers.firings(caller.tenant(), trigger.definition().name(), null, LAST);
        return brief(caller, trigger)
                .raw(
                        "firings",
                        JsonObject.array(
                                last.data().stream().map(TriggersController::of).toList()))
                .put("yaml", trigger.text())
                .end();
    }

    private static JsonObject brief(Caller caller, Triggers.Shown trigger) {
        var definition = trigger.definition();
        var json = new JsonObject()
                .put("name", definition.name())
                .put("description", definition.description())
                .put("enabled", definition.enabled())
                .put("source", definition.source().kind().word())
                .put(definition.target().kind(), definition.target().name());
        switch (definition.source()) {
            case Schedule schedule ->
                json.put("cron", schedule.text())
                        .put("timeZone", schedule.zone().getId());
            case Hook hook ->
                json.put("path", "/hooks/%s/%s".formatted(caller.tenant(), definition.name()))
                        .put("verify", hook.verify().name().toLowerCase(java.util.Locale.ROOT));
            case dev.wheelhouse.triggers.Happening happening ->
                json.raw("types", JsonObject.words(new TreeSet<>(happening.types())));
        }
        return json.put("version", trigger.version())
                .raw(
                        "next",
                        JsonObject.words(
                                trigger.next().stream().map(Object::toString).toList()))
                .time("updatedAt", trigger.updatedAt());
    }

    private static String of(Firing firing) {
        return new JsonObject()
                .put("id", Long.toString(firing.position()))
                .put("state", firing.state().word())
                .time("slot", firing.slot())
                .put("run", firing.run() == null ? null : firing.run().toString())
                .put("reason", firing.reason())
                .time("createdAt", firing.createdAt())
                .end();
    }
}
