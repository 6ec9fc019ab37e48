package dev.wheelhouse.automation;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.DefinitionRequest;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.rest.Versions;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.webhooks.Delivery;
import dev.wheelhouse.webhooks.Webhooks;
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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who outside is told what happens, and what was delivered to them.
@Controller(value = "/api/v1/webhooks", produces = MediaType.ALL)
final class WebhooksController {

    private final Webhooks webhooks;

    WebhooksController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(webhooks.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, WebhooksController::whole));
    }

    @Get("/{name}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, String name) {
        return answer(webhooks.get(caller.tenant(), name));
    }

    @Put("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> put(Caller caller, HttpRequest<?> request, String name, @Body byte @Nullable [] body) {
        String text = DefinitionRequest.text(request, body);
        return answer(webhooks.put(caller.tenant(), name, text, Versions.expected(request.getHeaders())));
    }

    @Delete("/{name}")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<?> remove(Caller caller, HttpHeaders headers, String name) {
        webhooks.remove(caller.tenant(), name, Versions.expected(headers));
        return HttpResponse.noContent();
    }

    /// Makes another secret.
    @Post("/{name}/secret")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> rotate(Caller caller, String name) {
        return answer(webhooks.rotate(caller.tenant(), name));
    }

    /// Sends a message to try it.
    @Post("/{name}/test")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> test(Caller caller, String name) {
        return JsonResponse.json(HttpStatus.ACCEPTED, of(webhooks.test(caller.tenant(), name)));
    }

    @Get("/{name}/deliveries")
    @RequiresScope(Scope.READ)
    HttpResponse<String> deliveries(
            Caller caller, String name, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        int most = Paging.limit(limit);
        Long before = after == null ? null : Long.valueOf(Paging.number("after", after, 0, Integer.MAX_VALUE));
        return JsonResponse.json(
                Paging.json(webhooks.deliveries(caller.tenant(), name, before, most), WebhooksController::of));
    }

    /// Sends a message again.
    @Post("/{name}/deliveries/{delivery}/send")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> again(Caller caller, String name, String delivery) {
        webhooks.get(caller.tenant(), name);
        var again = webhooks.again(caller.tenant(), name, Ids.parse("delivery", delivery));
        return JsonResponse.json(HttpStatus.ACCEPTED, of(again));
    }

    private static HttpResponse<String> answer(Webhooks.Shown webhook) {
        return Versions.tag(JsonResponse.json(whole(webhook)), Integer.toString(webhook.version()));
    }

    private static String whole(Webhooks.Shown webhook) {
        var definition = webhook.definition();
        return new JsonObject()
                .put("name", definition.name())
                .put("description", definition.description())
                .put("url", definition.url())
                .raw("events", JsonObject.words(new TreeSet<>(definition.events())))
                .put("when", definition.when())
                .put("enabled", webhook.enabled())
                .put("disabled", webhook.disabled())
                .put("version", webhook.version())
                .time("updatedAt", webhook.updatedAt())
                .put("yaml", webhook.text())
                .putIfAny("secret", webhook.secret())
                .end();
    }

    private static String of(Delivery delivery) {
        return new JsonObject()
                .put("id", delivery.id().toString())
                .put("type", delivery.type())
                .put("run", delivery.run() == null ? null : delivery.run().toString())
                .put("state", delivery.state().word())
                .put("tries", delivery.tries())
                .raw(
                        "status",
                        delivery.status() == null ? null : delivery.status().toString())
                .put("reason", delivery.reason())
                .time("createdAt", delivery.createdAt())
                .time("triedAt", delivery.triedAt())
                .time("dueAt", delivery.dueAt())
                .raw("body", delivery.body())
                .end();
    }
}
