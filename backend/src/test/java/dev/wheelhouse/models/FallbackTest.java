package dev.wheelhouse.models;

import static dev.wheelhouse.models.FakeReplies.status;
import static dev.wheelhouse.models.FakeReplies.stream;
import static dev.wheelhouse.models.TestModels.call;
import static dev.wheelhouse.models.TestModels.config;
import static dev.wheelhouse.models.TestModels.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// More than one target behind an alias.
class FallbackTest {

    private final FakeProvider first = new FakeProvider();
    private final FakeProvider second = new FakeProvider();
    private final TestModels test = new TestModels();
    private final Models models = test.of(config(target(FakeWire.OPENAI, first), target(FakeWire.ANTHROPIC, second)));

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private ModelReply ask() throws InterruptedException {
        return models.call(call("Hello"), _ -> {});
    }

    private List<String> states() {
        return models.list().getFirst().targets().stream()
                .map(Model.Target::state)
                .toList();
    }

    private static FakeProvider.Reply fine(FakeWire wire) {
        return stream(wire.text(new TokenUse(1, 0, 1), "Fine"));
    }

    @Test
    void the_next_target_answers_when_the_first_is_used_up() throws Exception {
        first.always(_ -> status(500, "Oops"));
        second.always(_ -> fine(FakeWire.ANTHROPIC));

        ModelReply reply = ask();

        assertThat(reply.provider()).isEqualTo("anthropic");
        assertThat(reply.tries()).isEqualTo(4);
    }

    @Test
    void a_refused_key_leads_to_the_next_target_at_once() throws Exception {
        first.always(_ -> status(401, "Wrong key"));
        second.always(_ -> fine(FakeWire.ANTHROPIC));

        assertThat(ask().tries()).isEqualTo(2);
        assertThat(test.pauses).isEmpty();
    }

    @Test
    void a_target_cools_down_after_too_many_failures_and_comes_back() throws Exception {
        first.always(_ -> status(500, "Oops"));
        second.always(_ -> fine(FakeWire.ANTHROPIC));

        ask();
        assertThat(states()).containsExactly("ready", "ready");
        ask();
        assertThat(states()).containsExactly("cooling", "ready");

        int before = first.requests().size();
        ask();
        assertThat(first.requests()).hasSize(before);

        first.always(_ -> fine(FakeWire.OPENAI));
        test.pass(Duration.ofSeconds(31));
        assertThat(states()).containsExactly("ready", "ready");
        assertThat(ask().provider()).isEqualTo("openai");
    }

    @Test
    void when_all_targets_cool_they_are_tried_nevertheless() throws Exception {
        first.always(_ -> status(500, "Oops"));
        second.always(_ -> status(500, "Oops"));
        for (int time = 0; time < 2; time++) {
            assertThat(catchThrowableOfType(ModelException.class, this::ask).code())
                    .isEqualTo("provider_error");
        }
        assertThat(states()).containsExactly("cooling", "cooling");

        second.always(_ -> fine(FakeWire.ANTHROPIC));

        assertThat(ask().provider()).isEqualTo("anthropic");
    }
}
