package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is sent: as the strictest server takes it, and without what a server has refused.
class SentRequestsTest {

    private static final TokenUse USE = new TokenUse(10, 0, 2);

    private final FakeProvider provider = new FakeProvider();
    private final TestModels test = new TestModels();

    @AfterEach
    void close() {
        provider.close();
    }

    private static TargetConfig target(FakeProvider provider, Map<String, Object> keys) {
        var all = new java.util.HashMap<String, Object>(keys);
        all.putIfAbsent("provider", "openai");
        all.put("name", "fake");
        all.putIfAbsent("url", provider.url());
        return new ReadTarget().convert(all, TargetConfig.class, null).orElseThrow();
    }

    private JsonNode sent() {
        return provider.requests().getLast().body();
    }

    private JsonNode ask(Map<String, Object> keys, ModelCall call) throws InterruptedException {
        provider.always(_ -> FakeReplies.stream(FakeWire.OPENAI.text(USE, "ok")));
        test.of(TestModels.config(target(provider, keys))).call(call, _ -> {});
        return sent();
    }

    private static ModelCall with(List<ModelMessage> messages) {
        return TestModels.call(messages);
    }

    private static ModelCall with(JsonNode schema, Double temperature, Integer tokens) {
        var call = TestModels.call("Hello");
        return new ModelCall(
                call.tenant(),
                call.alias(),
                call.instructions(),
                call.messages(),
                call.tools(),
                schema,
                temperature,
                tokens,
                call.budget());
    }

