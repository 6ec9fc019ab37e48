package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.StepRequests.SentMark;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.FakeProvider;
import dev.wheelhouse.models.FakeReplies;
import dev.wheelhouse.models.FakeWire;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.TestModels;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A request that is rebuilt from the log is, on every provider's wire, to the letter what was sent in the first place.
class StepRequestsTest {

    private static final TokenUse USE = new TokenUse(10, 0, 2);
    private static final JsonNode SCHEMA = Json.read("{\"type\":\"object\",\"required\":[\"city\"]}");

    private final FakeProvider provider = new FakeProvider();
    private final Run run = TestLoops.run();
    private final Rehearsal rehearsal = new Rehearsal(run);

    @AfterEach
    void close() {
        provider.close();
    }

    private AgentLoop loop(Models models) {
        return TestLoops.loop(models, SCHEMA, TestLoops.WIDE);
    }

    /// Tools that answer and that fail, an answer of the wrong form, one of the right form.
    private void answerInFourWays(FakeWire wire) {
        provider.will(
                FakeReplies.stream(wire.toolCalls(
                        USE,
                        new ToolRequest("a", "clock", "{}"),
                        new ToolRequest("b", "calculator", "{\"expression\":\"6 * 7\"}"))),
                FakeReplies.stream(wire.toolCalls(
                        USE,
                        new ToolRequest("a", "no_such_tool", "{\"x\":[1,\"ü\"]}"),
                        new ToolRequest("b", "clock", "{\"zone\":3}"))),
                FakeReplies.stream(wire.text(USE, "Rome", ", I think")),
                FakeReplies.stream(wire.text(USE, "{\"city\":", "\"Rome\"}")));
    }

    private void checkAsked(Models models, List<JsonNode> sent) throws InterruptedException {
        provider.always(_ -> FakeReplies.status(400, "That is enough"));
        var rebuilt = new ArrayList<String>();
        for (var step : rehearsal.steps) {
            if (step.kind().equals("model")) {
                var call = loop(models).request(before(step.number()));
                assertThat(call.digest()).isEqualTo(SentMark.of(step).digest());
                int at = provider.requests().size();
                assertThat(catchAll(models, call)).isNotNull();
                rebuilt.add(provider.requests().get(at).body().toString());
            }
        }
        assertThat(rebuilt)
                .containsExactlyElementsOf(sent.stream().map(JsonNode::toString).toList());
    }

    private static Throwable catchAll(Models models, dev.wheelhouse.models.ModelCall call) {
        return org.assertj.core.api.Assertions.catchThrowable(() -> models.call(call, _ -> {}));
    }

    private History before(int number) {
        var steps =
                rehearsal.steps.stream().filter(step -> step.number() < number).toList();
        return new History(run, steps, List.of(), Duration.ZERO, List.of());
    }

    @ParameterizedTest
    @EnumSource
    void every_request_of_a_run_is_rebuilt_to_the_letter(FakeWire wire) throws Exception {
        answerInFourWays(wire);
        var models = TestModels.over(wire, provider);

        assertThat(rehearsal.carryThrough(loop(models))).contains("Rome");

        var sent = provider.requests().stream().map(FakeProvider.Request::body).toList();
        assertThat(sent).hasSize(4);
        checkAsked(models, List.copyOf(sent));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "System role not supported",
                "json_schema is not supported by this engine",
            })
    void what_a_server_refuses_does_not_change_the_request(String refusal) throws Exception {
        provider.will(FakeReplies.status(400, refusal));
        answerInFourWays(FakeWire.OPENAI);
        var models = TestModels.over(FakeWire.OPENAI, provider);

        assertThat(rehearsal.carryThrough(loop(models))).contains("Rome");

        var sent = provider.requests().stream().map(FakeProvider.Request::body).toList();
        assertThat(sent).hasSize(5);
        checkAsked(models, List.copyOf(sent.subList(1, 5)));
    }
}
