package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.models.Provider.Adaptation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What each company's protocol is sent: its own words for tools, pictures, schemas, thoughts, addresses and keys.
class OwnProtocolsTest {

    private static final TokenUse USE = new TokenUse(10, 0, 2);
    private static final JsonNode SCHEMA = TestModels.schema("{'a':{'type':'string'}}", "['a']");

    private final FakeProvider provider = new FakeProvider();
    private final TestModels test = new TestModels();

    @AfterEach
    void close() {
        provider.close();
    }

    private TargetConfig target(FakeWire wire, Map<String, Object> keys) {
        var all = new HashMap<String, Object>(keys);
        all.put("provider", wire.provider());
        all.putIfAbsent("name", "fake");
        all.putIfAbsent("url", provider.url());
        return new ReadTarget().convert(all, TargetConfig.class, null).orElseThrow();
    }

    private FakeProvider.Request ask(FakeWire wire, Map<String, Object> keys, ModelCall call) throws Exception {
        provider.always(_ -> FakeReplies.stream(wire.text(USE, "ok")));
        test.of(TestModels.config(target(wire, keys))).call(call, _ -> {});
        return provider.requests().getLast();
    }

    private static ModelCall call(List<ModelMessage> messages, List<ToolDescription> tools, JsonNode schema) {
        return new ModelCall(
                TestModels.call("x").tenant(),
                "default",
                "Be brief.",
                messages,
                tools,
                schema,
                0.2,
                100,
                Duration.ofSeconds(20));
    }

    private static ModelCall call(List<ToolDescription> tools, JsonNode schema) {
        return call(List.of(new ModelMessage.User("Hello")), tools, schema);
    }

    @ParameterizedTest
    @EnumSource
    void pictures_and_schemas_go_as_the_protocol_has_them(FakeWire wire) throws Exception {
        var picture = new ModelMessage.User("What is it?", List.of(new ModelMessage.Image("image/png", "AAAA")));

        var sent =
                ask(wire, Map.of(), call(List.of(picture), List.of(), SCHEMA)).body();

        String shown =
                switch (wire) {
                    case OPENAI, AZURE, MISTRAL ->
                        sent.at("/messages/1/content/1/image_url/url").asText();
                    case ANTHROPIC ->
                        sent.at("/messages/0/content/0/source/data").asText();
                    case OLLAMA -> sent.at("/messages/1/images/0").asText();
                    case BEDROCK ->
                        sent.at("/messages/0/content/0/image/format").asText()
                                + sent.at("/messages/0/content/0/image/source/bytes")
                                        .asText();
                    case GEMINI, VERTEX ->
                        sent.at("/contents/0/parts/1/inlineData/data").asText();
                };
        JsonNode schema =
                switch (wire) {
                    case OPENAI, AZURE, MISTRAL -> sent.at("/response_format/json_schema/schema");
                    case ANTHROPIC -> sent.at("/output_config/format/schema");
                    case OLLAMA -> sent.at("/format");
                    case BEDROCK ->
                        dev.wheelhouse.base.Json.read(sent.at("/outputConfig/textFormat/structure/jsonSchema/schema")
                                .asText());
                    case GEMINI, VERTEX -> sent.at("/generationConfig/responseJsonSchema");
                };
        assertThat(shown).endsWith("AAAA");
        assertThat(schema).isEqualTo(SCHEMA);
        assertThat(sent.toString()).doesNotContain("JSON Schema");
    }

    @ParameterizedTest
    @EnumSource
    void a_call_that_has_to_come_is_asked_for(FakeWire wire) throws Exception {
        var sent = ask(wire, Map.of(), call(TestModels.tools(), null).calling()).body();

        String asked =
                switch (wire) {
                    case OPENAI, AZURE, MISTRAL -> sent.at("/tool_choice").asText();
                    case ANTHROPIC -> sent.at("/tool_choice/type").asText();
                    case OLLAMA -> sent.at("/messages/0/content").asText();
                    case BEDROCK -> sent.at("/toolConfig/toolChoice").toString();
                    case GEMINI, VERTEX ->
                        sent.at("/toolConfig/functionCallingConfig/mode").asText();
                };
        assertThat(asked)
                .contains(
                        switch (wire) {
                            case OPENAI, AZURE -> "required";
                            case ANTHROPIC, MISTRAL, BEDROCK -> "any";
                            case OLLAMA -> "Answer with a call of one of your tools";
                            case GEMINI, VERTEX -> "ANY";
                        });
    }

