package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.outbound.Streaming;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/// Anthropic's messages: blocks of content, roles that take turns, results of tools in the name of the user.
final class AnthropicWire implements Wire {

    private static final String VERSION = "2023-06-01";

    private static final String PATH = "/messages";

    @Override
    public String home(Opening opening) {
        return "https://api.anthropic.com/v1";
    }

    @Override
    public String address(TargetConfig target, String base, boolean streams) {
        return base.endsWith(PATH) ? base : base + PATH;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("anthropic-version", VERSION);
    }

    @Override
    public Credentials credentials(Opening opening, Streaming streaming, InstantSource clock) {
        return Credentials.key("x-api-key", "", opening.key());
    }

    @Override
    public Reader reader(GatherAnswer into) {
        return new AnthropicReader(into);
    }

    @Override
    public ObjectNode write(Opening opening, ModelCall call, FitNames names, String source, Set<Adaptation> without) {
        var target = opening.target();
        ObjectNode body = Json.mapper().createObjectNode().put("model", target.name());
        body.put("max_tokens", call.maxOutputTokens() == null ? Models.USUAL_OUTPUT_TOKENS : call.maxOutputTokens());
        if (!call.instructions().isBlank()) {
            body.put("system", call.instructions());
        }
        body.set("messages", messages(call, names, without.contains(Adaptation.NO_KEPT) ? "" : source));
        tools(body, call, names);
        if (call.schema() != null) {
            body.withObject("/output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .set("schema", call.schema());
        }
        if (target.reasoningEffort() != null && !without.contains(Adaptation.NO_EFFORT)) {
            body.withObject("/output_config").put("effort", target.reasoningEffort());
        }
        if (call.temperature() != null && !without.contains(Adaptation.NO_TEMPERATURE)) {
            body.put("temperature", Math.min(1, call.temperature()));
        }
        return body.put("stream", !without.contains(Adaptation.NO_STREAM));
    }

    private static ArrayNode messages(ModelCall call, FitNames names, String source) {
        ArrayNode messages = Json.mapper().createArrayNode();
        for (ModelMessage message : call.messages()) {
            switch (message) {
                case ModelMessage.User user -> user(turn(messages, "user"), user);
                case ModelMessage.Assistant said -> assistant(turn(messages, "assistant"), said, names, source);
                case ModelMessage.ToolResult result -> {
                    ObjectNode block = turn(messages, "user")
                            .addObject()
                            .put("type", "tool_result")
                            .put("tool_use_id", names.id(result.call()))
                            .put("content", OpenAiWire.spoken(result.text()));
                    if (result.failed()) {
                        block.put("is_error", true);
                    }
                }
            }
        }
        return messages;
    }

    /// The blocks of the last message if it is of this role, else of a new one; a conversation begins with the user.
    private static ArrayNode turn(ArrayNode messages, String role) {
        JsonNode last = messages.path(messages.size() - 1);
        if (last.path("role").asText().equals(role)) {
            return (ArrayNode) last.path("content");
        }
        if (messages.isEmpty() && role.equals("assistant")) {
            text(messages.addObject().put("role", "user").putArray("content"), "(nothing)");
        }
        return messages.addObject().put("role", role).putArray("content");
    }

    private static void text(ArrayNode blocks, String text) {
        blocks.addObject().put("type", "text").put("text", text);
    }

    private static void user(ArrayNode blocks, ModelMessage.User user) {
        for (ModelMessage.Image image : user.images()) {
            blocks.addObject()
                    .put("type", "image")
                    .putObject("source")
                    .put("type", "base64")
                    .put("media_type", image.type())
                    .put("data", image.base64());
        }
        if (user.images().isEmpty() || !user.text().isBlank()) {
            text(blocks, OpenAiWire.spoken(user.text()));
        }
    }

    private static void assistant(ArrayNode blocks, ModelMessage.Assistant said, FitNames names, String source) {
        var kept = said.kept();
        if (kept != null && kept.source().equals(source)) {
            Json.read(kept.json()).path("blocks").forEach(blocks::add);
        }
        if (said.toolCalls().isEmpty() || !said.text().isBlank()) {
            text(blocks, OpenAiWire.spoken(said.text()));
        }
        for (ToolRequest request : said.toolCalls()) {
            blocks.addObject()
                    .put("type", "tool_use")
                    .put("id", names.id(request.id()))
                    .put("name", names.name(request.tool()))
                    .set("input", OpenAiWire.object(request.arguments()));
        }
    }

    private static void tools(ObjectNode body, ModelCall call, FitNames names) {
        if (call.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (ToolDescription tool : call.tools()) {
            tools.addObject()
                    .put("name", names.name(tool.name()))
                    .put("description", tool.description())
                    .set("input_schema", OpenAiWire.parameters(tool.schema()));
        }
        if (call.mustCall()) {
            body.putObject("tool_choice").put("type", "any");
        }
    }
}
