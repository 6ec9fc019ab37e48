package dev.wheelhouse.models;

import static dev.wheelhouse.models.FakeReplies.cut;
import static dev.wheelhouse.models.FakeReplies.drip;
import static dev.wheelhouse.models.FakeReplies.mute;
import static dev.wheelhouse.models.FakeReplies.plain;
import static dev.wheelhouse.models.FakeReplies.silence;
import static dev.wheelhouse.models.FakeReplies.status;
import static dev.wheelhouse.models.FakeReplies.stream;
import static dev.wheelhouse.models.TestModels.call;
import static dev.wheelhouse.models.TestModels.config;
import static dev.wheelhouse.models.TestModels.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each provider over a real socket, well-behaved and not.
class RemoteModelTest {

    private static final TokenUse USE = new TokenUse(1000, 400, 50);

    /// For what is not timed: only the one timeout that a test is about may end it.
    private static final Duration LONG = Duration.ofMinutes(2);

    private final FakeProvider provider = new FakeProvider();
    private final TestModels test = new TestModels();
    private final List<String> deltas = new ArrayList<>();

    @AfterEach
    void close() {
        provider.close();
    }

    private ModelReply ask(FakeWire wire) throws InterruptedException {
        return test.of(config(target(wire, provider))).call(call("Hello"), deltas::add);
    }

    /// One try: what comes after a try that failed is the same whatever it failed by.
    private ModelException refused(FakeWire wire, TargetConfig.Timeouts timeouts) {
        return catchThrowableOfType(ModelException.class, () -> test.of(config(1, target(wire, provider)), timeouts)
                .call(call("Hello"), deltas::add));
    }

    private ModelException refused(FakeWire wire) {
        return catchThrowableOfType(ModelException.class, () -> ask(wire));
    }

    @ParameterizedTest
    @EnumSource
    void text_comes_word_by_word_and_whole_with_what_it_cost(FakeWire wire) throws Exception {
        provider.will(stream(wire.text(USE, "Grüß ", "Gott, ", "⛵")));

        ModelReply reply = ask(wire);

        assertThat(deltas).containsExactly("Grüß ", "Gott, ", "⛵");
        assertThat(reply.text()).isEqualTo("Grüß Gott, ⛵");
        assertThat(reply.finish()).isEqualTo("stop");
        assertThat(reply.use()).isEqualTo(wire.counted(USE));
        assertThat(reply.costMicroUnits()).isEqualTo(wire == FakeWire.OLLAMA ? 1000 + 100 : 600 + 40 + 100);
        assertThat(reply.demo()).isFalse();
        assertThat(reply.tries()).isEqualTo(1);
        assertThat(test.told).containsExactly("called fake");
    }

