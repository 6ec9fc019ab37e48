package dev.wheelhouse.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.crews.Crews;
import dev.wheelhouse.definitions.Defined;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.rest.DefinitionRequest;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.RevisionRoutes;
import dev.wheelhouse.rest.StartedRun;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.WorkflowInput;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.workflows.Workflows;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reading, changing, publishing and running workflows.
@Controller(value = "/api/v1/workflows", produces = MediaType.ALL)
final class WorkflowsController {

    private final RevisionRoutes<Definition> routes;
    private final StartRuns start;
    private final Runs runs;
    private final Workflows workflows;

    WorkflowsController(Workflows workflows, StartRuns start, Runs runs, InstantSource clock) {
        routes = new RevisionRoutes<>(workflows, "/api/v1/workflows", WorkflowJson::brief, WorkflowJson::whole, clock);
        this.start = start;
        this.runs = runs;
        this.workflows = workflows;
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

    /// The workflow in states, which is what runs where it is written as a crew.
    @Get("/{name}/states")
    @RequiresScope(Scope.READ)
    HttpResponse<String> states(Caller caller, String name, @QueryValue @Nullable String revision) {
        var workflow = workflows.latest(caller.tenant(), name);
        int number = revision == null
                ? workflow.revision()
                : DefinitionRequest.revision("Workflow \"%s\"".formatted(name), revision);
        String text = workflows.revision(caller.tenant(), name, number).text();
        return JsonResponse.json(new JsonObject()
                .put("name", name)
                .put("revision", number)
                .put("yaml", Crews.asStates(text))
                .end());
    }

    /// Makes a crew of CrewAI's files. Nothing is stored: people look at it first.
    @Post("/import")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> imported(Caller caller, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("name", "agents", "tasks", "process"));
        var files = new Crews.Files(
                fields.text("name", 63),
                fields.text("agents", Definitions.LONGEST),
                fields.text("tasks", Definitions.LONGEST),
                fields.textOrNull("process", 40));
        if (!files.name().isEmpty() && !Definitions.NAME.matcher(files.name()).matches()) {
            fields.refuse("name", "\"%s\" is not a valid name".formatted(files.name()), Definitions.NAME_HINT);
        }
        fields.check();
        var imported = workflows.imported(caller.tenant(), files);
        return JsonResponse.json(new JsonObject()
                .put("yaml", imported.yaml())
                .raw(
                        "notCarriedOver",
                        JsonObject.array(imported.left().stream()
                                .map(left -> new JsonObject()
                                        .put("path", left.path())
                                        .put("message", left.message())
                                        .put("hint", left.hint())
                                        .end())
                                .toList()))
                .end());
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

    @Post("/{name}/runs")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> start(Caller caller, String name, HttpHeaders headers, @Body byte @Nullable [] body)
            throws InterruptedException {
        var run = start.fromValue(
                caller, Workflows.KIND, name, body, headers.get("Idempotency-Key"), WorkflowsController::said);
        return StartedRun.answer(runs, caller, run, headers);
    }

    private static StartRuns.Said said(JsonNode value) {
        return new StartRuns.Said("user", WorkflowInput.text(value), "\"input\":" + value);
    }

    /// Workflows and their revisions as clients see them.
    private static final class WorkflowJson {

        private WorkflowJson() {}

        static String brief(Defined<Definition> workflow) {
            return fields(workflow).end();
        }

        static String whole(Defined<Definition> workflow) {
            return fields(workflow)
                    .raw("input", workflow.definition().input().toString())
                    .put("start", workflow.definition().machine().start())
                    .raw(
                            "states",
                            JsonObject.array(workflow.definition().machine().states().values().stream()
                                    .map(WorkflowJson::of)
                                    .toList()))
                    .put("yaml", workflow.text())
                    .put("asStates", Crews.isCrew(workflow.text()) ? Crews.asStates(workflow.text()) : null)
                    .put("revision", workflow.revision())
                    .end();
        }

        private static JsonObject fields(Defined<Definition> workflow) {
            return new JsonObject()
                    .put("name", workflow.name())
                    .put("description", workflow.definition().description())
                    .raw("published", text(workflow.published()))
                    .put("latest", workflow.latest())
                    .put("version", workflow.version())
                    .put("takesMessage", workflow.definition().takesMessage())
                    .time("updatedAt", workflow.updatedAt());
        }

        private static String of(State state) {
            return new JsonObject()
                    .put("name", state.name())
                    .put("kind", state.kind().word())
                    .put("next", state.way().next())
                    .end();
        }

        private static @Nullable String text(@Nullable Number number) {
            return number == null ? null : number.toString();
        }
    }
}
