package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What an agent relies on, whoever answers.
public abstract class ModelContract {

    /// Models whose alias `default` understands the requests below.
    protected abstract Models models();

    private final List<String> deltas = new ArrayList<>();

    private ModelReply ask(List<ModelMessage> messages) throws InterruptedException {
        deltas.clear();
        return models().call(TestModels.call(messages), deltas::add);
    }

    @Test
    void the_pieces_of_an_answer_are_its_text() throws Exception {
        ModelReply reply = ask(List.of(new ModelMessage.User("say one two three")));

        assertThat(reply.text()).isEqualTo("one two three");
        assertThat(String.join("", deltas)).isEqualTo(reply.text());
        assertThat(deltas).doesNotContain("");
        assertThat(reply.finish()).isEqualTo("stop");
        assertThat(reply.toolCalls()).isEmpty();
    }

    @Test
    void tokens_are_counted_and_the_answer_says_who_gave_it() throws Exception {
        ModelReply reply = ask(List.of(new ModelMessage.User("say one two three")));

        assertThat(reply.use().input()).isPositive();
        assertThat(reply.use().output()).isPositive();
        assertThat(reply.use().cached()).isLessThanOrEqualTo(reply.use().input());
        assertThat(reply.costMicroUnits()).isNotNull();
        assertThat(reply.alias()).isEqualTo("default");
        assertThat(reply.demo()).isEqualTo(reply.provider().equals("demo"));
        assertThat(reply.name()).isNotBlank();
    }

    @Test
    void several_tools_are_asked_for_at_once_with_arguments_and_ids() throws Exception {
        ModelReply reply = ask(List.of(new ModelMessage.User("use clock and calculator at once")));

        assertThat(reply.finish()).isEqualTo("tool_calls");
        assertThat(reply.toolCalls()).extracting(ToolRequest::tool).containsExactly("clock", "calculator");
        var ids = new HashSet<String>();
        for (ToolRequest call : reply.toolCalls()) {
            assertThat(Json.read(call.arguments()).isObject()).isTrue();
            assertThat(ids.add(call.id())).isTrue();
        }
    }

    @Test
    void results_lead_to_an_answer() throws Exception {
        var messages = new ArrayList<ModelMessage>(List.of(new ModelMessage.User("use clock and calculator at once")));
        ModelReply asked = ask(messages);
        messages.add(new ModelMessage.Assistant(asked.text(), asked.toolCalls()));
        asked.toolCalls()
                .forEach(call -> messages.add(new ModelMessage.ToolResult(call.id(), call.tool(), "42", false)));

        ModelReply answer = ask(messages);

        assertThat(answer.finish()).isEqualTo("stop");
        assertThat(answer.text()).contains("42");
    }

    @Test
    void an_interrupted_call_ends_at_once() throws Exception {
        var thrown = new AtomicReference<Throwable>();
        Models models = models();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                models.call(TestModels.call("be slow for 30 s"), _ -> Thread.currentThread()
                        .interrupt());
            } catch (Throwable e) {
                thrown.set(e);
            }
        });

        assertThat(caller.join(Await.LONGEST)).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void an_alias_that_is_not_there_is_refused() {
        var call = new ModelCall(
                TestModels.call("x").tenant(), "nobody", "", List.of(), List.of(), null, null, Duration.ofSeconds(1));

        var refusal = catchThrowableOfType(ModelException.class, () -> models().call(call, _ -> {}));

        assertThat(refusal.code()).isEqualTo("unknown_model");
        assertThat(refusal.retryable()).isFalse();
        assertThat(models().has("nobody")).isFalse();
        assertThat(models().aliases()).contains("default");
    }
}
