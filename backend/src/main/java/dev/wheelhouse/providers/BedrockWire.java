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
        var turns = new Turns(new Blocks(), names, without.contains(Adaptation.NO_KEPT) ? "" : source);
        boolean hasSystem = !call.instructions().isBlank();
        if (hasSystem && without.contains(Adaptation.NO_SYSTEM)) {
            turns.begin(call.instructions());
        } else if (hasSystem) {
            body.putArray("system").addObject().put("text", call.instructions());
        }
        body.set("messages", turns.of(call));
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

    private static final class Blocks implements Turns.Blocks {

        @Override
        public void text(ArrayNode blocks, String text) {
            blocks.addObject().put("text", text);
        }

        @Override
        public void image(ArrayNode blocks, ModelMessage.Image image) {
            String format = image.type().substring(image.type().indexOf('/') + 1);
            blocks.addObject()
                    .putObject("image")
                    .put("format", format.equals("jpg") ? "jpeg" : format)
                    .putObject("source")
                    .put("bytes", image.base64());
        }

        @Override
        public void call(ArrayNode blocks, String id, String tool, JsonNode input) {
            blocks.addObject()
                    .putObject("toolUse")
                    .put("toolUseId", id)
                    .put("name", tool)
                    .set("input", input);
        }

        @Override
        public void result(ArrayNode blocks, String id, String text, boolean hasFailed) {
            ObjectNode block = blocks.addObject().putObject("toolResult").put("toolUseId", id);
            text(block.putArray("content"), text);
            block.put("status", hasFailed ? "error" : "success");
        }
    }

    /// A conversation with calls in it is refused where no tools are described: then those that were called are.
    private static void tools(ObjectNode body, ModelCall call, FitNames names) {
        ArrayNode tools = Json.mapper().createArrayNode();
        call.tools()
                .forEach(tool ->
                        describe(tools, names.name(tool.name()), tool.description(), Said.parameters(tool.schema())));
        if (tools.isEmpty()) {
            JsonNode any = Said.parameters(Json.mapper().createObjectNode());
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
