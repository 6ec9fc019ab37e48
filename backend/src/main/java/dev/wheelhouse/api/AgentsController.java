package dev.wheelhouse.api;

import dev.wheelhouse.agents.Agent;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.Fields;
import dev.wheelhouse.http.JsonResponse;
import dev.wheelhouse.http.Paging;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reading, changing and publishing agents.
@Controller(value = "/api/v1/agents", produces = MediaType.ALL)
final class AgentsController {

    private final Agents agents;
    private final InstantSource clock;

    AgentsController(Agents agents, InstantSource clock) {
        this.agents = agents;
        this.clock = clock;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(agents.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, AgentJson::brief));
    }

    @Get("/{name}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, HttpHeaders headers, String name) {
        var agent = agents.latest(caller.tenant(), name);
        return Versions.read(headers, agent.version(), AgentJson.whole(agent));
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
            @Body byte @Nullable [] body) {
        String text = definition(request, body);
        boolean publishes = flag("publish", publish, true);
        var before = find(caller.tenant(), name);
        if (flag("dryRun", dryRun, false)) {
            return JsonResponse.json(AgentJson.whole(checked(caller.tenant(), name, text, before)));
        }
        var agent = agents.put(caller.tenant(), name, text, publishes, Versions.expected(request.getHeaders()));
        var response = before.isPresent()
                ? JsonResponse.json(AgentJson.whole(agent))
                : JsonResponse.created("/api/v1/agents/" + name, AgentJson.whole(agent));
        return Versions.tag(response, agent.version());
    }

    /// The agent as it would be, of a revision that has no number yet.
    private Agent checked(TenantId tenant, String name, String text, Optional<Agent> before) {
        return new Agent(
                name,
                before.map(Agent::published).orElse(null),
                before.map(Agent::latest).orElse(0),
                before.map(Agent::updatedAt).orElseGet(clock::instant),
                0,
                agents.check(tenant, name, text),
                text);
    }

    private Optional<Agent> find(TenantId tenant, String name) {
        try {
            return Optional.of(agents.get(tenant, name));
        } catch (Problem e) {
            if (e.code() == ErrorCode.UNKNOWN_AGENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// JSON is read as the YAML that it is, but for tabs, which JSON allows between values.
    static String definition(HttpRequest<?> request, byte @Nullable [] body) {
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

    @Get("/{name}/revisions")
    @RequiresScope(Scope.READ)
    HttpResponse<String> revisions(
            Caller caller, String name, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(agents.revisions(caller.tenant(), name), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, AgentJson::brief));
    }

    @Get("/{name}/revisions/{n}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> revision(Caller caller, String name, String n) {
        agents.get(caller.tenant(), name);
        return JsonResponse.json(AgentJson.whole(agents.revision(caller.tenant(), name, number(name, n))));
    }

    @Post("/{name}/revisions/{n}/publish")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> publish(Caller caller, HttpHeaders headers, String name, String n) {
        agents.get(caller.tenant(), name);
        var agent = agents.publish(caller.tenant(), name, number(name, n), Versions.expected(headers));
        return Versions.tag(JsonResponse.json(AgentJson.whole(agent)), agent.version());
    }

    /// Text that is not a number cannot be a revision.
    private static int number(String name, String n) {
        try {
            return Integer.parseInt(n);
        } catch (NumberFormatException e) {
            throw new Problem(
                    ErrorCode.NOT_FOUND, "Agent \"%s\" has no revision \"%s\"".formatted(name, Text.shorten(n, 40)));
        }
    }

    static boolean flag(String what, @Nullable String text, boolean usual) {
        return switch (text) {
            case null -> usual;
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Problem(
                        ErrorCode.BAD_REQUEST,
                        "%s is \"%s\"".formatted(what, Text.shorten(text, 40)),
                        "Send true or false");
        };
    }
}