    @ParameterizedTest
    @EnumSource
    void what_a_model_cannot_do_is_not_sent_to_it(FakeWire wire) {
        var cannot = target(wire, Map.of("abilities", List.of("json-schema")));

        var refusal = catchThrowableOfType(
                ModelException.class, () -> test.of(TestModels.config(cannot)).call(TestModels.call("Hello"), _ -> {}));

        assertThat(refusal.sentence()).contains("cannot call tools");
        assertThat(provider.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OLLAMA", "ANTHROPIC"})
    void a_forced_call_that_is_refused_goes_in_words_and_is_learnt(FakeWire wire) throws Exception {
        provider.will(FakeReplies.status(400, "tool_choice is not supported by this model (toolChoice)"));
        provider.always(_ -> FakeReplies.stream(wire.text(USE, "ok")));
        var models = test.of(TestModels.config(target(wire, Map.of())));

        models.call(call(TestModels.tools(), null).calling(), _ -> {});

        assertThat(provider.requests()).hasSize(2);
        assertThat(provider.requests().getLast().body().toString()).contains("Answer with a call of one of your tools");
        assertThat(models.list().getFirst().targets().getFirst().learnt()).containsExactly(Adaptation.NO_TOOL_CHOICE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', /openai/v1/chat/completions",
        "/, '', /openai/v1/chat/completions",
        "/openai, '', /openai/v1/chat/completions",
        "/openai/v1, '', /openai/v1/chat/completions",
        "/openai/v1/, preview, /openai/v1/chat/completions?api-version=preview",
        "'', 2024-10-21, /openai/deployments/my%20own/chat/completions?api-version=2024-10-21",
        "/openai/deployments/other, 2024-10-21, /openai/deployments/other/chat/completions?api-version=2024-10-21",
        "?api-version=2024-10-21, '', /openai/deployments/my%20own/chat/completions?api-version=2024-10-21",
        "/openai/deployments/d/chat/completions?api-version=2025-01-01, '',"
                + " /openai/deployments/d/chat/completions?api-version=2025-01-01"
    })
    void addresses_of_azure_are_read_as_people_have_them(String url, String version, String path) throws Exception {
        var keys = new HashMap<String, Object>(Map.of("name", "my own"));
        keys.put("url", provider.url().replace("/v1", "") + url);
        if (!version.isEmpty()) {
            keys.put("query", Map.of("api-version", version));
        }

        var request = ask(FakeWire.AZURE, keys, call(List.of(), null));

        assertThat(request.path()).isEqualTo(path);
        assertThat(request.headers()).containsEntry("api-key", "secret of AZURE_OPENAI_API_KEY");
    }

    @Test
    void bedrock_is_asked_by_the_name_of_the_model_for_a_stream() throws Exception {
        var request = ask(FakeWire.BEDROCK, Map.of("name", "us.amazon.nova-micro-v1:0"), call(List.of(), null));

        assertThat(request.path()).isEqualTo("/v1/model/us.amazon.nova-micro-v1%3A0/converse-stream");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer secret of AWS_BEARER_TOKEN_BEDROCK");
        assertThat(request.body().at("/inferenceConfig/maxTokens").asInt()).isEqualTo(100);
    }

    @Test
    void model_that_cannot_stream_with_tools_answers_in_one_piece() throws Exception {
        provider.will(
                FakeReplies.plain(
                        400,
                        "application/json",
                        "{\"message\":\"This model doesn't support tool use in streaming mode.\"}"),
                FakeReplies.plain(
                        200,
                        "application/json",
                        "{\"output\":{\"message\":{\"content\":[{\"text\":\"Hi\"}]}},\"stopReason\":\"end_turn\"}"));
        var models = test.of(TestModels.config(target(FakeWire.BEDROCK, Map.of())));

        assertThat(models.call(TestModels.call("Hello"), _ -> {}).text()).isEqualTo("Hi");

        assertThat(provider.requests().getLast().path()).endsWith("/converse");
    }

    @Test
    void conversation_with_calls_describes_their_tools_to_bedrock_for_ever() throws Exception {
        var messages = List.<ModelMessage>of(
                new ModelMessage.User("Time?"),
                new ModelMessage.Assistant("", List.of(new ToolRequest("a", "clock", "{}"))),
                new ModelMessage.ToolResult("a", "clock", "no clock", true));

        var sent =
                ask(FakeWire.BEDROCK, Map.of(), call(messages, List.of(), null)).body();

        assertThat(sent.at("/toolConfig/tools/0/toolSpec/name").asText()).isEqualTo("clock");
        assertThat(sent.at("/messages/2/content/0/toolResult/status").asText()).isEqualTo("error");
    }

    @Test
    void ollama_is_told_context_memory_and_thinking() throws Exception {
        var keys = Map.<String, Object>of("context-length", 8192, "keep-alive", "30m", "reasoning-effort", "low");

        var request = ask(FakeWire.OLLAMA, keys, call(TestModels.tools(), null));

        assertThat(request.path()).isEqualTo("/api/chat");
        assertThat(request.body().path("options").toString())
                .isEqualTo("{\"num_ctx\":8192,\"num_predict\":100,\"temperature\":0.2}");
        assertThat(request.body().path("keep_alive").asText()).isEqualTo("30m");
        assertThat(request.body().path("think").asText()).isEqualTo("low");
    }

    @ParameterizedTest
    @CsvSource({
        "none, false",
        "on, true",
        "high, '\"high\"'",
    })
    void thinking_is_switched_or_measured_as_the_model_knows_it(String effort, String think) throws Exception {
        var request = ask(FakeWire.OLLAMA, Map.of("reasoning-effort", effort), call(List.of(), null));

        assertThat(request.body().path("think").toString()).isEqualTo(think);
    }

    @Test
    void model_that_does_not_think_is_asked_without() throws Exception {
        provider.will(
                FakeReplies.plain(400, "application/json", "{\"error\":\"\\\"m\\\" does not support thinking\"}"));

        var request = ask(FakeWire.OLLAMA, Map.of("reasoning-effort", "on"), call(List.of(), null));

        assertThat(request.body().has("think")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"OLLAMA", "BEDROCK"})
    void thoughts_beside_calls_go_back_to_the_same_model_and_no_other(FakeWire wire) throws Exception {
        provider.will(FakeReplies.stream(
                wire == FakeWire.OLLAMA
                        ? List.of(
                                ShortForms.event(wire, "d:{\"thinking\":\"Hm, \"}"),
                                ShortForms.event(wire, "d:{\"thinking\":\"a clock\"}"),
                                ShortForms.event(
                                        wire,
                                        "d:{\"tool_calls\":[{\"function\":{\"name\":\"clock\",\"arguments\":{}}}]}"),
                                ShortForms.event(wire, "f:stop"))
                        : List.of(
                                ShortForms.event(wire, "x:{\"reasoningContent\":{\"text\":\"Hm, a clock\"}}"),
                                ShortForms.event(wire, "x:{\"reasoningContent\":{\"signature\":\"sig\"}}"),
                                ShortForms.event(wire, "c:{\"toolUseId\":\"a\",\"name\":\"clock\"}"),
                                ShortForms.event(wire, "f:tool_use"),
                                ShortForms.event(wire, "u:10,2"))));
        provider.always(_ -> FakeReplies.stream(wire.text(USE, "ok")));
        var models = test.of(TestModels.config(target(wire, Map.of())));
        var reply = models.call(TestModels.call("Time?"), _ -> {});
        var kept = reply.kept();
        assertThat(kept).isNotNull();

        models.call(after(reply, kept), _ -> {});
        String own = provider.requests().getLast().body().toString();
        models.call(after(reply, new ModelMessage.Kept("another one", kept.json())), _ -> {});
        String foreign = provider.requests().getLast().body().toString();

        assertThat(own).contains("Hm, a clock");
        assertThat(foreign).doesNotContain("Hm, a clock");
    }

    private static ModelCall after(ModelReply reply, ModelMessage.Kept kept) {
        var calls = reply.toolCalls();
        return TestModels.call(List.of(
                new ModelMessage.User("Time?"),
                new ModelMessage.Assistant("", calls, kept),
                new ModelMessage.ToolResult(calls.getFirst().id(), "clock", "noon", false)));
    }

    @Test
    void mistral_gets_short_ids_its_own_words_and_no_stream_options() throws Exception {
        var messages = List.<ModelMessage>of(
                new ModelMessage.User("Time?"),
                new ModelMessage.Assistant("", List.of(new ToolRequest("call_0123456789", "clock", "{}"))),
                new ModelMessage.ToolResult("call_0123456789", "clock", "noon", false));

        var sent = ask(FakeWire.MISTRAL, Map.of(), call(messages, TestModels.tools(), null))
                .body();

        assertThat(sent.at("/messages/2/tool_calls/0/id").asText())
                .matches("[a-zA-Z0-9]{9}")
                .isEqualTo(sent.at("/messages/3/tool_call_id").asText());
        assertThat(sent.has("stream_options")).isFalse();
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(100);
    }

    @Test
    void schema_goes_to_gemini_in_words_beside_tools() throws Exception {
        var sent =
                ask(FakeWire.GEMINI, Map.of(), call(TestModels.tools(), SCHEMA)).body();

        assertThat(sent.at("/generationConfig/responseJsonSchema").isMissingNode())
                .isTrue();
        assertThat(sent.toString()).contains("JSON Schema");
    }

    @Test
    void level_of_thinking_that_gemini_refuses_is_left_out() throws Exception {
        provider.will(FakeReplies.status(400, "Thinking level is not supported for this model."));

        var sent = ask(FakeWire.GEMINI, Map.of("reasoning-effort", "low"), call(List.of(), null));

        assertThat(provider.requests().getFirst().body().toString()).contains("thinkingLevel");
        assertThat(sent.body().toString()).doesNotContain("thinkingLevel");
    }

    @Test
    void vertex_is_sent_a_token_and_no_key() throws Exception {
        var request = ask(FakeWire.VERTEX, Map.of(), call(List.of(), null));

        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer secret of GOOGLE_APPLICATION_CREDENTIALS")
                .doesNotContainKey("x-goog-api-key");
        assertThat(request.path()).isEqualTo("/v1/models/fake:streamGenerateContent?alt=sse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "azure | AZURE_OPENAI_API_KEY=k | url | AZURE_OPENAI_ENDPOINT",
                "bedrock | AWS_BEARER_TOKEN_BEDROCK=k | url | AWS_REGION",
                "bedrock | AWS_REGION=eu-west-1 | needs a key | AWS_BEARER_TOKEN_BEDROCK",
                "vertex | GOOGLE_APPLICATION_CREDENTIALS=ya29.token | url | GOOGLE_CLOUD_PROJECT",
                "vertex | GOOGLE_APPLICATION_CREDENTIALS=/nowhere/a.json | key-env | cannot be read",
                "vertex | GOOGLE_APPLICATION_CREDENTIALS={} | key-env | type",
                "mistral | X=1 | needs a key | MISTRAL_API_KEY",
                "gemini | X=1 | needs a key | GEMINI_API_KEY"
            })
    void what_a_provider_lacks_is_told_at_start(String provider, String variable, String at, String says) {
        String[] set = variable.split("=", 2);
        var target = new TargetConfig(provider, "m", null, null, null);

        var refusal = catchThrowableOfType(
                dev.wheelhouse.base.Problem.class,
                () -> AliasTargets.of(
                        TestModels.config(target),
                        TargetConfig.Timeouts.DEFAULT,
                        TestModels.sources(),
                        name -> name.equals(set[0]) ? set[1] : null));

        assertThat(refusal.mistakes().toString()).contains(at, says);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, region, eu-west-1",
        "openai, keep-alive, 5m",
        "mistral, keep-alive, 5m",
        "anthropic, region, x",
        "ollama, stream-options, false",
        "ollama, keep-alive, soon",
        "bedrock, join-turns, true",
        "bedrock, region, eu west",
        "gemini, region, x",
        "vertex, region, a/b",
        "gemini, keep-alive, 5m"
    })
    void key_that_means_nothing_to_a_provider_is_refused(String provider, String key, String value) {
        var wire = FakeWire.valueOf(provider.toUpperCase(java.util.Locale.ROOT));
        var config = TestModels.config(target(wire, Map.of(key, value)));

        var refusal = catchThrowableOfType(dev.wheelhouse.base.Problem.class, () -> test.of(config));

        assertThat(refusal.mistakes().toString()).contains(key);
    }

    @Test
    void access_key_of_amazon_is_put_together_and_its_region_found() {
        var set = Map.of(
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "s", "AWS_DEFAULT_REGION", "eu-west-1");

        var targets = AliasTargets.of(
                TestModels.config(new TargetConfig("bedrock", "m", null, null, null)),
                TargetConfig.Timeouts.DEFAULT,
                TestModels.sources(),
                set::get);

        assertThat(targets).containsKey("default");
    }
}
