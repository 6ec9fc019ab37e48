package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.RunFields;
import dev.wheelhouse.http.TakesAnyQuery;
import dev.wheelhouse.http.TakesPictures;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.workflows.Workflows;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Agents, and workflows that one message is enough for, as OpenAI's clients see models.
@TakesAnyQuery
@Controller(value = "/v1", produces = MediaType.ALL)
final class OpenAiController {

    private final Agents agents;
    private final Workflows workflows;
    private final Replies replies;
    private final Annotations annotations;

    OpenAiController(Agents agents, Workflows workflows, Replies replies, Annotations annotations) {
        this.annotations = annotations;
        this.workflows = workflows;
        this.agents = agents;
        this.replies = replies;
    }

    @Get("/models")
    @RequiresScope(Scope.READ)
    HttpResponse<String> models(Caller caller) {
        var models = new TreeMap<String, String>();
        for (var workflow : workflows.list(caller.tenant())) {
            if (workflow.published() != null && workflow.definition().takesMessage()) {
                models.put(workflow.name(), model(caller, workflow.name(), workflow.updatedAt()));
            }
        }
        for (var agent : agents.list(caller.tenant())) {
            if (agent.published() != null) {
                models.put(agent.name(), model(caller, agent.name(), agent.updatedAt()));
            }
        }
        return JsonResponse.json(new JsonObject()
                .put("object", "list")
                .raw("data", JsonObject.array(models.values()))
                .end());
    }

    @Get("/models/{name}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> model(Caller caller, String name) {
        var tenant = caller.tenant();
        boolean isWorkflow = !agents.isPublished(tenant, name)
                && workflows.isPublished(tenant, name)
                && workflows.published(tenant, name).definition().takesMessage();
        var changed = isWorkflow
                ? workflows.published(tenant, name).updatedAt()
                : agents.published(tenant, name).updatedAt();
        return JsonResponse.json(model(caller, name, changed));
    }

    private static String model(Caller caller, String name, Instant changed) {
        return new JsonObject()
                .put("id", name)
                .put("object", "model")
                .put("created", changed.getEpochSecond())
                .put("owned_by", caller.tenant().name())
                .end();
    }

    @Post("/chat/completions")
    @TakesPictures
    @RequiresScope(Scope.RUN)
    HttpResponse<?> complete(Caller caller, HttpRequest<?> request, @Body byte @Nullable [] body)
            throws InterruptedException {
        var asked = asked(caller, Fields.openWithImages(body));
        return replies.reply(caller, request, body == null ? new byte[0] : body, asked, new ChatForm(annotations));
    }

    /// Refuses with all mistakes at once.
    private Asked asked(Caller caller, Fields fields) {
        var agent = AskedAgent.of(fields, agents, caller.tenant(), name -> replies.isAnswered(caller, name));
        var messages = ReadMessages.of(fields, agent);
        var options = ReadOptions.of(fields, true, "max_tokens", "max_completion_tokens");
        String metadata = RunFields.metadata(fields);
        String user = RunFields.user(fields);
        boolean streams = fields.flag("stream");
        JsonNode streaming = fields.node("stream_options");
        if (streaming != null && !streaming.isObject() && !streaming.isNull()) {
            fields.refuse("stream_options", "\"stream_options\" must be an object", "Send {\"include_usage\": true}");
        }
        boolean wantsUsage =
                streams && streaming != null && streaming.path("include_usage").asBoolean();
        ClientFields.CHAT.check(fields);
        agent.check(fields);
        return new Asked(
                agent.name(), messages.said(), options, metadata, user, streams, wantsUsage, messages.results());
    }
}
