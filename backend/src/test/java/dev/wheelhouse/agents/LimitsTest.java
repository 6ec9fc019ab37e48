package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.Prices;
import dev.wheelhouse.models.ScriptedModels;
import dev.wheelhouse.models.ScriptedModels.Said;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.tools.Tool;
import dev.wheelhouse.tools.ToolContext;
import dev.wheelhouse.tools.Tools;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Caps of one run, with a model that never ends, carried through in memory, owners dying in the middle of calls.
class LimitsTest {

    private static final Prices PRICES = new Prices("test", 1_000_000, 1_000_000, 4_000_000);

    private int asked;

    /// Asks for another sum each time, so that nothing is a circle.
    private Said endless(ModelCall call, int output) {
        var request = new ToolRequest("c" + ++asked, "calculator", "{\"expression\":\"" + asked + " + 1\"}");
        return new Said("", List.of(request), 100, output);
    }

    private static Definition.Limits limits(UnaryOperator<Change> change) {
        return change.apply(new Change(TestLoops.WIDE)).limits();
    }

    /// Changes one limit at a time.
    private record Change(Definition.Limits limits) {
        Change calls(int calls) {
            return of(limits.steps(), calls, limits.tokens(), limits.money(), limits.output());
        }

        Change steps(int steps) {
            return of(steps, limits.calls(), limits.tokens(), limits.money(), limits.output());
        }

        Change tokens(long tokens) {
            return of(limits.steps(), limits.calls(), tokens, limits.money(), limits.output());
        }

        Change money(long money) {
            return of(limits.steps(), limits.calls(), limits.tokens(), money, limits.output());
        }

        Change output(long output) {
            return of(limits.steps(), limits.calls(), limits.tokens(), limits.money(), output);
        }

        private Change of(int steps, int calls, long tokens, @Nullable Long money, long output) {
            return new Change(new Definition.Limits(
                    steps, calls, tokens, money, Duration.ofMinutes(10), output, 3, limits.repeats(), limits.idle()));
        }
    }

    private static ScriptedModels priced(Function<ModelCall, Said> script) {
        return new ScriptedModels(PRICES, script);
    }

    private static String end(ScriptedModels models, Definition.Limits limits, Rehearsal rehearsal) throws Exception {
        return rehearsal.carryThrough(TestLoops.loop(models.models, limits, 200, StepBudget.unlimited()));
    }

    private static String end(ScriptedModels models, Definition.Limits limits) throws Exception {
        return end(models, limits, new Rehearsal(TestLoops.run()));
    }

    @Test
    void call_is_not_made_whose_worst_case_would_pass_the_cap_of_tokens() throws Exception {
        var models = priced(call -> endless(call, 200));

        String end = end(models, limits(change -> change.tokens(3_000)));

        assertThat(end).startsWith("limit_tokens").contains("the next call may use up to");
        assertThat(models.tokens()).isLessThanOrEqualTo(3_000);
    }

    @Test
    void answer_is_bounded_by_what_is_left_and_one_that_was_cut_is_no_answer() throws Exception {
        var models = priced(call -> new Said("It goes on", List.of(), 300, 1_000));
        String end = "";
        for (long tokens = 200; models.asked.isEmpty(); tokens += 50) {
            long cap = tokens;
            end = end(models, limits(change -> change.tokens(cap)));
        }

        assertThat(models.asked.getFirst().maxOutputTokens()).isBetween(64, 199);
        assertThat(end).startsWith("limit_tokens").contains("The answer was cut off at");
    }

    @Test
    void agent_without_caps_on_money_keeps_the_models_own_bound() throws Exception {
        var models = priced(call -> new Said("done", List.of(), 300, 10));
        var loop = TestLoops.loop(models.models, Definition.Limits.USUAL, null, StepBudget.unlimited());

        assertThat(new Rehearsal(TestLoops.run()).carryThrough(loop)).isEqualTo("done");
        assertThat(models.asked.getFirst().maxOutputTokens()).isNull();
    }

    @Test
    void money_is_counted_before_it_is_spent() throws Exception {
        var models = priced(call -> endless(call, 200));

        String end = end(models, limits(change -> change.money(5_000)));

        assertThat(end).startsWith("limit_money").contains("limit $0.005");
        assertThat(models.money()).isLessThanOrEqualTo(5_000).isGreaterThan(2_000);
    }

    @Test
    void only_a_limit_on_money_refuses_a_model_without_a_known_price() throws Exception {
        var models = new ScriptedModels(null, call -> new Said("done", List.of(), 10, 10));

        assertThat(end(models, limits(change -> change.money(1_000_000))))
                .isEqualTo(
                        "limit_money: The price of model \"default\" is unknown, so a money limit cannot be enforced");
        assertThat(models.asked).isEmpty();
        assertThat(end(models, TestLoops.WIDE)).isEqualTo("done");
    }

