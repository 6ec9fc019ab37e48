package dev.wheelhouse.api;

import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tools.ToolInfo;
import dev.wheelhouse.tools.Tools;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What agents may call.
@Controller(value = "/api/v1/tools", produces = MediaType.ALL)
final class ToolsController {

    private final Tools tools;

    ToolsController(Tools tools) {
        this.tools = tools;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var all = tools.of(caller.tenant()).list();
        return JsonResponse.json(Paging.json(Paging.cut(all, after, Paging.limit(limit)), ToolsController::json));
    }

    /// One call by a person who tries the tool.
    @Post("/{name}/test")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> test(Caller caller, String name, @Body byte @Nullable [] body) throws InterruptedException {
        tools.of(caller.tenant()).get(name);
        var fields = Fields.of(body, Set.of("arguments"));
        var arguments = fields.node("arguments");
        if (arguments == null || !arguments.isObject()) {
            fields.refuse("arguments", "\"arguments\" must be an object", "Send {} where the tool takes none");
        }
        fields.check();
        long begun = System.nanoTime();
        var result = tools.of(caller.tenant()).attempt(name, String.valueOf(arguments));
        var failure = result.failure();
        return JsonResponse.json(new JsonObject()
                .put("tool", name)
                .raw("output", result.json())
                .raw(
                        "error",
                        failure == null
                                ? null
                                : new JsonObject()
                                        .put("code", failure.code())
                                        .put("message", failure.message())
                                        .put("hint", failure.hint())
                                        .end())
                .put("durationMs", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                .end());
    }

    private static String json(ToolInfo tool) {
        var origin = tool.origin();
        return new JsonObject()
                .put("name", tool.name())
                .put("title", origin.title())
                .put("description", tool.description())
                .put("effect", tool.effect().word())
                .raw("schema", tool.schema().toString())
                .put("server", origin.server())
                .put("remoteName", origin.server() == null ? null : origin.remote())
                .put("state", origin.state().word())
                .put("available", tool.isOn())
                .put("reason", origin.reason())
                .put("asksFirst", origin.asksFirst())
                .put("hash", origin.server() == null ? null : origin.hash())
                .raw("approved", origin.approved())
                .raw("offered", origin.offered())
                .put("timeoutMs", tool.timeout().toMillis())
                .end();
    }
}
