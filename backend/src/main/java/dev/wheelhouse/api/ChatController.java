package dev.wheelhouse.api;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.RunFields;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.RunJson;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One message, one answer: the shortest way to talk to an agent.
@Controller(value = "/chat", produces = MediaType.ALL)
final class ChatController {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Runs runs;
    private final StartRuns start;
    private final Agents agents;
    private final Models models;

    ChatController(Runs runs, StartRuns start, Agents agents, Models models) {
        this.runs = runs;
        this.start = start;
        this.agents = agents;
        this.models = models;
    }

    @Post
    @RequiresScope(Scope.RUN)
    HttpResponse<String> chat(Caller caller, @Body byte @Nullable [] body) throws InterruptedException {
        var fields = Fields.of(body, Set.of("message", "agent", "thread", "user"));
        String message = fields.text("message", RunFields.LONGEST_TEXT);
        String wanted = fields.textOrNull("agent", 100);
        var thread = RunFields.thread(fields);
        String user = RunFields.user(fields);
        fields.check();
        String agent = wanted == null ? "assistant" : wanted;
        var said = List.of(new StartRuns.Said("user", message));
        var begun = start.start(
                caller,
                new StartRuns.RunRequest(
                        start.spokenTo(caller, agent, Agents.KIND),
                        agent,
                        thread,
                        said,
                        null,
                        "{}",
                        user,
                        NewRun.WhenBusy.REJECT,
                        null,
                        null));
        var run = runs.await(caller.tenant(), begun.id(), LONGEST_WAIT);
        return JsonResponse.json(new JsonObject()
                .put("answer", run.output())
                .put("run", run.id().toString())
                .put("thread", run.thread().toString())
                .put("state", run.state().word())
                .raw("error", RunJson.failure(run.failure()))
                .put("demo", models.isDemo(model(run)))
                .end());
    }

    /// That of the agent; a workflow may ask several, the usual one among them.
    private String model(Run run) {
        var program = run.program();
        return program.kind().equals(Agents.KIND)
                ? agents.definition(run.tenant(), program.name(), program.revision())
                        .model()
                : "default";
    }
}
