package dev.wheelhouse.content;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.memories.Memories;
import dev.wheelhouse.memories.Memory;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.QueryValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is remembered of a user, or of the caller: to be seen, corrected, taken along and deleted.
@Controller(value = "/api/v1/memories", produces = MediaType.ALL)
final class MemoriesController {

    private final Memories memories;

    MemoriesController(Memories memories) {
        this.memories = memories;
    }

    @Get
    @RequiresScope(Scope.RUN)
    HttpResponse<String> list(
            Caller caller,
            @QueryValue @Nullable String user,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String limit) {
        var of = subject(caller, user);
        var page = Paging.cut(memories.list(of), after, Paging.limit(limit));
        return JsonResponse.json(new JsonObject()
                .raw(
                        "data",
                        JsonObject.array(page.data().stream()
                                .map(MemoriesController::json)
                                .toList()))
                .put("hasMore", page.nextCursor() != null)
                .put("nextCursor", page.nextCursor())
                .put("paused", memories.isPaused(of))
                .end());
    }

    /// Pauses memory and resumes it.
    @Patch
    @RequiresScope(Scope.RUN)
    HttpResponse<String> pause(Caller caller, @QueryValue @Nullable String user, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("paused"));
        boolean isPaused = fields.flag("paused");
        if (fields.node("paused") == null) {
            fields.refuse("paused", "\"paused\" is missing", "Send true or false");
        }
        fields.check();
        memories.pause(subject(caller, user), isPaused);
        return JsonResponse.json(new JsonObject().put("paused", isPaused).end());
    }

    @Delete
    @RequiresScope(Scope.RUN)
    HttpResponse<?> deleteAll(Caller caller, @QueryValue @Nullable String user) {
        memories.forgetAll(subject(caller, user));
        return HttpResponse.noContent();
    }

    @Patch("/{id}")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> edit(
            Caller caller, String id, @QueryValue @Nullable String user, @Body byte @Nullable [] body) {
        var memory = Ids.parse("memory", id);
        var of = subject(caller, user);
        memories.check(of, memory);
        var fields = Fields.of(body, Set.of("text"));
        String text = fields.text("text", Memories.LONGEST);
        fields.check();
        return JsonResponse.json(json(memories.edit(of, memory, text)));
    }

    @Delete("/{id}")
    @RequiresScope(Scope.RUN)
    HttpResponse<?> delete(Caller caller, String id, @QueryValue @Nullable String user) {
        memories.forget(subject(caller, user), Ids.parse("memory", id).toString());
        return HttpResponse.noContent();
    }

    private static Memories.Subject subject(Caller caller, @Nullable String user) {
        return Memories.Subject.of(caller.tenant(), caller.key(), user == null || user.isBlank() ? null : user);
    }

    private static String json(Memory memory) {
        return new JsonObject()
                .put("id", memory.id().toString())
                .put("key", memory.key())
                .put("kind", memory.kind().word())
                .put("text", memory.text())
                .put("source", memory.source().word())
                .put("run", memory.run() == null ? null : memory.run().toString())
                .put("uses", memory.uses())
                .time("createdAt", memory.createdAt())
                .time("usedAt", memory.usedAt())
                .time("expiresAt", memory.expiresAt())
                .end();
    }
}
