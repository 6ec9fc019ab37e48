package dev.wheelhouse.api;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.rest.Versions;
import dev.wheelhouse.signins.SignIns;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tools.ToolState;
import dev.wheelhouse.toolservers.ToolServers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import org.jspecify.annotations.Nullable;

/// Servers of others whose tools agents may call.
@Controller(value = "/api/v1/tool-servers", produces = MediaType.ALL)
final class ToolServersController {

    private final ToolServers servers;

    ToolServersController(ToolServers servers) {
        this.servers = servers;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(servers.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, server -> brief(server).end()));
    }

    @Get("/{name}")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> get(Caller caller, HttpHeaders headers, String name) {
        var server = servers.get(caller.tenant(), name);
        return Versions.read(headers, Integer.toString(server.version()), whole(server));
    }

    @Put("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> put(Caller caller, HttpRequest<?> request, String name, @Body byte @Nullable [] body)
            throws InterruptedException {
        return answer(
                servers.put(caller.tenant(), name, definition(request, body), Versions.expected(request.getHeaders())));
    }

    /// JSON is read as the YAML that it is, but for tabs, which JSON allows between values.
    private static String definition(HttpRequest<?> request, byte @Nullable [] body) {
        String text = Fields.text(body);
        boolean isJson = request.getContentType()
                .map(MediaType.APPLICATION_JSON_TYPE::matches)
                .orElse(true);
        if (!isJson) {
            return text;
        }
        Json.read(text);
        return text.replace('\t', ' ');
    }

    @Delete("/{name}")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<?> remove(Caller caller, HttpHeaders headers, String name) {
        servers.remove(caller.tenant(), name, Versions.expected(headers));
        return HttpResponse.noContent();
    }

    @Post("/{name}/refresh")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> refresh(Caller caller, String name) throws InterruptedException {
        return answer(servers.refresh(caller.tenant(), name));
    }

    /// Approves tools as they were seen, or switches them off.
    @Post("/{name}/tools")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> decide(Caller caller, String name, @Body byte @Nullable [] body) {
        servers.get(caller.tenant(), name);
        var fields = Fields.of(body, Set.of("tools"));
        var wishes = fields.objects("tools", Set.of("name", "hash", "on")).stream()
                .map(ToolServersController::wish)
                .toList();
        if (wishes.isEmpty()) {
            fields.refuse("tools", "\"tools\" names no tool", "Name at least one");
        }
        fields.check();
        return answer(servers.decide(caller.tenant(), name, wishes, caller.name()));
    }

    private static ToolServers.Wish wish(Fields tool) {
        String name = tool.text("name", 256);
        String hash = tool.textOrNull("hash", 64);
        boolean isOn = tool.flag("on");
        if (isOn && hash == null) {
            tool.refuse("hash", "\"hash\" is missing", "Send the hash of the tool as you read it: you approve that");
        }
        return new ToolServers.Wish(name, isOn ? hash : null);
    }

    static HttpResponse<String> answer(ToolServers.Shown server) {
        return Versions.tag(JsonResponse.json(whole(server)), Integer.toString(server.version()));
    }

    private static String whole(ToolServers.Shown server) {
        return brief(server).put("definition", server.text()).end();
    }

    private static String signIn(SignIns.@Nullable Shown signIn) {
        return signIn == null
                ? "null"
                : new JsonObject()
                        .put("state", signIn.state().word())
                        .put("issuer", signIn.issuer())
                        .put("offered", signIn.offered())
                        .raw("scopes", JsonObject.words(signIn.scopes()))
                        .put("problem", signIn.problem())
                        .put("by", signIn.by())
                        .time("at", signIn.at())
                        .time("expiresAt", signIn.expiresAt())
                        .end();
    }

    private static JsonObject brief(ToolServers.Shown server) {
        var counts = new JsonObject();
        for (var state : ToolState.values()) {
            counts.put(state.word(), server.tools().getOrDefault(state, 0));
        }
        return new JsonObject()
                .put("name", server.definition().name())
                .put("description", server.definition().description())
                .put("kind", server.definition().kind().word())
                .put("url", server.definition().url())
                .put("version", server.version())
                .time("checkedAt", server.checkedAt())
                .put("problem", server.problem())
                .raw("tools", counts.end())
                .raw("signIn", signIn(server.signIn()))
                .time("updatedAt", server.updatedAt());
    }
}
