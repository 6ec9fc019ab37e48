package dev.wheelhouse.api;

import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.http.JsonResponse;
import dev.wheelhouse.http.Paging;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tools.ToolInfo;
import dev.wheelhouse.tools.Tools;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
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
    HttpResponse<String> list(@QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        return JsonResponse.json(
                Paging.json(Paging.cut(tools.list(), after, Paging.limit(limit)), ToolsController::json));
    }

    /// Every tool that is built in is available; the reason why not is for those that come from elsewhere.
    private static String json(ToolInfo tool) {
        return new JsonObject()
                .put("name", tool.name())
                .put("description", tool.description())
                .put("effect", tool.effect().word())
                .raw("schema", tool.schema().toString())
                .put("available", true)
                .put("reason", (String) null)
                .put("timeoutMs", tool.timeout().toMillis())
                .end();
    }
}
