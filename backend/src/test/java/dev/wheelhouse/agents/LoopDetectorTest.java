package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ScriptedModels;
import dev.wheelhouse.models.ScriptedModels.Said;
import dev.wheelhouse.models.ToolRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// Models that get nowhere are told once and then stopped; those that get somewhere slowly are not.
class LoopDetectorTest {

    private static final Definition.Limits LIMITS =
            new Definition.Limits(200, 200, 10_000_000, null, Duration.ofDays(1), 10_000_000, 3, 3, 5);

    private int turn;
    private final Rehearsal rehearsal = new Rehearsal(TestLoops.run());
    private final java.util.ArrayList<String> told = new java.util.ArrayList<>();

    /// The calls of each turn; none is the answer "done".
    private String end(IntFunction<List<ToolRequest>> script) throws Exception {
        var models = new ScriptedModels(null, call -> {
            hear(call);
            var calls = script.apply(++turn);
            return new Said(calls.isEmpty() ? "done" : "", calls, 10, 10);
        });
        return rehearsal.carryThrough(TestLoops.loop(models.models, LIMITS, 100, StepBudget.unlimited()));
    }

    private void hear(ModelCall call) {
        call.messages().stream()
                .filter(ModelMessage.ToolResult.class::isInstance)
                .map(ModelMessage::text)
                .filter(text -> text.contains("Try something else") && !told.contains(text))
                .forEach(told::add);
    }

    private ToolRequest call(String tool, String arguments) {
        return new ToolRequest("c" + turn, tool, arguments);
    }

    private ToolRequest sum(int n) {
        return new ToolRequest("c" + turn + "-" + n, "calculator", "{\"expression\":\"" + n + " * 1\"}");
    }

    private ToolRequest waits() {
        return new ToolRequest("w" + turn, "wait", "{\"seconds\":5}");
    }

    @Test
    void same_call_with_the_same_result_is_told_once_and_then_ends_the_run() throws Exception {
        String end = end(turn -> List.of(sum(1)));

        assertThat(end)
                .isEqualTo("going_in_circles: \"calculator\" was called 4 times with the same arguments and the same"
                        + " result: calculator → calculator");
        assertThat(told).hasSize(1).allMatch(text -> text.contains("returned the same result 3 times"));
    }

    @Test
    void two_calls_in_turn_show_the_circle_in_the_reason() throws Exception {
        String end = end(turn -> List.of(turn % 2 == 0 ? call("clock", "{}") : sum(1)));

        assertThat(end).startsWith("going_in_circles").contains("calculator → clock → calculator");
    }

    @Test
    void rounds_whose_results_differ_are_found_too() throws Exception {
        // A clock that another tool of the round makes tell something else each time, as a server's would.
        String end = end(
                turn -> List.of(turn % 2 == 0 ? call("clock", "{}") : call("calculator", "{\"expression\":\"1/0\"}")));

        assertThat(end).startsWith("going_in_circles");
    }

    @Test
    void three_equal_calls_at_once_are_one_and_the_model_is_told_before_the_end() throws Exception {
        String end = end(turn -> turn <= 2 ? List.of(sum(1), sum(1), sum(1), sum(1)) : List.of());

        assertThat(end).isEqualTo("done");
    }

    @Test
    void answers_that_bring_nothing_new_end_the_run() throws Exception {
        // Other arguments each time and always an error: no call is the same as one before.
        String end = end(turn -> List.of(call("calculator", "{\"expression\":\"(" + turn + "\"}")));

        assertThat(end)
                .isEqualTo("no_progress: The model's last 6 answers produced no new result; the last one called"
                        + " calculator");
        assertThat(told).hasSize(1).allMatch(text -> text.contains("last 5 rounds"));
    }

    @Test
    void one_new_result_now_and_then_is_progress() throws Exception {
        String end = end(turn -> turn > 60
                ? List.of()
                : List.of(turn % 4 == 0 ? sum(turn) : call("calculator", "{\"expression\":\"(" + turn + "\"}")));

        assertThat(end).isEqualTo("done");
        assertThat(told).isEmpty();
    }

    @Test
    void many_different_calls_are_no_circle() throws Exception {
        assertThat(end(turn -> turn > 90 ? List.of() : List.of(sum(turn)))).isEqualTo("done");
        assertThat(told).isEmpty();
    }

    @Test
    void polling_with_waits_is_no_loop_until_the_same_came_too_often() throws Exception {
        assertThat(end(turn -> turn > 60 ? List.of() : List.of(turn % 2 == 0 ? waits() : sum(turn / 20))))
                .as("ten looks at each of three states are too many where three are allowed")
                .startsWith("going_in_circles");

        turn = 0;
        rehearsal.steps.clear();
        assertThat(end(turn -> turn > 60 ? List.of() : List.of(turn % 2 == 0 ? waits() : sum(turn / 6))))
                .isEqualTo("done");
    }
}
