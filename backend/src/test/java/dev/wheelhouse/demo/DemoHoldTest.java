package dev.wheelhouse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelException;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelMessage.Assistant;
import dev.wheelhouse.models.ModelMessage.ToolResult;
import dev.wheelhouse.models.ModelMessage.User;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.TestModels;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `hold NAME` and `release NAME`: what tests of a run under way stand on.
@Timeout(300)
class DemoHoldTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final ToolDescription CALCULATOR = new ToolDescription(
            "calculator", "Calculates", TestModels.schema("{'expression':{'type':'string'}}", "['expression']"));

    private final Models models = Demo.models();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private static ModelCall call(TenantId tenant, Duration budget, ModelMessage... messages) {
        return new ModelCall(tenant, "default", "", List.of(messages), List.of(CALCULATOR), null, null, budget);
    }

    private ModelReply say(String text) throws InterruptedException {
        return models.call(call(TenantId.DEFAULT, LONG, new User(text)), _ -> {});
    }

    /// A call that is held: it has shown its first words.
    private Future<ModelReply> held(ModelCall call) throws InterruptedException {
        var begun = new CountDownLatch(1);
        Future<ModelReply> reply = callers.submit(() -> models.call(call, _ -> begun.countDown()));
        Await.open(begun);
        return reply;
    }

    @Test
    void a_held_answer_goes_on_when_it_is_released() throws Exception {
        var reply = held(call(TenantId.DEFAULT, LONG, new User("please hold Anchor.")));
        assertThat(reply).isNotDone();

        assertThat(say("release anchor").text()).isEqualTo("Released.");

        assertThat(reply.get().text()).isEqualTo("Holding until somebody says `release anchor` …\n\nReleased.");
    }

    @Test
    void a_release_lets_everybody_go_who_holds_the_name() throws Exception {
        var first = held(call(TenantId.DEFAULT, LONG, new User("hold anchor")));
        var second = held(call(TenantId.DEFAULT, LONG, new User("hold anchor")));
        var other = held(call(TenantId.DEFAULT, LONG, new User("hold sail")));

        say("release anchor");

        assertThat(first.get().text()).endsWith("Released.");
        assertThat(second.get().text()).endsWith("Released.");
        assertThat(other).isNotDone();
    }

    @Test
    void a_release_said_first_counts_once() throws Exception {
        say("release anchor");

        assertThat(say("hold anchor").text()).endsWith("Released.");
        assertThat(held(call(TenantId.DEFAULT, LONG, new User("hold anchor")))).isNotDone();
    }

    @Test
    void another_tenant_releases_nothing() throws Exception {
        var reply = held(call(TenantId.DEFAULT, LONG, new User("hold anchor")));

        models.call(call(new TenantId("other"), LONG, new User("release anchor")), _ -> {});

        assertThat(models.call(call(new TenantId("other"), LONG, new User("hold anchor")), _ -> {})
                        .text())
                .endsWith("Released.");
        assertThat(reply).isNotDone();
    }

    @Test
    void the_budget_of_the_call_ends_it() {
        var held = call(TenantId.DEFAULT, Duration.ofMillis(1), new User("hold anchor"));

        var failure = catchThrowableOfType(ModelException.class, () -> models.call(held, _ -> {}));

        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure).hasMessageContaining("`release anchor`");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void an_interrupted_hold_no_longer_takes_the_release() throws Exception {
        var reply = held(call(TenantId.DEFAULT, LONG, new User("hold anchor")));
        reply.cancel(true);
        callers.shutdown();
        assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        say("release anchor");

        assertThat(say("hold anchor").text()).endsWith("Released.");
    }

    @Test
    void a_hold_stands_before_the_request_that_follows_it() throws Exception {
        var conversation = new ArrayList<ModelMessage>(List.of(new User("hold a, then what is 2 + 2, then hold b")));
        say("release a");
        var asked = models.call(call(TenantId.DEFAULT, LONG, conversation.toArray(ModelMessage[]::new)), _ -> {});
        assertThat(asked.toolCalls()).extracting(ToolRequest::tool).containsExactly("calculator");
        conversation.add(new Assistant(asked.text(), asked.toolCalls()));
        conversation.add(new ToolResult(asked.toolCalls().getFirst().id(), "calculator", "{\"value\":\"4\"}", false));

        var reply = held(call(TenantId.DEFAULT, LONG, conversation.toArray(ModelMessage[]::new)));
        say("release b");

        assertThat(reply.get().text()).contains("`release b`").endsWith("**4**");
    }

    @Test
    void a_note_may_speak_of_holding() throws Exception {
        assertThat(say("note sail: hold anchor").text()).contains("`notes_write`");
    }

    @Test
    void so_many_releases_are_remembered_and_no_more() throws Exception {
        var holds = new DemoHolds();
        for (int name = 0; name <= DemoHolds.REMEMBERED; name++) {
            holds.release(TenantId.DEFAULT, "n" + name);
        }

        assertThat(holds.await(TenantId.DEFAULT, "n0", Duration.ZERO, () -> {})).isFalse();
        assertThat(holds.await(TenantId.DEFAULT, "n1", Duration.ZERO, () -> {})).isTrue();
    }
}
