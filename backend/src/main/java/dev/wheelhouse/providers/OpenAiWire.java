package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.models.TargetConfig.OutputTokens;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.outbound.Streaming;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// OpenAI's chat completions, as every server that speaks them takes them: nothing is sent that is not needed, content
/// is always there, and always text where there are no pictures.
class OpenAiWire implements Wire {

    static final String PATH = "/chat/completions";

    private static final int LONGEST_DESCRIPTION = 1024;

    @Override
    public @Nullable String home(Opening opening) {
        return "https://api.openai.com/v1";
    }

    @Override
    public String address(TargetConfig target, String base, boolean streams) {
        return base.endsWith(PATH) ? base : base + PATH;
    }

    @Override
    public Credentials credentials(Opening opening, Streaming streaming, InstantSource clock) {
        return Credentials.key("Authorization", "Bearer ", opening.key());
    }

    @Override
    public Reader reader(GatherAnswer into) {
        return new OpenAiReader(into);
    }

    @Override
    public ObjectNode write(Opening opening, ModelCall call, FitNames names, String source, Set<Adaptation> without) {
        var target = opening.target();
        ObjectNode body = Json.mapper().createObjectNode().put("model", target.name());
        body.set("messages", messages(call, names, source, without));
        if (Boolean.TRUE.equals(target.joinTurns()) || without.contains(Adaptation.JOIN_TURNS)) {
            body.set("messages", JoinTurns.of(body.path("messages")));
        }
        tools(body, call, names, toolChoice());
        if (call.schema() != null) {
            body.set("response_format", ResponseFormat.of(call.schema()));
        }
        boolean streams = !without.contains(Adaptation.NO_STREAM);
        body.put("stream", streams);
        if (streams
                && !Boolean.FALSE.equals(target.streamOptions())
                && !without.contains(Adaptation.NO_STREAM_OPTIONS)) {
            body.putObject("stream_options").put("include_usage", true);
        }
        if (call.maxOutputTokens() != null) {
            body.put(outputTokens(opening, without), call.maxOutputTokens());
        }
        if (call.temperature() != null && !without.contains(Adaptation.NO_TEMPERATURE)) {
            body.put("temperature", call.temperature());
        }
        if (target.reasoningEffort() != null && !without.contains(Adaptation.NO_EFFORT)) {
            body.put("reasoning_effort", target.reasoningEffort());
        }
        return body;
    }

    /// The word that makes the model call a tool.
    String toolChoice() {
        return "required";
    }

    /// Whether the bound on the answer has its newer name. OpenAI's newer models refuse the older one, other servers
    /// know only that.
    boolean isNewer(TargetConfig target) {
        return target.url() == null;
    }

    private String outputTokens(Opening opening, Set<Adaptation> without) {
        OutputTokens set = opening.target().outputTokens();
        boolean isNew = set == null ? isNewer(opening.target()) : set == OutputTokens.MAX_COMPLETION_TOKENS;
        boolean other = without.contains(Adaptation.OTHER_OUTPUT_TOKENS);
        return (isNew != other ? OutputTokens.MAX_COMPLETION_TOKENS : OutputTokens.MAX_TOKENS).word();
    }

    private static ArrayNode messages(ModelCall call, FitNames names, String source, Set<Adaptation> without) {
        ArrayNode messages = Json.mapper().createArrayNode();
        boolean hasSystem = !call.instructions().isBlank();
        if (hasSystem && !without.contains(Adaptation.NO_SYSTEM)) {
            messages.addObject().put("role", "system").put("content", call.instructions());
        } else if (hasSystem) {
            messages.addObject().put("role", "user").put("content", call.instructions());
        }
        boolean keeps = !without.contains(Adaptation.NO_KEPT);
        for (ModelMessage message : call.messages()) {
            switch (message) {
                case ModelMessage.User user -> user(messages, user);
                case ModelMessage.Assistant said -> assistant(messages, said, names, keeps ? source : "");
                case ModelMessage.ToolResult result ->
                    messages.addObject()
                            .put("role", "tool")
                            .put("tool_call_id", names.id(result.call()))
                            .put("content", Said.spoken(result.text()));
            }
        }
        if (without.contains(Adaptation.EMPTY_THOUGHTS)) {
            thoughtsWithAll(messages);
        }
        return without.contains(Adaptation.NO_SYSTEM) ? JoinTurns.of(messages) : messages;
    }

    private static void thoughtsWithAll(ArrayNode messages) {
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("assistant") && !message.has("reasoning_content")) {
                ((ObjectNode) message).put("reasoning_content", "");
            }
        }
    }

    private static void user(ArrayNode messages, ModelMessage.User user) {
        ObjectNode message = messages.addObject().put("role", "user");
        if (user.images().isEmpty()) {
            message.put("content", Said.spoken(user.text()));
            return;
        }
        ArrayNode parts = message.putArray("content");
        if (!user.text().isBlank()) {
            parts.addObject().put("type", "text").put("text", user.text());
        }
        user.images().forEach(image -> parts.addObject()
                .put("type", "image_url")
                .putObject("image_url")
                .put("url", "data:%s;base64,%s".formatted(image.type(), image.base64())));
    }

    private static void assistant(ArrayNode messages, ModelMessage.Assistant said, FitNames names, String source) {
        ObjectNode message = messages.addObject().put("role", "assistant");
        boolean calls = !said.toolCalls().isEmpty();
        message.put("content", calls && said.text().isBlank() ? "" : Said.spoken(said.text()));
        if (!calls) {
            return;
        }
        ArrayNode list = message.putArray("tool_calls");
        for (ToolRequest request : said.toolCalls()) {
            list.addObject()
                    .put("id", names.id(request.id()))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", names.name(request.tool()))
                    .put("arguments", Said.object(request.arguments()).toString());
        }
        var kept = said.kept();
        if (kept != null && kept.source().equals(source)) {
            giveBack(message, list, Json.read(kept.json()));
        }
    }

    private static void giveBack(ObjectNode message, ArrayNode calls, JsonNode kept) {
        kept.properties().stream()
                .filter(field -> !field.getKey().equals("calls"))
                .forEach(field -> message.set(field.getKey(), field.getValue()));
        for (int at = 0; at < calls.size(); at++) {
            JsonNode extra = kept.path("calls").path(at);
            if (extra.isContainerNode()) {
                ((ObjectNode) calls.get(at)).set("extra_content", extra);
            }
        }
    }

    private static void tools(ObjectNode body, ModelCall call, FitNames names, String choice) {
        if (call.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (ToolDescription tool : call.tools()) {
            tools.addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", names.name(tool.name()))
                    .put("description", Text.shorten(tool.description(), LONGEST_DESCRIPTION))
                    .set("parameters", Said.parameters(tool.schema()));
        }
        if (call.mustCall()) {
            body.put("tool_choice", choice);
        }
    }
}
