package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.http.JsonResponse;
import dev.wheelhouse.http.Paging;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.WorkflowInput;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.workflows.Workflow;
import dev.wheelhouse.workflows.Workflows;
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

/// Reading, changing, publishing and running workflows.
@Controller(value = "/api/v1/workflows", produces = MediaType.ALL)
final class WorkflowsController {

    private final Workflows workflows;
    private final StartRuns start;
    private final InstantSource clock;
    private final Runs runs;

    WorkflowsController(Workflows workflows, StartRuns start, Runs runs, InstantSource clock) {
        this.workflows = workflows;
        this.start = start;
        this.runs = runs;
        this.clock = clock;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(workflows.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, WorkflowJson::brief));
    }

    @Get("/{name}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, HttpHeaders headers, String name) {
        var workflow = workflows.latest(caller.tenant(), name);
        return Versions.read(headers, workflow.version(), WorkflowJson.whole(workflow));
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
        String text = AgentsController.definition(request, body);
        boolean publishes = AgentsController.flag("publish", publish, true);
        var before = find(caller.tenant(), name);
        if (AgentsController.flag("dryRun", dryRun, false)) {
            return JsonResponse.json(WorkflowJson.whole(checked(caller.tenant(), name, text, before)));
        }
        var workflow = workflows.put(caller.tenant(), name, text, publishes, Versions.expected(request.getHeaders()));
        var response = before.isPresent()
                ? JsonResponse.json(WorkflowJson.whole(workflow))
                : JsonResponse.created("/api/v1/workflows/" + name, WorkflowJson.whole(workflow));
        return Versions.tag(response, workflow.version());
    }

    /// The workflow as it would be, of a revision that has no number yet.
    private Workflow checked(TenantId tenant, String name, String text, Optional<Workflow> before) {
        return new Workflow(
                name,
                before.map(Workflow::published).orElse(null),
                before.map(Workflow::latest).orElse(0),
                before.map(Workflow::updatedAt).orElseGet(clock::instant),
                0,
                workflows.check(tenant, name, text),
                text);
    }

    private Optional<Workflow> find(TenantId tenant, String name) {
        try {
            return Optional.of(workflows.get(tenant, name));
        } catch (Problem e) {
            if (e.code() == ErrorCode.UNKNOWN_WORKFLOW) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Get("/{name}/revisions")
    @RequiresScope(Scope.READ)
    HttpResponse<String> revisions(
            Caller caller, String name, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(workflows.revisions(caller.tenant(), name), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, WorkflowJson::brief));
    }

    @Get("/{name}/revisions/{n}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> revision(Caller caller, String name, String n) {
        workflows.get(caller.tenant(), name);
        return JsonResponse.json(WorkflowJson.whole(workflows.revision(caller.tenant(), name, number(name, n))));
    }

    @Post("/{name}/revisions/{n}/publish")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> publish(Caller caller, HttpHeaders headers, String name, String n) {
        workflows.get(caller.tenant(), name);
        var workflow = workflows.publish(caller.tenant(), name, number(name, n), Versions.expected(headers));
        return Versions.tag(JsonResponse.json(WorkflowJson.whole(workflow)), workflow.version());
    }

    @Post("/{name}/runs")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> start(Caller caller, String name, HttpHeaders headers, @Body byte @Nullable [] body)
            throws InterruptedException {
        var run = start.fromValue(
                caller, Workflows.KIND, name, body, headers.get("Idempotency-Key"), WorkflowsController::said);
        return RunsController.created(runs, caller, run, headers);
    }

    private static StartRuns.Said said(JsonNode value) {
        return new StartRuns.Said("user", WorkflowInput.text(value), "\"input\":" + value);
    }

    /// Text that is not a number cannot be a revision.
    private static int number(String name, String n) {
        try {
            return Integer.parseInt(n);
        } catch (NumberFormatException e) {
            throw new Problem(
                    ErrorCode.NOT_FOUND, "Workflow \"%s\" has no revision \"%s\"".formatted(name, Text.shorten(n, 40)));
        }
    }

    /// Workflows and their revisions as clients see them.
    private static final class WorkflowJson {

        private WorkflowJson() {}

        static String brief(Workflow workflow) {
            return fields(workflow).end();
        }

        static String whole(Workflow workflow) {
            return fields(workflow)
                    .raw("input", workflow.definition().input().toString())
                    .put("start", workflow.definition().machine().start())
                    .raw(
                            "states",
                            JsonObject.array(workflow.definition().machine().states().values().stream()
                                    .map(WorkflowJson::of)
                                    .toList()))
                    .put("yaml", workflow.yaml())
                    .put("revision", workflow.revision())
                    .end();
        }

        static String brief(Revision revision) {
            return fields(revision).end();
        }

        static String whole(Revision revision) {
            return fields(revision).put("yaml", revision.text()).end();
        }

        private static JsonObject fields(Workflow workflow) {
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

        private static JsonObject fields(Revision revision) {
            return new JsonObject()
                    .put("workflow", revision.name())
                    .put("revision", revision.number())
                    .put("published", revision.published())
                    .time("createdAt", revision.createdAt());
        }

        private static @Nullable String text(@Nullable Number number) {
            return number == null ? null : number.toString();
        }
    }
}
