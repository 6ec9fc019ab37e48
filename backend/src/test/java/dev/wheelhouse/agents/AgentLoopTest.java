package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.agents.StepRequests.SentMark;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The loop with the demo model and real tools, carried through in memory.
class AgentLoopTest {

    private static final SentMark SENT = new SentMark("00000000", null);

    private final Models models = Demo.models();
    private final Tools tools = TestTools.withoutDatabase();
    private final Run run = TestRuns.running(new Program.Pin("agent", "a", 1), Run.Asker.NOBODY);
    private final Rehearsal rehearsal = new Rehearsal(run);

    private AgentLoop loop(String said, Definition.Limits limits) {
        var definition = new Definition(
                "a",
                "",
                "Be brief.",
                "default",
                List.of("clock", "calculator", "wait"),
                Definition.Fetch.NOTHING,
                List.of(),
                List.of(),
                limits,
                NewRun.WhenBusy.REJECT,
                List.of(),
                null,
                null,
                null);
        return new AgentLoop(
                definition,
                AnswerForm.TEXT,
                List.of(new ModelMessage.User(said)),
                models,
                tools.of(TenantId.DEFAULT),
                StepBudget.unlimited(),
                (tenant, name) -> {
                    throw new IllegalStateException("Nobody is called here");
                });
    }

    private AgentLoop loop(String said) {
        return loop(said, Definition.Limits.USUAL);
    }

    private static Definition.Limits limits(int steps, long tokens, int repeats) {
        return new Definition.Limits(steps, steps, tokens, null, Duration.ofMinutes(10), 1_000_000, 3, repeats, 10);
    }

    private List<String> kinds() {
        return rehearsal.steps.stream()
                .map(step -> step.number() + " " + step.kind() + " " + step.name())
                .toList();
    }

    private static String wants(String... calls) {
        return "{\"text\":\"\",\"toolCalls\":[" + String.join(",", calls) + "],\"finish\":\"tool_calls\"}";
    }

