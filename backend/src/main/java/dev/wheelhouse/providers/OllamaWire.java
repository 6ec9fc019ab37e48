package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.outbound.Streaming;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ollama's own chat, which can what its OpenAI-compatible one cannot: the size of the context, how long the
/// model stays in memory, whether it thinks.
final class OllamaWire implements Wire {

    private static final String PATH = "/api/chat";

    @Override
    public String home(Opening opening) {
        String host = opening.variable("OLLAMA_HOST");
        return host == null || !host.matches("https?://[^/\\s]+.*") ? "http://localhost:11434" : host;
    }

    @Override
    public String address(TargetConfig target, String base, boolean streams) {
        if (base.endsWith(PATH)) {
            return base;
        }
        return base.replaceFirst("/(v1|api)$", "") + PATH;
    }

    @Override
    public boolean needsKey(TargetConfig target) {
        return false;
    }

    @Override
    public Credentials credentials(Opening opening, Streaming streaming, InstantSource clock) {
        return Credentials.key("Authorization", "Bearer ", opening.key());
    }

    @Override
    public List<Problem.Mistake> check(String path, Opening opening) {
        String keepAlive = opening.target().keepAlive();
        return keepAlive == null || keepAlive.matches("-?\\d+(\\.\\d+)?(ns|us|ms|s|m|h)?")
                ? List.of()
                : List.of(Problem.Mistake.at(
                        path + ".keep-alive",
                        "It is \"%s\"".formatted(keepAlive),
                        "Write a time such as 30m, 0 for not at all or -1 for ever"));
    }

    @Override
    public Set<String> meaningless() {
        return Set.of("region", "stream-options", "output-tokens", "join-turns");
    }

    /// It passes over a choice of tools in silence.
    @Override
    public Set<Adaptation> assumed() {
        return Set.of(Adaptation.NO_TOOL_CHOICE, Adaptation.NO_STREAM_OPTIONS);
    }

    @Override
    public Reader reader(GatherAnswer into) {
        return new OllamaReader(into);
    }

    @Override
    public ObjectNode write(Opening opening, ModelCall call, FitNames names, String source, Set<Adaptation> without) {
        var target = opening.target();
        ObjectNode body = Json.mapper().createObjectNode().put("model", target.name());
        messages(body.putArray("messages"), call, names, without.contains(Adaptation.NO_KEPT) ? "" : source);
        ArrayNode tools = Json.mapper().createArrayNode();
        call.tools().forEach(tool -> tools.addObject()
                .put("type", "function")
                .putObject("function")
                .put("name", names.name(tool.name()))
                .put("description", tool.description())
                .set("parameters", Said.parameters(tool.schema())));
        if (!tools.isEmpty()) {
            body.set("tools", tools);
        }
        if (call.schema() != null) {
            body.set("format", call.schema());
        }
        if (target.reasoningEffort() != null && !without.contains(Adaptation.NO_EFFORT)) {
            think(body, target.reasoningEffort());
        }
        if (target.keepAlive() != null) {
            keep(body, target.keepAlive());
        }
        ObjectNode options = options(call, target, without);
        if (!options.isEmpty()) {
            body.set("options", options);
        }
        return body.put("stream", !without.contains(Adaptation.NO_STREAM));
    }

    private static ObjectNode options(ModelCall call, TargetConfig target, Set<Adaptation> without) {
        ObjectNode options = Json.mapper().createObjectNode();
        if (target.contextLength() != null) {
            options.put("num_ctx", target.contextLength());
        }
        if (call.maxOutputTokens() != null) {
            options.put("num_predict", call.maxOutputTokens());
        }
        if (call.temperature() != null && !without.contains(Adaptation.NO_TEMPERATURE)) {
            options.put("temperature", call.temperature());
        }
        return options;
    }

    /// Most models either think or do not; a few know how much.
    private static void think(ObjectNode body, String effort) {
        switch (effort) {
            case "none", "off", "false" -> body.put("think", false);
            case "on", "true" -> body.put("think", true);
            default -> body.put("think", effort);
        }
    }

    /// A number of seconds has to be a number.
    private static void keep(ObjectNode body, String time) {
        if (time.matches("-?\\d+")) {
            body.put("keep_alive", Long.parseLong(time));
        } else {
            body.put("keep_alive", time);
        }
    }

    private static void messages(ArrayNode messages, ModelCall call, FitNames names, String source) {
        if (!call.instructions().isBlank()) {
            messages.addObject().put("role", "system").put("content", call.instructions());
        }
        for (ModelMessage message : call.messages()) {
            switch (message) {
                case ModelMessage.User user -> {
                    ObjectNode said = messages.addObject().put("role", "user").put("content", user.text());
                    if (!user.images().isEmpty()) {
                        ArrayNode images = said.putArray("images");
                        user.images().forEach(image -> images.add(image.base64()));
                    } else {
                        said.put("content", Said.spoken(user.text()));
                    }
                }
                case ModelMessage.Assistant said -> assistant(messages, said, names, source);
                case ModelMessage.ToolResult result ->
                    messages.addObject()
                            .put("role", "tool")
                            .put("tool_name", names.name(result.tool()))
                            .put("content", Said.spoken(result.text()));
            }
        }
    }

    private static void assistant(ArrayNode messages, ModelMessage.Assistant said, FitNames names, String source) {
        ObjectNode message = messages.addObject().put("role", "assistant");
        message.put("content", said.toolCalls().isEmpty() ? Said.spoken(said.text()) : said.text());
        if (said.toolCalls().isEmpty()) {
            return;
        }
        String thinking = kept(said.kept(), source);
        if (!thinking.isBlank()) {
            message.put("thinking", thinking);
        }
        ArrayNode calls = message.putArray("tool_calls");
        for (ToolRequest request : said.toolCalls()) {
            calls.addObject()
                    .putObject("function")
                    .put("name", names.name(request.tool()))
                    .set("arguments", Said.object(request.arguments()));
        }
    }

    private static String kept(ModelMessage.@Nullable Kept kept, String source) {
        return kept == null || !kept.source().equals(source)
                ? ""
                : Json.read(kept.json()).path("thinking").asText();
    }
}
