package dev.wheelhouse.api;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.agents.Definition;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.RevisionRoutes;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
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
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Reading, changing and publishing agents.
@Controller(value = "/api/v1/agents", produces = MediaType.ALL)
final class AgentsController {

    private final RevisionRoutes<Definition> routes;

    AgentsController(Agents agents, InstantSource clock) {
        routes = new RevisionRoutes<>(agents, "/api/v1/agents", AgentJson::brief, AgentJson::whole, clock);
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        return routes.list(caller, after, limit);
    }

    @Get("/{name}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, HttpHeaders headers, String name) {
        return routes.get(caller, headers, name);
    }

    @Put("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> put(
            Caller caller,
            HttpRequest<?> request,
            String name,
            @QueryValue @Nullable String publish,
            @QueryValue @Nullable String dryRun,
            @QueryValue @Nullable String note,
            @Body byte @Nullable [] body) {
        return routes.put(caller, request, name, publish, dryRun, note, body);
    }

    @Delete("/{name}")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> delete(Caller caller, HttpHeaders headers, String name) {
        return routes.delete(caller, headers, name);
    }

    @Get("/{name}/revisions")
    @RequiresScope(Scope.READ)
    HttpResponse<String> revisions(
            Caller caller, String name, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        return routes.revisions(caller, name, after, limit);
    }

    @Get("/{name}/revisions/{n}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> revision(Caller caller, String name, String n) {
        return routes.revision(caller, name, n);
    }

    @Post("/{name}/revisions/{n}/publish")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> publish(Caller caller, HttpHeaders headers, String name, String n) {
        return routes.publish(caller, headers, name, n);
    }
}
