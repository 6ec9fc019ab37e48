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
        String thoughtsOf = without.contains(Adaptation.NO_KEPT) ? "" : source;
        body.set("messages", new Turns(new Blocks(), names, thoughtsOf).of(call));
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

    private static final class Blocks implements Turns.Blocks {

        @Override
        public void text(ArrayNode blocks, String text) {
            blocks.addObject().put("type", "text").put("text", text);
        }

        @Override
        public void image(ArrayNode blocks, ModelMessage.Image image) {
            blocks.addObject()
                    .put("type", "image")
                    .putObject("source")
                    .put("type", "base64")
                    .put("media_type", image.type())
                    .put("data", image.base64());
        }

        @Override
        public void call(ArrayNode blocks, String id, String tool, JsonNode input) {
            blocks.addObject()
                    .put("type", "tool_use")
                    .put("id", id)
                    .put("name", tool)
                    .set("input", input);
        }

        @Override
        public void result(ArrayNode blocks, String id, String text, boolean hasFailed) {
            ObjectNode block = blocks.addObject()
                    .put("type", "tool_result")
                    .put("tool_use_id", id)
                    .put("content", text);
            if (hasFailed) {
                block.put("is_error", true);
            }
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
                    .set("input_schema", Said.parameters(tool.schema()));
        }
        if (call.mustCall()) {
            body.putObject("tool_choice").put("type", "any");
        }
    }
}