    @Test
    void calls_and_steps_end_a_run_at_their_cap() throws Exception {
        var models = priced(call -> endless(call, 10));
        assertThat(end(models, limits(change -> change.calls(4)))).startsWith("limit_calls");
        assertThat(models.asked).hasSize(4);

        var rehearsal = new Rehearsal(TestLoops.run());
        assertThat(end(models, limits(change -> change.steps(7)), rehearsal)).startsWith("limit_steps");
        assertThat(rehearsal.steps).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void calls_of_one_answer_share_what_is_left_of_the_output() throws Exception {
        var models = priced(call -> new Said(
                "",
                List.of("a", "b", "c").stream()
                        .map(id -> new ToolRequest(id + ++asked, "big", "{\"n\":%d}".formatted(asked)))
                        .toList(),
                10,
                10));
        var rehearsal = new Rehearsal(TestLoops.run());
        var loop = TestLoops.loop(
                models.models,
                new Tools(List.of(new Big())),
                limits(change -> change.output(1_800)),
                200,
                StepBudget.unlimited());

        String end = rehearsal.carryThrough(loop);

        assertThat(end).startsWith("limit_output");
        var results = rehearsal.steps.stream()
                .filter(step -> step.kind().equals("tool"))
                .map(step -> String.valueOf(step.outcome().output()))
                .toList();
        assertThat(results).hasSizeGreaterThanOrEqualTo(3).allMatch(text -> text.length() <= 600);
        assertThat(results.getFirst()).contains("\"truncated\":true");
        assertThat(String.join("", results)).hasSizeLessThanOrEqualTo(1_800);
    }

    /// Gives more than anybody wants to read.
    private static final class Big implements Tool {
        @Override
        public String name() {
            return "big";
        }

        @Override
        public String description() {
            return "Gives much";
        }

        @Override
        public Effect effect() {
            return Effect.READ;
        }

        @Override
        public String schema() {
            return "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"n\":{\"type\":\"integer\"}}}";
        }

        @Override
        public JsonNode call(JsonNode arguments, ToolContext context) {
            return Json.mapper().createObjectNode().put("much", arguments.path("n") + "x".repeat(10_000));
        }
    }

    @Test
    void call_that_was_lost_in_a_takeover_counts_at_its_worst_case() throws Exception {
        var models = priced(call -> endless(call, 10));
        var rehearsal = new Rehearsal(TestLoops.run());
        rehearsal.dies = work -> work.kind().equals("model") && rehearsal.takeovers.isEmpty();

        String end = end(models, limits(change -> change.calls(3)), rehearsal);

        assertThat(end).startsWith("limit_calls").contains("3 calls");
        assertThat(models.asked).hasSize(3);
        assertThat(rehearsal.steps.stream().filter(step -> step.kind().equals("model")))
                .hasSize(2);
    }

    @Test
    void only_a_broken_off_answer_counts_at_its_worst_case() throws Exception {
        assertThat(failing("stream_cut").spent().tokens()).isGreaterThan(200);
        assertThat(failing("rate_limited").spent().tokens()).isZero();
    }

    private record Failed(Spent spent) {}

    private static Failed failing(String code) throws Exception {
        var rehearsal = new Rehearsal(TestLoops.run());
        rehearsal.failed(code);
        var turns = Turn.of(rehearsal.history().steps(), new HashMap<>(), AnswerForm.TEXT);
        var loops = LoopDetector.of(TestLoops.WIDE, turns);
        return new Failed(Spent.of(
                new Spent.Bounds(TestLoops.WIDE, PRICES, 200),
                50,
                rehearsal.history(),
                turns,
                loops,
                new Spent.Sizes()));
    }

    /// A run-away in small: what the provider bills, lost calls included, against each cap.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void runaway_passes_no_cap_by_more_than_a_call_however_often_its_owner_dies(long seed) throws Exception {
        for (String cap : List.of("calls", "tokens", "money", "steps")) {
            var random = new Random(seed);
            var models = priced(call -> endless(call, random.nextInt(1, 200)));
            var rehearsal = new Rehearsal(TestLoops.run());
            rehearsal.dies = work -> random.nextInt(4) == 0;
            var limits = limits(change -> switch (cap) {
                case "calls" -> change.calls(9);
                case "tokens" -> change.tokens(6_000);
                case "money" -> change.money(9_000);
                default -> change.steps(12);
            });

            String end = end(models, limits, rehearsal);

            assertThat(end).as("seed %d", seed).startsWith("limit_" + cap);
            assertThat(models.asked.size())
                    .as("calls, seed %d", seed)
                    .isLessThanOrEqualTo(cap.equals("calls") ? 9 : 1_000);
            assertThat(models.tokens())
                    .as("tokens, seed %d", seed)
                    .isLessThanOrEqualTo(cap.equals("tokens") ? 6_000 : 1_000_000);
            assertThat(models.money())
                    .as("money, seed %d", seed)
                    .isLessThanOrEqualTo(cap.equals("money") ? 9_000 : 10_000_000);
            assertThat(rehearsal.steps.size()).isLessThanOrEqualTo(cap.equals("steps") ? 12 : 1_000);
        }
    }

    @Test
    void nobody_is_called_with_nothing_left() {
        var left = RemainingLimits.left(TestLoops.WIDE, new Spent(10, 999, 0, 0, 0, 0), Duration.ZERO);

        assertThat(left.exhausted()).isNull();
        assertThat(left.share(2).exhausted())
                .isNotNull()
                .extracting(Failure::code, Failure::message)
                .containsExactly("limit_calls", "Too little is left of this run's limits.calls to call another agent");
    }
}
