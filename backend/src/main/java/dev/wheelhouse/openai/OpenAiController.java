package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agent;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.Fields;
import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.http.JsonResponse;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import org.jspecify.annotations.Nullable;

/// Agents as OpenAI's clients see models.
@Controller(value = "/v1", produces = MediaType.ALL)
final class OpenAiController {

    private final Agents agents;
    private final Replies replies;

    OpenAiController(Agents agents, Replies replies) {
        this.agents = agents;
        this.replies = replies;
    }

    @Get("/models")
    @RequiresScope(Scope.READ)
    HttpResponse<String> models(Caller caller) {
        var models = agents.list(caller.tenant()).stream()
                .filter(agent -> agent.published() != null)
                .map(agent -> model(caller, agent))
                .toList();
        return JsonResponse.json(new JsonObject()
                .put("object", "list")
                .raw("data", JsonObject.array(models))
                .end());
    }

    @Get("/models/{name}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> model(Caller caller, String name) {
        return JsonResponse.json(model(caller, agents.published(caller.tenant(), name)));
    }

    private static String model(Caller caller, Agent agent) {
        return new JsonObject()
                .put("id", agent.name())
                .put("object", "model")
                .put("created", agent.updatedAt().getEpochSecond())
                .put("owned_by", caller.tenant().name())
                .end();
    }

    @Post("/chat/completions")
    @RequiresScope(Scope.RUN)
    HttpResponse<?> complete(Caller caller, HttpRequest<?> request, @Body byte @Nullable [] body)
            throws InterruptedException {
        var asked = asked(caller, Fields.openWithImages(body));
        return replies.reply(caller, request, body == null ? new byte[0] : body, asked, new ChatForm());
    }

    /// Refuses with all mistakes at once.
    private Asked asked(Caller caller, Fields fields) {
        var agent = AskedAgent.of(fields, agents, caller.tenant());
        var messages = ReadMessages.of(fields, agent);
        var options = ReadOptions.of(fields, true, "max_tokens", "max_completion_tokens");
        String metadata = StartRuns.metadata(fields);
        String user = StartRuns.user(fields);
        boolean streams = fields.flag("stream");
        boolean wantsUsage = streams
                && fields.node("stream_options") instanceof JsonNode wanted
                && wanted.path("include_usage").asBoolean();
        ClientFields.CHAT.check(fields);
        agent.check(fields);
        return new Asked(
                agent.name(), messages.said(), options, metadata, user, streams, wantsUsage, messages.results());
    }

    @Post("/embeddings")
    @RequiresScope(Scope.RUN)
    HttpResponse<?> embed(Caller caller, @Body byte @Nullable [] body) {
        throw new Problem(
                ErrorCode.NOT_FOUND,
                "There is no embedding model, so nothing can be embedded here",
                "Use the embeddings of your model provider");
    }
}