    @ParameterizedTest
    @EnumSource
    void parallel_tool_calls_are_put_together_from_fragments(FakeWire wire) throws Exception {
        provider.will(stream(wire.toolCalls(
                USE,
                new ToolRequest("a", "calculator", "{\"expression\":\"17 * 23\"}"),
                new ToolRequest("b", "clock", "{\"zone\":\"Europe/Berlin\"}"))));

        ModelReply reply = ask(wire);

        assertThat(reply.toolCalls())
                .extracting(call -> call.tool() + Json.read(call.arguments()))
                .containsExactly("calculator{\"expression\":\"17 * 23\"}", "clock{\"zone\":\"Europe/Berlin\"}");
        if (wire.givesIds()) {
            assertThat(reply.toolCalls()).extracting(ToolRequest::id).containsExactly("a", "b");
        }
        assertThat(reply.finish()).isEqualTo("tool_calls");
        assertThat(deltas).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void tool_calls_with_the_same_id_get_ids_of_their_own(FakeWire wire) throws Exception {
        provider.will(stream(wire.toolCalls(
                USE, new ToolRequest("same", "clock", "{}"), new ToolRequest("same", "calculator", "{}"))));

        List<ToolRequest> calls = ask(wire).toolCalls();

        assertThat(calls).extracting(ToolRequest::id).doesNotHaveDuplicates().doesNotContain("");
    }

    @ParameterizedTest
    @EnumSource
    void the_conversation_and_the_tools_reach_the_provider(FakeWire wire) throws Exception {
        provider.will(stream(wire.text(USE, "ok")));
        var messages = List.<ModelMessage>of(
                new ModelMessage.User("Add"),
                new ModelMessage.Assistant("", List.of(new ToolRequest("a", "calculator", "not json"))),
                new ModelMessage.ToolResult("a", "calculator", "Arguments are not JSON", true));

        test.of(config(target(wire, provider))).call(call(messages), deltas::add);

        FakeProvider.Request request = provider.requests().getFirst();
        JsonNode schema = request.body().at(wire.secondSchema());
        assertThat(schema.at("/properties/expression/type").asText()).isEqualTo("string");
        assertThat(schema.path("required")).hasToString("[\"expression\"]");
        assertThat(request.body().toString()).contains("Be brief.", "unreadable", "Arguments are not JSON");
        assertThat(request.headers().toString()).contains("secret of");
    }

    @ParameterizedTest
    @EnumSource
    void retry_after_is_obeyed(FakeWire wire) throws Exception {
        provider.will(status(429, "Slow down", "Retry-After: 7"), stream(wire.text(USE, "Now")));

        assertThat(ask(wire).tries()).isEqualTo(2);

        assertThat(test.pauses).containsExactly(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @EnumSource
    void a_pause_longer_than_the_budget_is_not_waited_for(FakeWire wire) {
        provider.will(status(429, "Come back tomorrow", "Retry-After: 86400"));

        ModelException refusal = refused(wire);

        assertThat(refusal.code()).isEqualTo("rate_limited");
        assertThat(refusal.retryable()).isTrue();
        assertThat(refusal.sentence()).contains("Come back tomorrow");
        assertThat(test.pauses).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_server_error_is_tried_again_with_growing_pauses(FakeWire wire) throws Exception {
        provider.will(status(500, "Oops"), status(503, "Oops"), stream(wire.text(USE, "Back")));

        assertThat(ask(wire).text()).isEqualTo("Back");

        assertThat(test.pauses.getFirst()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(test.pauses.getLast()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(test.told).containsExactly("failed provider_error", "failed provider_error", "called fake");
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_key_is_not_tried_again(FakeWire wire) {
        provider.will(status(401, "Wrong key"));

        ModelException refusal = refused(wire);

        assertThat(refusal.code()).isEqualTo("refused");
        assertThat(refusal.retryable()).isFalse();
        assertThat(refusal.sentence()).contains("401", "Wrong key").doesNotContain("secret of");
        assertThat(provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_cut_before_any_text_is_tried_again(FakeWire wire) throws Exception {
        provider.will(cut(wire.begun("x").subList(0, 1)), stream(wire.text(USE, "Whole")));

        assertThat(ask(wire).text()).isEqualTo("Whole");
        assertThat(deltas).containsExactly("Whole");
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_cut_after_text_is_taken_back_and_tried_again(FakeWire wire) throws Exception {
        var seen = new CountDownLatch(1);
        provider.will(cut(wire.begun("Half"), seen), stream(wire.text(USE, "Whole")));

        ModelReply reply = test.of(config(target(wire, provider))).call(call("Hello"), new ModelWatcher() {
            @Override
            public void delta(String text) {
                deltas.add(text);
                seen.countDown();
            }

            @Override
            public void reset() {
                deltas.add("(anew)");
            }
        });

        assertThat(reply.text()).isEqualTo("Whole");
        assertThat(reply.tries()).isEqualTo(2);
        assertThat(deltas).containsExactly("Half", "(anew)", "Whole");
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_that_ends_politely_but_too_early_is_cut_too(FakeWire wire) {
        provider.always(_ -> stream(wire.begun("Half")));

        assertThat(refused(wire).code()).isEqualTo("stream_cut");
    }

    @ParameterizedTest
    @EnumSource
    void an_error_inside_a_stream_is_tried_again(FakeWire wire) throws Exception {
        provider.will(stream(List.of(wire.error("Overloaded"))), stream(wire.text(USE, "Fine")));

        assertThat(ask(wire).text()).isEqualTo("Fine");
        assertThat(test.told).contains("failed provider_error");
    }

    @ParameterizedTest
    @EnumSource
    void garbage_is_no_answer(FakeWire wire) {
        provider.always(_ -> stream(List.of("event: content_block_delta\ndata: {]garbage[\n\n")));

        assertThat(refused(wire).code()).isIn("bad_answer", "stream_cut");
        assertThat(provider.requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void a_page_instead_of_a_stream_is_no_answer(FakeWire wire) {
        provider.always(_ -> plain(200, "text/html", "<h1>Sign in</h1>"));

        ModelException failure = refused(wire);

        assertThat(failure.code()).isEqualTo("bad_answer");
        assertThat(failure.sentence()).contains("<h1>Sign in</h1>");
    }

    @ParameterizedTest
    @EnumSource
    void silence_ends_in_a_timeout_and_closes_the_connection(FakeWire wire) throws Exception {
        provider.always(_ -> mute());

        ModelException failure = refused(wire, new TargetConfig.Timeouts(LONG, Duration.ofMillis(300), LONG, LONG));

        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure.sentence()).contains("was silent for 300 ms");
        assertThat(provider.clientHungUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void silence_in_the_middle_ends_in_a_timeout(FakeWire wire) throws Exception {
        provider.always(_ -> silence(wire.begun("Half")));

        ModelException failure = refused(wire, new TargetConfig.Timeouts(LONG, LONG, Duration.ofMillis(600), LONG));

        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure.sentence()).contains("was silent for 600 ms");
        assertThat(provider.clientHungUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_slow_drip_ends_with_the_budget(FakeWire wire) throws Exception {
        provider.always(_ -> drip(wire.begun("drop ")));

        ModelException failure = refused(wire, new TargetConfig.Timeouts(LONG, LONG, LONG, Duration.ofSeconds(2)));

        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure.sentence()).contains("did not finish its answer within 2000 ms");
        assertThat(failure.retryable()).isTrue();
        assertThat(provider.clientHungUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void an_interrupt_ends_the_call_and_the_connection(FakeWire wire) throws Exception {
        provider.will(silence(wire.begun("Half")));
        var shown = new CountDownLatch(1);
        var thrown = new AtomicReference<Throwable>();
        Models models = test.of(config(target(wire, provider)));

        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                models.call(call("Hello"), _ -> shown.countDown());
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        Await.open(shown);
        caller.interrupt();
        caller.join(Await.LONGEST);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(provider.clientHungUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_is_not_there_is_unreachable(FakeWire wire) {
        provider.close();

        ModelException failure = refused(wire);

        assertThat(failure.code()).isEqualTo("unreachable");
        assertThat(failure.retryable()).isTrue();
    }
}
