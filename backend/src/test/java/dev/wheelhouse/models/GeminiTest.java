package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Gemini's own protocol over a real socket: what comes back, what is counted, what goes back.
class GeminiTest {

    private final FakeProvider provider = new FakeProvider();
    private final TestModels test = new TestModels();
    private final List<String> deltas = new ArrayList<>();

    @AfterEach
    void close() {
        provider.close();
    }

    private Models models() {
        return test.of(
                TestModels.config(new TargetConfig("gemini", "gemini-x", provider.url(), null, TestModels.PRICES)));
    }

    private ModelReply ask() throws InterruptedException {
        return models().call(TestModels.call("Hello"), deltas::add);
    }

    private static String part(String part, String more) {
        return "data: {\"candidates\":[{\"content\":{\"parts\":[%s],\"role\":\"model\"},\"index\":0%s}]%s}\n\n"
                .formatted(part, more.isEmpty() ? "" : ",\"finishReason\":\"" + more + "\"", USAGE);
    }

    private static final String USAGE = ",\"usageMetadata\":{\"promptTokenCount\":57,\"candidatesTokenCount\":15,"
            + "\"thoughtsTokenCount\":124,\"cachedContentTokenCount\":7,\"totalTokenCount\":196},"
            + "\"modelVersion\":\"gemini-x\",\"responseId\":\"r\"";

    @Test
    void text_comes_in_pieces_and_thoughts_count_as_output() throws Exception {
        provider.will(
                FakeReplies.stream(List.of(part("{\"text\":\"Grüß \"}", ""), part("{\"text\":\"Gott\"}", "STOP"))));

        ModelReply reply = ask();

        assertThat(deltas).containsExactly("Grüß ", "Gott");
        assertThat(reply.text()).isEqualTo("Grüß Gott");
        assertThat(reply.finish()).isEqualTo("stop");
        assertThat(reply.use()).isEqualTo(new TokenUse(57, 7, 139));
        assertThat(provider.requests().getFirst().path()).contains("gemini-x:streamGenerateContent");
        assertThat(provider.requests().getFirst().headers())
                .containsEntry("x-goog-api-key", "secret of GEMINI_API_KEY");
    }

    @Test
    void calls_get_ids_and_the_signature_of_their_thoughts_goes_back() throws Exception {
        provider.will(FakeReplies.stream(List.of(part(
                "{\"functionCall\":{\"name\":\"clock\",\"args\":{\"zone\":\"UTC\"}},\"thoughtSignature\":\"c2ln\"}",
                "STOP"))));
        provider.always(_ -> FakeReplies.stream(List.of(part("{\"text\":\"Noon\"}", "STOP"))));
        ModelReply asked = ask();
        assertThat(asked.toolCalls()).hasSize(1).allSatisfy(call -> assertThat(call.id())
                .isNotBlank());
        assertThat(asked.finish()).isEqualTo("tool_calls");

        models().call(
                        TestModels.call(List.of(
                                new ModelMessage.User("Hello"),
                                new ModelMessage.Assistant("", asked.toolCalls(), asked.kept()),
                                new ModelMessage.ToolResult(
                                        asked.toolCalls().getFirst().id(), "clock", "noon", false))),
                        deltas::add);

        assertThat(provider.requests().getLast().body().toString()).contains("functionResponse", "c2ln");
    }

    @Test
    void nothing_at_the_token_limit_is_no_answer() {
        provider.always(_ -> FakeReplies.stream(List.of(part("", "MAX_TOKENS"))));

        var failure = catchThrowableOfType(ModelException.class, this::ask);

        assertThat(failure.code()).isEqualTo("bad_answer");
        assertThat(failure.hint()).contains("maxOutputTokens");
    }

    @Test
    void rate_limit_is_waited_for_and_a_wrong_key_is_not() throws Exception {
        provider.will(
                FakeReplies.plain(
                        429,
                        "application/json",
                        "{\"error\":{\"code\":429,\"message\":\"Quota\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":"
                                + "[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"5s\"}]}}"),
                FakeReplies.plain(403, "application/json", "{\"error\":{\"code\":403,\"message\":\"Key expired\"}}"));

        var failure = catchThrowableOfType(ModelException.class, this::ask);

        assertThat(test.pauses).containsExactly(Duration.ofSeconds(5));
        assertThat(failure.code()).isEqualTo("refused");
        assertThat(failure.sentence()).contains("Key expired").doesNotContain("secret of");
    }

    @Test
    void cut_stream_is_tried_again() throws Exception {
        provider.will(FakeReplies.cut(List.of()));
        provider.always(_ -> FakeReplies.stream(List.of(part("{\"text\":\"Whole\"}", "STOP"))));

        assertThat(ask().text()).isEqualTo("Whole");
    }
}
