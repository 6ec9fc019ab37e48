package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A model that nobody here wrote, behind a server that nobody here wrote.
///
/// Runs where TEST_MODEL_URL and TEST_MODEL_NAME name any OpenAI-compatible server: `scripts/real-model` serves one.
/// Where they do not, the summary of `make test` says so. They are not MODEL_URL and MODEL_NAME, which would give the
/// model to every server that another test starts.
class RealModelTest {

    private static final Duration BUDGET = Duration.ofMinutes(2);

    private final List<String> deltas = new ArrayList<>();

    @BeforeEach
    void needs_a_server() {
        if (System.getenv("TEST_MODEL_URL") == null || System.getenv("TEST_MODEL_NAME") == null) {
            abort("No real model was asked: \"scripts/real-model install\" brings one, or set TEST_MODEL_URL and"
                    + " TEST_MODEL_NAME to any OpenAI-compatible server");
        }
    }

    private static Models models() {
        var config = ModelsConfig.DEFAULT;
        return new Models(
                AliasTargets.of(
                        config,
                        TargetConfig.Timeouts.DEFAULT,
                        TestModels.sources(),
                        name -> System.getenv("TEST_" + name)),
                new TryTargets.Surroundings(config, InstantSource.system(), new Random(), Thread::sleep, List.of()));
    }

    private static ModelCall call(String asked, int tokens, List<ToolDescription> tools) {
        return new ModelCall(
                TenantId.DEFAULT,
                "default",
                "You are a helpful assistant. Answer in one sentence.",
                List.of(new ModelMessage.User(asked)),
                tools,
                0.0,
                tokens,
                BUDGET);
    }

    @Test
    void it_streams_an_answer_and_counts_tokens() throws Exception {
        ModelReply reply = models().call(call("What is a ship's wheel for?", 60, List.of()), deltas::add);

        System.err.printf(
                "RealModelTest: %s answered in %d pieces, %s: %s%n",
                reply.name(), deltas.size(), reply.use(), reply.text());
        assertThat(deltas).hasSizeGreaterThan(3);
        assertThat(String.join("", deltas)).isEqualTo(reply.text());
        assertThat(reply.use().input()).isPositive();
        assertThat(reply.use().output()).isBetween(1L, 61L);
        assertThat(reply.costMicroUnits()).as("nobody knows its price").isNull();
        assertThat(reply.demo()).isFalse();
    }

    @Test
    void the_token_limit_is_obeyed_and_told() throws Exception {
        ModelReply reply = models().call(call("Tell a long story about the sea.", 12, List.of()), deltas::add);

        assertThat(reply.finish()).isEqualTo("length");
        assertThat(reply.use().output()).isLessThanOrEqualTo(13);
    }

    @Test
    void tools_may_be_offered() throws Exception {
        ModelReply reply = models().call(call("What time is it?", 40, TestModels.tools()), deltas::add);

        assertThat(reply.text() + reply.toolCalls()).isNotBlank();
    }

    @Test
    void an_interrupt_stops_the_server_too() throws Exception {
        Models models = models();
        var thrown = new AtomicReference<Throwable>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                models.call(call("Tell a very long story about the sea.", 2000, List.of()), text -> {
                    deltas.add(text);
                    Thread.currentThread().interrupt();
                });
            } catch (Throwable e) {
                thrown.set(e);
            }
        });

        assertThat(caller.join(BUDGET)).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        long start = System.nanoTime();
        models.call(call("Say yes.", 3, List.of()), _ -> {});
        System.err.printf(
                "RealModelTest: after an interrupt the next answer took %d ms%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
