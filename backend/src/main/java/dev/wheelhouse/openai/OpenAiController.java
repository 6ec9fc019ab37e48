package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.Fields;
import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.http.JsonResponse;
import dev.wheelhouse.http.LiveEvents;
import dev.wheelhouse.http.ProblemBody;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Agents as OpenAI's clients see models. Fields that we do not know are passed over: these clients send many.
@Controller(value = "/v1", produces = MediaType.ALL)
final class OpenAiController {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);

    private final Runs runs;
    private final StartRuns start;
    private final LiveEvents live;
    private final Agents agents;

    OpenAiController(Runs runs, StartRuns start, LiveEvents live, Agents agents) {
        this.runs = runs;
        this.start = start;
        this.live = live;
        this.agents = agents;
    }

    @Get("/models")
    @RequiresScope(Scope.READ)
    HttpResponse<String> models(Caller caller) {
        var models = agents.list(caller.tenant()).stream()
                .filter(agent -> agent.published() != null)
                .map(agent -> new JsonObject()
                        .put("id", agent.name())
                        .put("object", "model")
                        .put("created", agent.updatedAt().getEpochSecond())
                        .put("owned_by", caller.tenant().name())
                        .end())
                .toList();
        return JsonResponse.json(new JsonObject()
                .put("object", "list")
                .raw("data", JsonObject.array(models))
                .end());
    }

    @Post("/chat/completions")
    @RequiresScope(Scope.RUN)
    HttpResponse<?> complete(Caller caller, HttpHeaders headers, @Body byte @Nullable [] body)
            throws InterruptedException {
        var fields = Fields.open(body);
        String agent = fields.text("model", 100);
        var said = messages(fields);
        boolean streams = fields.flag("stream");
        boolean wantsUsage = streams
                && fields.node("stream_options") instanceof JsonNode options
                && options.path("include_usage").asBoolean();
        String user = StartRuns.user(fields);
        fields.check();
        var wanted = new StartRuns.RunRequest(
                agent, null, said, null, "{}", user, NewRun.WhenBusy.REJECT, headers.get("Idempotency-Key"));
        var run = start.start(caller, wanted);
        if (streams) {
            return live.open(
                    caller.tenant(), run.id(), 0, stream -> new CompletionChunks(run, stream, wantsUsage, runs));
        }
        return answer(runs.await(caller.tenant(), run.id(), LONGEST_WAIT));
    }

    /// System messages stand before what the user says: the agent's own instructions stay what they are.
    private static List<StartRuns.Said> messages(Fields fields) {
        var said = new ArrayList<StartRuns.Said>();
        var preface = new StringBuilder();
        for (var message : fields.objects("messages", null)) {
            String content = content(message);
            switch (message.text("role", 20)) {
                case "system", "developer" -> preface.append(content).append("\n\n");
                case "user" -> {
                    said.add(new StartRuns.Said("user", preface + content));
                    preface.setLength(0);
                }
                case "assistant" -> {
                    if (!content.isEmpty()) {
                        said.add(new StartRuns.Said("assistant", content));
                    }
                }
                default -> {}
            }
        }
        if (said.isEmpty() || !said.getLast().role().equals("user")) {
            fields.refuse(
                    "messages", "The last message must be from the user", "End the list with a message of role user");
        }
        return said;
    }

    /// Text, or a list of parts of which those of text are taken.
    private static String content(Fields message) {
        JsonNode content = message.node("content");
        if (content == null || content.isTextual()) {
            String text = message.textOrNull("content", StartRuns.LONGEST_TEXT);
            return text == null ? "" : text;
        }
        var text = new StringBuilder();
        for (var part : message.objects("content", null)) {
            String inner = part.textOrNull("text", StartRuns.LONGEST_TEXT);
            text.append(inner == null ? "" : inner);
        }
        return text.toString();
    }

    private static HttpResponse<String> answer(Run run) {
        if (run.state() != RunState.SUCCEEDED) {
            var problem = unanswered(run);
            boolean isOver = problem.code() == ErrorCode.OVER_BUDGET;
            // The run stays as it is; a retry would start another one.
            return JsonResponse.json(
                            isOver ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.BAD_GATEWAY, ProblemBody.openAi(problem))
                    .header("x-should-retry", "false");
        }
        var message = new JsonObject()
                .put("role", "assistant")
                .put("content", run.output())
                .put("refusal", (String) null)
                .end();
        var choice = new JsonObject()
                .put("index", 0)
                .raw("message", message)
                .raw("logprobs", null)
                .put("finish_reason", run.truncated() ? "length" : "stop")
                .end();
        return JsonResponse.json(head(run, "chat.completion")
                .raw("choices", JsonObject.array(List.of(choice)))
                .raw("usage", usage(run))
                .end());
    }

    static JsonObject head(Run run, String object) {
        return new JsonObject()
                .put("id", "chatcmpl-" + run.id())
                .put("object", object)
                .put("created", run.createdAt().getEpochSecond())
                .put("model", run.program().name());
    }

    static String usage(Run run) {
        var usage = run.usage();
        return new JsonObject()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens())
                .raw(
                        "prompt_tokens_details",
                        new JsonObject()
                                .put("cached_tokens", usage.cachedTokens())
                                .end())
                .end();
    }

    static Problem unanswered(Run run) {
        String why = run.failure() == null
                ? "it is " + run.state().word()
                : run.failure().message();
        boolean isOver = run.failure() != null && run.failure().code().equals("over_budget");
        return new Problem(
                isOver ? ErrorCode.OVER_BUDGET : ErrorCode.INTERNAL,
                "Run \"%s\" has no answer: %s".formatted(run.id(), why),
                isOver ? run.failure().hint() : null);
    }
}
