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
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.outbound.Streaming;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Conversations with the models of Amazon Bedrock ("Converse"): one protocol for all companies there, signed requests,
/// answers in a binary stream.
final class BedrockWire implements Wire {

    private static final Pattern REGION = Pattern.compile("https?://[^/]*bedrock-runtime[^./]*\\.([a-z0-9-]+)\\..*");
    private static final String USUAL_REGION = "us-east-1";

    @Override
    public @Nullable String home(Opening opening) {
        String region = region(opening);
        return region == null
                ? null
                : "https://bedrock-runtime.%s.amazonaws.com%s".formatted(region, region.startsWith("cn-") ? ".cn" : "");
    }

    /// The target's, of its address, or where the environment says that things are.
    private static @Nullable String region(Opening opening) {
        var target = opening.target();
        if (target.region() != null) {
            return target.region();
        }
        var host = REGION.matcher(target.url() == null ? "" : target.url());
        if (host.matches()) {
            return host.group(1);
        }
        String region = opening.variable("AWS_REGION");
        return region == null ? opening.variable("AWS_DEFAULT_REGION") : region;
    }

    @Override
    public String addressHint() {
        return "Write region: eu-central-1 or another one, or set AWS_REGION";
    }

    @Override
    public String address(TargetConfig target, String base, boolean streams) {
        return "%s/model/%s/%s"
                .formatted(base, WireSource.encoded(target.name()), streams ? "converse-stream" : "converse");
    }

    /// A bearer key, or an access key of two or three parts.
    @Override
    public @Nullable String usualKey(Function<String, @Nullable String> variables, String usual) {
        String bearer = variables.apply(usual);
        String id = variables.apply("AWS_ACCESS_KEY_ID");
        String secret = variables.apply("AWS_SECRET_ACCESS_KEY");
        String session = variables.apply("AWS_SESSION_TOKEN");
        if (bearer != null && !bearer.isBlank() || id == null || secret == null) {
            return bearer;
        }
        String pair = id.strip() + ":" + secret.strip();
        return session == null || session.isBlank() ? pair : pair + ":" + session.strip();
    }

    @Override
    public boolean needsKey(TargetConfig target) {
        return target.headers().isEmpty();
    }

    @Override
    public Credentials credentials(Opening opening, Streaming streaming, InstantSource clock) {
        String region = region(opening);
        return opening.key() == null
                ? Credentials.key("Authorization", "", null)
                : Credentials.aws(opening.key(), region == null ? USUAL_REGION : region, clock);
    }

    @Override
    public Set<String> meaningless() {
        return Set.of("keep-alive", "stream-options", "output-tokens", "join-turns");
    }

    @Override
    public Set<Adaptation> assumed() {
        return Set.of(Adaptation.NO_STREAM_OPTIONS);
    }

    @Override
    public Reader reader(GatherAnswer into) {
        return new BedrockReader(into);
    }

    @Override
    public ObjectNode write(Opening opening, ModelCall call, FitNames names, String source, Set<Adaptation> without) {
        ObjectNode body = Json.mapper().createObjectNode();
        boolean hasSystem = !call.instructions().isBlank();
        boolean inTurns = hasSystem && without.contains(Adaptation.NO_SYSTEM);
        if (hasSystem && !inTurns) {
            text(body.putArray("system"), call.instructions());
        }
        ArrayNode messages = Json.mapper().createArrayNode();
        if (inTurns) {
            text(turn(messages, "user"), call.instructions());
        }
        messages(messages, call, names, without.contains(Adaptation.NO_KEPT) ? "" : source);
        body.set("messages", messages);
        tools(body, call, names);
        ObjectNode bounds = Json.mapper().createObjectNode();
        if (call.maxOutputTokens() != null) {
            bounds.put("maxTokens", call.maxOutputTokens());
        }
        if (call.temperature() != null && !without.contains(Adaptation.NO_TEMPERATURE)) {
            bounds.put("temperature", Math.min(1, call.temperature()));
        }
        if (!bounds.isEmpty()) {
            body.set("inferenceConfig", bounds);
        }
        if (call.schema() != null) {
            schema(body, call.schema());
        }
        String effort = opening.target().reasoningEffort();
        if (effort != null && !without.contains(Adaptation.NO_EFFORT)) {
            effort(body, opening.target().name(), effort);
        }
        return body;
    }

    private static void schema(ObjectNode body, JsonNode schema) {
        ObjectNode format =
                body.putObject("outputConfig").putObject("textFormat").put("type", "json_schema");
        format.putObject("structure")
                .putObject("jsonSchema")
                .put("name", "answer")
                .put("schema", schema.toString());
    }

    /// Each company's models have a word of their own for it.
    private static void effort(ObjectNode body, String model, String effort) {
        ObjectNode more = body.putObject("additionalModelRequestFields");
        if (model.contains("anthropic.")) {
            more.putObject("output_config").put("effort", effort);
        } else {
            more.put("reasoning_effort", effort);
        }
    }

    private static void messages(ArrayNode messages, ModelCall call, FitNames names, String source) {
        for (ModelMessage message : call.messages()) {
            switch (message) {
                case ModelMessage.User user -> user(turn(messages, "user"), user);
                case ModelMessage.Assistant said -> assistant(turn(messages, "assistant"), said, names, source);
                case ModelMessage.ToolResult result -> {
                    ObjectNode block = turn(messages, "user").addObject().putObject("toolResult");
                    block.put("toolUseId", names.id(result.call()));
                    text(block.putArray("content"), OpenAiWire.spoken(result.text()));
                    block.put("status", result.failed() ? "error" : "success");
                }
            }
        }
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
        blocks.addObject().put("text", text);
    }

    private static void user(ArrayNode blocks, ModelMessage.User user) {
        for (ModelMessage.Image image : user.images()) {
            String format = image.type().substring(image.type().indexOf('/') + 1);
            blocks.addObject()
                    .putObject("image")
                    .put("format", format.equals("jpg") ? "jpeg" : format)
                    .putObject("source")
                    .put("bytes", image.base64());
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
                    .putObject("toolUse")
                    .put("toolUseId", names.id(request.id()))
                    .put("name", names.name(request.tool()))
                    .set("input", OpenAiWire.object(request.arguments()));
        }
    }

    /// A conversation with calls in it is refused where no tools are described: then those that were called are.
    private static void tools(ObjectNode body, ModelCall call, FitNames names) {
        ArrayNode tools = Json.mapper().createArrayNode();
        call.tools()
                .forEach(tool -> describe(
                        tools, names.name(tool.name()), tool.description(), OpenAiWire.parameters(tool.schema())));
        if (tools.isEmpty()) {
            JsonNode any = OpenAiWire.parameters(Json.mapper().createObjectNode());
            called(call).forEach(name -> describe(tools, names.name(name), "No longer there", any));
        }
        if (tools.isEmpty()) {
            return;
        }
        ObjectNode config = body.putObject("toolConfig");
        config.set("tools", tools);
        if (call.mustCall() && !call.tools().isEmpty()) {
            config.putObject("toolChoice").putObject("any");
        }
    }

    private static void describe(ArrayNode tools, String name, String description, JsonNode schema) {
        ObjectNode tool = tools.addObject().putObject("toolSpec").put("name", name);
        tool.put("description", description.isBlank() ? name : description);
        tool.putObject("inputSchema").set("json", schema);
    }

    private static Set<String> called(ModelCall call) {
        var names = new TreeSet<String>();
        for (ModelMessage message : call.messages()) {
            if (message instanceof ModelMessage.Assistant said) {
                said.toolCalls().forEach(request -> names.add(request.tool()));
            }
        }
        return names;
    }
}
