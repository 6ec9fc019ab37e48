package dev.wheelhouse.rest;

import dev.wheelhouse.definitions.Authored;
import dev.wheelhouse.definitions.Defined;
import dev.wheelhouse.definitions.Revised;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.tenants.Caller;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the routes of every kind with revisions answer: listing, reading, changing, publishing. A kind's controller has
/// the routes, and says how one of the kind looks.
///
/// @param <D> what the kind makes of a text
public final class RevisionRoutes<D> {

    private final Revised<D> kind;
    private final String path;
    private final Function<Defined<D>, String> brief;
    private final Function<Defined<D>, String> whole;
    private final InstantSource clock;

    /// @param path of the kind, such as `/api/v1/agents`
    /// @param brief one as JSON, as lists show it
    /// @param whole one as JSON, with its text
    public RevisionRoutes(
            Revised<D> kind,
            String path,
            Function<Defined<D>, String> brief,
            Function<Defined<D>, String> whole,
            InstantSource clock) {
        this.kind = kind;
        this.path = path;
        this.brief = brief;
        this.whole = whole;
        this.clock = clock;
    }

    public HttpResponse<String> list(Caller caller, @Nullable String after, @Nullable String limit) {
        var page = Paging.cut(kind.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, brief));
    }

    public HttpResponse<String> get(Caller caller, HttpHeaders headers, String name) {
        var there = kind.latest(caller.tenant(), name);
        return Versions.read(headers, there.version(), whole.apply(there));
    }

    /// Stores what is sent, or with `dryRun` only says what it would be.
    ///
    /// @param publish `true` where it is not said
    /// @param note what its author notes on it
    public HttpResponse<String> put(
            Caller caller,
            HttpRequest<?> request,
            String name,
            @Nullable String publish,
            @Nullable String dryRun,
            @Nullable String note,
            byte @Nullable [] body) {
        var tenant = caller.tenant();
        String text = DefinitionRequest.text(request, body);
        boolean publishes = DefinitionRequest.flag("publish", publish, true);
        if (DefinitionRequest.flag("dryRun", dryRun, false)) {
            return JsonResponse.json(whole.apply(kind.revisions().preview(tenant, name, text, clock.instant())));
        }
        boolean isThere = kind.find(tenant, name).isPresent();
        var by = new Authored(caller.key() == null ? null : caller.name(), DefinitionRequest.note(note));
        var stored = kind.put(tenant, name, text, publishes, Versions.expected(request.getHeaders()), by);
        String json = whole.apply(stored);
        return Versions.tag(
                isThere ? JsonResponse.json(json) : JsonResponse.created(path + "/" + name, json), stored.version());
    }

    public HttpResponse<String> revisions(Caller caller, String name, @Nullable String after, @Nullable String limit) {
        var page = Paging.cut(kind.revisions(caller.tenant(), name), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, revision -> fields(revision).end()));
    }

    /// @param number as it stands in the path
    public HttpResponse<String> revision(Caller caller, String name, String number) {
        kind.get(caller.tenant(), name);
        var revision = kind.revision(caller.tenant(), name, number(name, number));
        return JsonResponse.json(fields(revision).put("yaml", revision.text()).end());
    }

    /// @param number as it stands in the path
    public HttpResponse<String> publish(Caller caller, HttpHeaders headers, String name, String number) {
        kind.get(caller.tenant(), name);
        var published = kind.publish(caller.tenant(), name, number(name, number), Versions.expected(headers));
        return Versions.tag(JsonResponse.json(whole.apply(published)), published.version());
    }

    public HttpResponse<String> delete(Caller caller, HttpHeaders headers, String name) {
        kind.delete(caller.tenant(), name, Versions.expected(headers));
        return HttpResponse.noContent();
    }

    private int number(String name, String number) {
        return DefinitionRequest.revision(kind.revisions().called(name), number);
    }

    private JsonObject fields(Revision revision) {
        return new JsonObject()
                .put(kind.revisions().word(), revision.name())
                .put("revision", revision.number())
                .put("published", revision.published())
                .time("createdAt", revision.createdAt())
                .put("author", revision.author())
                .put("note", revision.note());
    }
}