    private static String call(String id, String tool, String arguments) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"arguments\":%s}".formatted(id, tool, arguments);
    }

    @Test
    void plain_question_is_one_model_step_whose_text_was_shown_as_it_came() throws Exception {
        String answer = rehearsal.carryThrough(loop("say ahoy"));

        assertThat(answer).contains("ahoy");
        assertThat(kinds()).containsExactly("1 model default");
        assertThat(rehearsal.deltas).hasToString(answer);
        var outcome = rehearsal.steps.getFirst().outcome();
        assertThat(Json.read(outcome.producer()).path("provider").asText()).isEqualTo("demo");
        assertThat(outcome.usage().outputTokens()).isPositive();
        assertThat(rehearsal.steps.getFirst().input()).isEqualTo("{\"messages\":1}");
    }

    @Test
    void tool_calls_of_one_answer_run_together_numbered_in_order() throws Exception {
        String answer = rehearsal.carryThrough(loop("what is 17 * 23 and what time is it"));

        assertThat(answer).contains("391");
        assertThat(kinds().getFirst()).isEqualTo("1 model default");
        assertThat(kinds().subList(1, 3)).containsExactlyInAnyOrder("2 tool calculator", "3 tool clock");
        assertThat(kinds().getLast()).isEqualTo("4 model default");
    }

    @Test
    void wait_is_a_timer_of_the_engine() throws Exception {
        rehearsal.answered(wants(call("c1", "wait", "{\"seconds\":10}"), call("c2", "clock", "{}")));

        var works = ((Next.Steps) loop("x").next(rehearsal.history())).steps();

        assertThat(works.getFirst().kind()).isEqualTo("wait");
        assertThat(works.getFirst().action())
                .isEqualTo(new PlannedStep.Action.Sleep(Duration.ofSeconds(10), "{\"waited\":10}"));
        assertThat(works.getLast().kind()).isEqualTo("tool");
    }

    @Test
    void wait_that_the_run_cannot_outlive_is_refused_at_once() throws Exception {
        rehearsal.answered(wants(call("c1", "wait", "{\"seconds\":86400}")));

        rehearsal.perform(((Next.Steps) loop("x").next(rehearsal.history())).steps());

        assertThat(rehearsal.steps.getLast().outcome().failure().message()).contains("A wait of 86400 s exceeds");
    }

    @Test
    void forbidden_call_comes_back_as_a_sentence_and_the_run_goes_on() throws Exception {
        rehearsal.answered(wants(
                call("c1", "calculater", "{}"),
                call("c2", "http_fetch", "{\"url\":\"http://x/\"}"),
                call("c3", "calculator", "{\"expresion\":\"1\"}"),
                call("c4", "calculator", "\"{not json\""),
                call("c5", "wait", "{\"seconds\":0}")));

        rehearsal.perform(((Next.Steps) loop("x").next(rehearsal.history())).steps());

        assertThat(rehearsal.steps.subList(1, 6))
                .extracting(step -> step.outcome().failure().code())
                .containsExactly(
                        "unknown_tool", "unknown_tool", "invalid_arguments", "invalid_arguments", "invalid_arguments");
        assertThat(rehearsal.steps.get(1).outcome().failure().hint()).isEqualTo("Did you mean \"calculator\"?");
        assertThat(rehearsal.steps.get(3).outcome().failure().message())
                .contains("Did you mean \"expression\"?")
                .contains("required property 'expression' not found");
        assertThat(rehearsal.carryThrough(loop("x"))).isNotBlank();
    }

    @Test
    void same_history_gets_the_same_works_whichever_replica_asks() throws Exception {
        rehearsal.carryThrough(loop("what is 2 + 2 and what time is it, then what is 3 + 3"));
        var whole = List.copyOf(rehearsal.steps);

        for (int committed = 0; committed <= whole.size(); committed++) {
            rehearsal.steps.clear();
            rehearsal.steps.addAll(whole.subList(0, committed));
            assertThat(described(loop("what is 2 + 2 and what time is it, then what is 3 + 3")))
                    .isEqualTo(described(loop("what is 2 + 2 and what time is it, then what is 3 + 3")));
        }
    }

    private List<String> described(AgentLoop loop) {
        return switch (loop.next(rehearsal.history())) {
            case Next.Steps works ->
                works.steps().stream()
                        .map(work -> work.number() + work.kind() + work.name() + work.call() + work.input())
                        .toList();
            case Next end -> List.of(end.toString());
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void takeover_in_the_middle_of_tool_calls_does_only_what_is_not_done(long seed) throws Exception {
        rehearsal.answered(wants(IntStream.range(0, 8)
                .mapToObj(n -> call("c" + n, "calculator", "{\"expression\":\"" + n + "+1\"}"))
                .toArray(String[]::new)));
        var order = new ArrayList<>(((Next.Steps) loop("x").next(rehearsal.history())).steps());
        Collections.shuffle(order, new Random(seed));
        rehearsal.perform(order.subList(0, 5));
        rehearsal.steps.sort(java.util.Comparator.comparingInt(Step::number));

        rehearsal.carryThrough(loop("x"));

        assertThat(rehearsal.steps.stream().map(Step::number).sorted()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void loop_is_told_once_that_it_goes_in_circles_and_then_ended() throws Exception {
        String end = rehearsal.carryThrough(loop("loop calculator", limits(100, 1_000_000, 3)));

        assertThat(end).startsWith("going_in_circles").contains("4 times");
        assertThat(rehearsal.steps.stream().filter(step -> step.kind().equals("tool")))
                .hasSize(4);
    }

    @Test
    void steps_tokens_and_time_end_a_run_with_a_sentence() throws Exception {
        assertThat(rehearsal.carryThrough(loop("loop", limits(5, 1_000_000, 100))))
                .startsWith("limit_steps");
        assertThat(rehearsal.steps).hasSizeLessThanOrEqualTo(5);

        rehearsal.steps.clear();
        assertThat(rehearsal.carryThrough(loop("loop", limits(100, 60, 100)))).startsWith("limit_tokens");

        rehearsal.steps.clear();
        rehearsal.age = Duration.ofMinutes(11);
        assertThat(rehearsal.carryThrough(loop("loop", limits(100, 1_000_000, 100))))
                .startsWith("limit_time");
    }

    @Test
    void flood_of_tool_calls_in_one_answer_is_not_begun() throws Exception {
        rehearsal.answered(wants(IntStream.range(0, 10_000)
                .mapToObj(n -> call("c" + n, "clock", "{}"))
                .toArray(String[]::new)));

        assertThat(rehearsal.carryThrough(loop("x"))).startsWith("limit_steps").contains("10000 more");
        assertThat(rehearsal.steps).hasSize(1);
    }

    @Test
    void failed_model_is_asked_twice_more_before_the_run_fails() throws Exception {
        rehearsal.failed("rate_limited");
        rehearsal.failed("rate_limited");
        assertThat(loop("say ahoy").next(rehearsal.history())).isInstanceOf(Next.Steps.class);
        rehearsal.failed("rate_limited");
        assertThat(loop("say ahoy").next(rehearsal.history())).isInstanceOf(Next.Fail.class);

        rehearsal.steps.clear();
        assertThat(rehearsal.carryThrough(loop("fail"))).contains("asked it to");
        assertThat(rehearsal.steps).hasSize(1);
    }

    @Test
    void answer_that_the_log_cannot_give_back_fails_at_once() {
        for (var reply : List.of(
                reply("x".repeat(2_000_000), "{}"),
                reply("x".repeat(1_000_001), "{}"),
                reply("", "[".repeat(1_100_000)))) {
            assertThat(Turn.outcome(reply, SENT, request -> null).failure().code())
                    .isEqualTo("bad_answer");
        }
        for (var arguments :
                List.of("[".repeat(60) + "]".repeat(60), "[".repeat(100_000), "{\"a\":", "", "\u0000", "1")) {
            var outcome = Turn.outcome(reply("\uD800", arguments), SENT, request -> null);
            assertThat(outcome.failure()).isNull();
            assertThat(Json.depth(Json.read(outcome.output()))).isLessThan(40);
        }
    }

    @Test
    void what_a_provider_wants_back_stands_in_the_log_and_goes_back() {
        var kept = new ModelMessage.Kept("a model", "{\"reasoning_content\":\"Hm\"}");
        var plain = reply("See", "{}");
        var reply = new ModelReply(
                plain.text(),
                plain.toolCalls(),
                "tool_calls",
                plain.use(),
                null,
                "default",
                "demo",
                "demo",
                true,
                1,
                false,
                kept,
                "");

        var outcome = Turn.outcome(reply, SENT, request -> null);
        var step = new Step(1, "model", "default", null, Effect.READ, 1, null, outcome, null);
        var turn = Turn.of(List.of(step), new java.util.HashMap<>(), AnswerForm.TEXT)
                .getFirst();

        assertThat(turn.kept()).isEqualTo(kept);
        assertThat(outcome.producer()).contains("\"tokensGuessed\":true");
        assertThat(turn.isCut()).isFalse();
    }

    @Test
    void answer_that_reached_the_token_limit_makes_a_truncated_output() {
        var outcome = Outcome.of("{\"text\":\"Half\",\"finish\":\"length\"}");
        rehearsal.steps.add(new Step(1, "model", "default", null, Effect.READ, 1, null, outcome, null));

        var next = loop("say ahoy").next(rehearsal.history());

        assertThat(next).isEqualTo(new Next.Succeed("Half", null, true));
    }

    private static ModelReply reply(String text, String arguments) {
        return new ModelReply(
                text,
                List.of(new ToolRequest("c1", "clock", arguments)),
                "stop",
                new TokenUse(1, 0, 1),
                null,
                "default",
                "demo",
                "demo",
                true,
                1,
                true,
                null,
                "");
    }
}
