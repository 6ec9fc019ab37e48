package dev.wheelhouse.api;

import dev.wheelhouse.agents.StepRequests;
import dev.wheelhouse.agents.StepRequests.StepRequest;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a model was sent in a step.
@Controller(value = "/api/v1/runs/{id}/steps/{n}/request", produces = MediaType.ALL)
final class StepRequestsController {

    private final Runs runs;
    private final StepRequests requests;

    StepRequestsController(Runs runs, StepRequests requests) {
        this.runs = runs;
        this.requests = requests;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, String id, String n) throws InterruptedException {
        var run = runs.get(caller.tenant(), RunId.parse(id));
        int step = Paging.number("step", n, 1, Integer.MAX_VALUE);
        return JsonResponse.json(json(run.id(), step, requests.of(run, step)));
    }

    private static String json(RunId run, int step, StepRequest request) {
        var call = request.call();
        return new JsonObject()
                .put("run", run.toString())
                .put("step", step)
                .put("model", call.alias())
                .put("instructions", call.instructions())
                .raw(
                        "messages",
                        JsonObject.array(call.messages().stream()
                                .map(StepRequestsController::message)
                                .toList()))
                .raw(
                        "tools",
                        JsonObject.array(call.tools().stream()
                                .map(StepRequestsController::tool)
                                .toList()))
                .raw("parameters", parameters(call))
                .raw("same", String.valueOf(request.isSame()))
                .end();
    }

    private static String message(ModelMessage message) {
        return switch (message) {
            case ModelMessage.User user ->
                new JsonObject()
                        .put("role", "user")
                        .put("content", user.text())
                        .rawIfAny("images", list(user.images(), StepRequestsController::image))
                        .end();
            case ModelMessage.Assistant assistant ->
                new JsonObject()
                        .put("role", "assistant")
                        .put("content", assistant.text())
                        .rawIfAny("toolCalls", list(assistant.toolCalls(), StepRequestsController::call))
                        .rawIfAny("kept", assistant.kept() == null ? null : kept(assistant.kept()))
                        .end();
            case ModelMessage.ToolResult result ->
                new JsonObject()
                        .put("role", "tool")
                        .put("call", result.call())
                        .put("tool", result.tool())
                        .put("content", result.text())
                        .put("failed", result.failed())
                        .end();
        };
    }

    /// Null where there is nothing in it.
    private static <T> @Nullable String list(List<T> list, Function<T, String> shape) {
        return list.isEmpty() ? null : JsonObject.array(list.stream().map(shape).toList());
    }

    private static String kept(ModelMessage.Kept kept) {
        return new JsonObject()
                .put("source", kept.source())
                .raw("json", kept.json())
                .end();
    }

    private static String image(ModelMessage.Image image) {
        return new JsonObject()
                .put("type", image.type())
                .put("hash", image.base64())
                .end();
    }

    private static String call(ToolRequest call) {
        return new JsonObject()
                .put("id", call.id())
                .put("name", call.tool())
                .put("arguments", call.arguments())
                .end();
    }

    private static String tool(ToolDescription tool) {
        return new JsonObject()
                .put("name", tool.name())
                .put("description", tool.description())
                .raw("schema", Json.write(tool.schema()))
                .end();
    }

    private static String parameters(ModelCall call) {
        return new JsonObject()
                .raw("temperature", String.valueOf(call.temperature()))
                .raw("maxOutputTokens", String.valueOf(call.maxOutputTokens()))
                .put("mustCall", call.mustCall())
                .raw("schema", call.schema() == null ? "null" : Json.write(call.schema()))
                .end();
    }
}