    @Test
    void names_and_ids_fit_the_strictest_server_and_stay_the_same() throws Exception {
        String longId = "call_0190aa3e-7d4c-7c3e-9b8e-2f4f6a1d9c55-and-more";
        var messages = List.<ModelMessage>of(
                new ModelMessage.User("Open it"),
                new ModelMessage.Assistant(
                        "",
                        List.of(
                                new ToolRequest(longId, "browser.tabs.open", "{}"),
                                new ToolRequest("b", "browser_tabs_open", "{}"),
                                new ToolRequest("c", "x".repeat(90), "{}"),
                                new ToolRequest("d", "", "[1]"))),
                new ModelMessage.ToolResult(longId, "browser.tabs.open", "There is no such tool", true),
                new ModelMessage.ToolResult("b", "browser_tabs_open", "", true),
                new ModelMessage.ToolResult("c", "x", "no", true),
                new ModelMessage.ToolResult("d", "", "no", true));

        JsonNode first = ask(Map.of(), with(messages)).path("messages");
        JsonNode again = ask(Map.of(), with(messages)).path("messages");

        assertThat(again).isEqualTo(first);
        var names = new ArrayList<String>();
        first.path(2)
                .path("tool_calls")
                .forEach(call -> names.add(call.at("/function/name").asText()));
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_-]{0,63}"));
        assertThat(first.path(2).path("content").asText("none")).isEmpty();
        for (int call = 0; call < 4; call++) {
            String id = first.path(2).path("tool_calls").path(call).path("id").asText();
            assertThat(id).matches("[a-zA-Z0-9_-]{1,40}");
            assertThat(first.path(3 + call).path("tool_call_id").asText()).isEqualTo(id);
            assertThat(first.path(3 + call).path("content").asText()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void what_a_provider_wants_back_goes_to_the_same_model_and_no_other(FakeWire wire) throws Exception {
        provider.will(FakeReplies.stream(List.of(
                wire == FakeWire.OPENAI
                        ? ShortForms.event(wire, "d:{\"reasoning_content\":\"Hm, \"}")
                                + ShortForms.event(wire, "d:{\"reasoning_content\":\"a clock\"}")
                                + ShortForms.event(
                                        wire,
                                        "c:{\"index\":0,\"id\":\"a\",\"extra_content\":{\"google\":{\"thought_signature\":\"sig\"}},\"function\":{\"name\":\"clock\",\"arguments\":\"{}\"}}")
                                + ShortForms.event(wire, "f:tool_calls")
                                + "data: [DONE]\n\n"
                        : ShortForms.event(wire, "s")
                                + ShortForms.event(wire, "b:{\"type\":\"thinking\",\"thinking\":\"\"}")
                                + ShortForms.event(wire, "x:{\"type\":\"thinking_delta\",\"thinking\":\"Hm, a clock\"}")
                                + ShortForms.event(wire, "x:{\"type\":\"signature_delta\",\"signature\":\"sig\"}")
                                + ShortForms.event(wire, "e")
                                + "data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"clock\",\"input\":{}}}\n\n"
                                + ShortForms.event(wire, "f:tool_use")
                                + ShortForms.event(wire, "z"))));
        provider.always(_ -> FakeReplies.stream(wire.text(USE, "ok")));
        var models = test.of(TestModels.config(TestModels.target(wire, provider)));
        var reply = models.call(TestModels.call("Time?"), _ -> {});
        var kept = reply.kept();
        assertThat(kept).isNotNull();
        var after = List.<ModelMessage>of(
                new ModelMessage.User("Time?"),
                new ModelMessage.Assistant("", reply.toolCalls(), kept),
                new ModelMessage.ToolResult("a", "clock", "noon", false));

        models.call(with(after), _ -> {});
        assertThat(sent().toString()).contains("Hm, a clock", "sig");

        var foreign = List.<ModelMessage>of(
                new ModelMessage.User("Time?"),
                new ModelMessage.Assistant("", reply.toolCalls(), new ModelMessage.Kept("another one", kept.json())),
                new ModelMessage.ToolResult("a", "clock", "noon", false));
        models.call(with(foreign), _ -> {});
        assertThat(sent().toString()).doesNotContain("Hm, a clock", "sig");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Unrecognized request argument supplied: stream_options | /stream_options",
                "422 | body.stream_options: Extra inputs are not permitted | /stream_options",
                "400 | Unsupported value: 'temperature' does not support 0.2 with this model | /temperature",
                "400 | temperature is deprecated for this model | /temperature",
                "400 | Unknown parameter: 'response_format' | /response_format",
                "400 | json_schema is not supported by this engine | /response_format",
                "400 | Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead. | /max_tokens",
                "400 | Unrecognized field reasoning_effort | /reasoning_effort",
                "400 | stream is not supported with tools | /stream_options",
            })
    void what_a_server_names_and_refuses_is_left_out(int status, String said, String gone) throws Exception {
        provider.will(FakeReplies.status(status, said));
        var call = with(TestModels.schema("{'a':{'type':'string'}}", "['a']"), 0.2, 100);

        JsonNode body = ask(Map.of("reasoning-effort", "low"), call);

        assertThat(provider.requests()).hasSize(2);
        assertThat(provider.requests().getFirst().body().at(gone).isMissingNode())
                .isFalse();
        assertThat(body.at(gone).isMissingNode()).isTrue();
        assertThat(test.told).containsExactly("called fake");
    }

    @Test
    void what_was_learnt_is_not_sent_again_and_two_things_can_be() throws Exception {
        provider.will(
                FakeReplies.status(400, "Unknown parameter: stream_options"),
                FakeReplies.status(400, "temperature is not supported"));
        provider.always(_ -> FakeReplies.stream(FakeWire.OPENAI.text(USE, "ok")));
        var models = test.of(TestModels.config(target(provider, Map.of())));

        models.call(with(null, 0.2, null), _ -> {});
        models.call(with(null, 0.2, null), _ -> {});

        assertThat(provider.requests()).hasSize(4);
        assertThat(sent().has("stream_options")).isFalse();
        assertThat(sent().has("temperature")).isFalse();
    }

    @Test
    void a_field_that_was_not_sent_is_not_left_out_again() {
        provider.always(_ -> FakeReplies.status(400, "temperature and stream_options are unknown to me"));

        var refusal = catchThrowableOfType(ModelException.class, () -> test.of(
                        TestModels.config(target(provider, Map.of("stream-options", false))))
                .call(TestModels.call("Hello"), _ -> {}));

        assertThat(refusal.code()).isEqualTo("refused");
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void thoughts_that_every_answer_has_to_have_are_sent_empty() throws Exception {
        provider.will(FakeReplies.status(
                400, "The `reasoning_content` in the thinking mode must be passed back to the API."));
        var body = ask(
                Map.of(),
                with(List.of(
                        new ModelMessage.User("Hi"),
                        new ModelMessage.Assistant("Hello", List.of()),
                        new ModelMessage.User("Time?"))));

        assertThat(body.at("/messages/2/reasoning_content").asText("none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Conversation roles must alternate user/assistant/user/assistant/...",
                "500 | jinja error: After the optional system message, conversation roles must alternate",
            })
    void turns_are_joined_where_a_template_wants_them_to_alternate(int status, String said) throws Exception {
        provider.will(FakeReplies.status(status, said));
        var two = with(List.of(new ModelMessage.User("One"), new ModelMessage.User("Two")));

        assertThat(ask(Map.of(), two).at("/messages/1/content").asText()).isEqualTo("One\n\nTwo");
        assertThat(provider.requests()).hasSize(2);
        assertThat(ask(Map.of("join-turns", true), two).path("messages")).hasSize(2);
    }

    @Test
    void a_target_sends_its_own_headers_query_and_names() throws Exception {
        var body = ask(
                Map.of(
                        "url",
                        provider.url() + "/chat/completions?deployment=d",
                        "headers",
                        Map.of("X-Team", "blue"),
                        "query",
                        Map.of("api-version", "2024 10"),
                        "key-header",
                        "api-key",
                        "stream-options",
                        false,
                        "output-tokens",
                        "max_completion_tokens",
                        "reasoning-effort",
                        "low"),
                with(null, null, 50));

        var request = provider.requests().getLast();
        assertThat(request.path()).isEqualTo("/v1/chat/completions?deployment=d&api-version=2024%2010");
        assertThat(request.headers())
                .containsEntry("X-Team", "blue")
                .containsEntry("api-key", "secret of OPENAI_API_KEY")
                .doesNotContainKey("Authorization");
        assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(50);
        assertThat(body.path("reasoning_effort").asText()).isEqualTo("low");
        assertThat(body.has("stream_options")).isFalse();
    }

    @Test
    void a_server_that_moved_on_its_host_is_followed() throws Exception {
        provider.will(FakeReplies.plain(307, "text/plain", "", "Location: /v2/chat/completions"));

        JsonNode body = ask(Map.of(), TestModels.call("Hello"));

        assertThat(provider.requests().getLast().path()).isEqualTo("/v2/chat/completions");
        assertThat(body.path("messages")).hasSize(2);
    }

    @Test
    void what_a_model_cannot_do_is_not_sent_to_it() {
        var noTools = target(provider, Map.of("abilities", List.of("images")));
        var shortOne = target(provider, Map.of("context-length", 300));
        var calls = Map.of(
                "call tools", new Object[] {noTools, TestModels.call("Hello")},
                "300 tokens", new Object[] {shortOne, TestModels.call("word ".repeat(2000))});

        calls.forEach((says, pair) -> {
            var refusal =
                    catchThrowableOfType(ModelException.class, () -> test.of(TestModels.config((TargetConfig) pair[0]))
                            .call((ModelCall) pair[1], _ -> {}));
            assertThat(refusal.code()).isEqualTo("refused");
            assertThat(refusal.sentence()).contains(says);
        });
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_schema_goes_in_words_to_a_model_without_the_ability() throws Exception {
        var body = ask(
                Map.of("abilities", List.of("tools")),
                with(TestModels.schema("{'a':{'type':'string'}}", "['a']"), null, null));

        assertThat(body.has("response_format")).isFalse();
        assertThat(body.at("/messages/0/content").asText()).contains("JSON Schema");
    }

    @Test
    void calls_wait_for_their_turn_where_a_target_takes_one_at_once() throws Exception {
        var release = new CountDownLatch(1);
        var arrived = new CountDownLatch(1);
        provider.will((out, connection) -> {
            arrived.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            FakeReplies.stream(FakeWire.OPENAI.text(USE, "first")).send(out, connection);
        });
        provider.always(_ -> FakeReplies.stream(FakeWire.OPENAI.text(USE, "second")));
        var models = test.of(TestModels.config(target(provider, Map.of("concurrency", 1))));
        var texts = java.util.Collections.synchronizedList(new ArrayList<String>());
        var callers = new ArrayList<Thread>();
        for (int caller = 0; caller < 2; caller++) {
            callers.add(Thread.ofVirtual().start(() -> {
                try {
                    texts.add(models.call(TestModels.call("Hello"), _ -> {}).text());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        dev.wheelhouse.testing.Await.open(arrived);

        assertThat(provider.requests()).hasSize(1);
        release.countDown();
        for (var caller : callers) {
            caller.join(dev.wheelhouse.testing.Await.LONGEST);
        }

        assertThat(Set.copyOf(texts)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void senseless_keys_of_a_target_are_refused_all_at_once() {
        var wrong = Map.<String, Object>of(
                "stream-options", "maybe",
                "output-tokens", "max_token",
                "concurrency", 0,
                "context-length", "long",
                "abilities", List.of("tolls"),
                "timeouts", Map.of("conect", "1s", "whole", "forever"),
                "headers", "X-Team: blue");

        var refusal = catchThrowableOfType(dev.wheelhouse.base.Problem.class, () -> target(provider, wrong));

        assertThat(refusal.mistakes()).hasSize(8).allMatch(mistake -> mistake.hint() != null);
        assertThat(refusal.mistakes().toString())
                .contains("Did you mean \"max_tokens\"?", "Did you mean \"tools\"?", "Did you mean \"connect\"?");
    }

    @Test
    void headers_and_addresses_that_cannot_be_sent_are_refused_at_start() {
        var wrong = target(
                provider,
                Map.of(
                        "url", "http://user:pass@host/v1",
                        "headers", Map.of("Host", "x", "X Team", "blue"),
                        "reasoning-effort", "very much",
                        "proxy", "socks5://p",
                        "ca-bundle", "/nowhere/ca.pem"));

        var refusal = catchThrowableOfType(dev.wheelhouse.base.Problem.class, () -> test.of(TestModels.config(wrong)));

        assertThat(refusal.mistakes())
                .extracting(mistake -> mistake.path().replaceFirst(".*\\.", ""))
                .containsExactlyInAnyOrder("url", "headers", "headers", "reasoning-effort", "proxy", "ca-bundle");
    }
}
