package dev.wheelhouse.automation;

import dev.wheelhouse.http.Public;
import dev.wheelhouse.http.TakesAnyQuery;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.triggers.Hooks;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Webhooks that others send. Each proves by its own signature who sends it, so no key of ours is asked for.
@Controller(value = "/hooks", produces = MediaType.ALL)
final class HooksController {

    private final Hooks hooks;

    HooksController(Hooks hooks) {
        this.hooks = hooks;
    }

    @Public
    @TakesAnyQuery
    @Post("/{tenant}/{name}")
    @Consumes(MediaType.ALL)
    HttpResponse<String> take(HttpRequest<?> request, String tenant, String name, @Body byte @Nullable [] body) {
        var headers = new TreeMap<String, String>();
        request.getHeaders()
                .forEach((header, values) -> headers.putIfAbsent(
                        header.toLowerCase(Locale.ROOT), values.isEmpty() ? "" : values.getFirst()));
        var query = new TreeMap<String, String>();
        request.getParameters().forEach((key, values) -> query.put(key, values.isEmpty() ? "" : values.getFirst()));
        var answer = hooks.take(new Hooks.Message(tenant, name, headers, query, body == null ? new byte[0] : body));
        if (answer.echo() != null) {
            // As text, whatever is in it: no browser takes it for a page.
            return HttpResponse.ok(answer.echo()).contentType(MediaType.TEXT_PLAIN_TYPE);
        }
        return JsonResponse.json(
                HttpStatus.ACCEPTED,
                new JsonObject()
                        .put("trigger", answer.trigger())
                        .put("run", answer.run() == null ? null : answer.run().toString())
                        .put("reason", answer.reason())
                        .end());
    }
}
