package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ScriptedModels;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.programs.Replay;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A replay gets every answer from the record; what would call out is counted, and never is called.
class ReplayTest {

    private static final ToolRequest SUM = new ToolRequest("c1", "calculator", "{\"expression\":\"17*23\"}");
    private static final ToolRequest SAME = new ToolRequest("c2", "calculator", "{ \"expression\" : \"17*23\" }");
    private static final ToolRequest TIME = new ToolRequest("c3", "clock", "{}");

    private final Rehearsal first = new Rehearsal(TestLoops.run());
    private final Rehearsal again = new Rehearsal(TestLoops.run());

    private static ScriptedModels.Said said(String text, ToolRequest... calls) {
        return new ScriptedModels.Said(text, List.of(calls), 100, 10);
    }

    private static ScriptedModels twoTurns() {
        return new ScriptedModels(
                null,
                call -> answers(call) == 0
                        ? said("Let me see", SUM, SAME, TIME)
                        : answers(call) == 1 ? said("And once more", SUM) : said("It is 391"));
    }

    private static long answers(ModelCall call) {
        return call.messages().stream()
                .filter(message -> message instanceof ModelMessage.Assistant)
                .count();
    }

    private static Program loop(ScriptedModels models) {
        return TestLoops.loop(models.models, TestLoops.WIDE, null, StepBudget.unlimited());
    }

    private Replay replay(Program program) {
        return new Replay(program, TestLoops.run().id(), first.steps, new AgentPrograms.RecallAnswers());
    }

    @Test
    void replay_ends_as_its_origin_did_and_asks_nobody() throws Exception {
        String answer = first.carryThrough(loop(twoTurns()));
        var models = twoTurns();

        assertThat(again.carryThrough(replay(loop(models)))).isEqualTo(answer).isEqualTo("It is 391");

        assertThat(models.asked).isEmpty();
        assertThat(again.steps).hasSameSizeAs(first.steps).allMatch(step -> step.effect() == Effect.READ);
        assertThat(again.history().usage()).isEqualTo(Usage.NONE);
        for (int at = 0; at < again.steps.size(); at++) {
            var told = again.steps.get(at).outcome();
            assertThat(told.output()).isEqualTo(first.steps.get(at).outcome().output());
        }
    }

    @Test
    void same_call_made_again_gets_the_answers_in_their_order() throws Exception {
        var count = new AtomicInteger();
        Program counting = history -> history.steps().size() == 4
                ? new Next.Succeed(history.steps().stream()
                        .map(step -> step.outcome().output())
                        .toList()
                        .toString())
                : new Next.Steps(List.of(
                        work(history.steps().size() + 1, "{\"n\":1}", count),
                        work(history.steps().size() + 2, "{\"n\":1}", count)));
        assertThat(first.carryThrough(counting)).isEqualTo("[1, 2, 3, 4]");

        assertThat(again.carryThrough(replay(counting))).isEqualTo("[1, 2, 3, 4]");
        assertThat(count).hasValue(4);
    }

    private static PlannedStep work(int number, String input, AtomicInteger count) {
        return new PlannedStep(
                number,
                "tool",
                "t",
                null,
                Effect.UNKEYED,
                input,
                new PlannedStep.Action.Execute(context -> Outcome.of("" + count.incrementAndGet())));
    }

    @Test
    void call_that_is_not_on_record_ends_the_run_and_is_named_with_what_is() throws Exception {
        first.carryThrough(loop(twoTurns()));
        var changed = first.steps.stream()
                .map(step -> step.kind().equals("model") && step.number() == 1
                        ? with(step, step.outcome().output().replace("17*23", "17*24"))
                        : step)
                .toList();
        var replay = new Replay(loop(twoTurns()), TestLoops.run().id(), changed, new AgentPrograms.RecallAnswers());

        assertThat(again.carryThrough(replay))
                .startsWith("replay_diverged: Step 2 calls \"calculator\" with {\"expression\":\"17*24\"}")
                .contains("has it with {\"expression\":\"17*23\"} at step 2");
        assertThat(again.steps).hasSize(1);
    }

    private static Step with(Step step, String output) {
        return new Step(
                step.number(),
                step.kind(),
                step.name(),
                step.call(),
                step.effect(),
                1,
                step.input(),
                Outcome.of(output));
    }

    @Test
    void record_that_ends_early_ends_the_replay_there() throws Exception {
        first.carryThrough(loop(twoTurns()));
        var cut = new ArrayList<>(first.steps.subList(0, 4));

        String end = again.carryThrough(
                new Replay(loop(twoTurns()), TestLoops.run().id(), cut, new AgentPrograms.RecallAnswers()));

        assertThat(end)
                .startsWith("replay_diverged: Step 5 asks the model for answer 2")
                .contains("has 1 of these on record");
        assertThat(again.steps).hasSize(4);
    }

    @Test
    void replay_that_is_taken_over_in_the_middle_goes_on_alike() throws Exception {
        String answer = first.carryThrough(loop(twoTurns()));
        for (int committed = 0; committed < first.steps.size(); committed++) {
            again.steps.clear();
            again.steps.addAll(first.steps.subList(0, committed));
            assertThat(again.carryThrough(replay(loop(twoTurns())))).isEqualTo(answer);
        }
    }

    @Test
    void words_of_people_and_waits_come_from_the_record_at_once() throws Exception {
        Program asking = history -> history.steps().size() == 2
                ? new Next.Succeed(history.steps().stream()
                        .map(step -> step.outcome().output())
                        .toList()
                        .toString())
                : new Next.Steps(List.of(
                        new PlannedStep(
                                1,
                                "decision",
                                "t",
                                "c1",
                                Effect.READ,
                                null,
                                new PlannedStep.Action.Ask("tool", "{\"tool\":\"t\"}", false, null, "{}")),
                        new PlannedStep(
                                2,
                                "wait",
                                "wait",
                                "c2",
                                Effect.READ,
                                "{\"seconds\":9}",
                                new PlannedStep.Action.Sleep(java.time.Duration.ofSeconds(9), "{\"waited\":9}"))));
        first.word = "{\"decision\":\"reject\",\"by\":\"ann\"}";
        String answer = first.carryThrough(asking);

        var works = ((Next.Steps) replay(asking).next(again.history())).steps();
        assertThat(works).allMatch(work -> work.action() instanceof PlannedStep.Action.Execute);
        assertThat(again.carryThrough(replay(asking))).isEqualTo(answer).contains("reject");
    }

    @Test
    void question_to_a_person_is_known_by_what_it_asks() throws Exception {
        assertThat(first.carryThrough(asking("Red or blue?"))).contains("approve");

        var again = new Rehearsal(TestLoops.run());
        assertThat(again.carryThrough(replay(asking("Red or blue?")))).contains("approve");
        assertThat(this.again.carryThrough(replay(asking("Red or green?"))))
                .startsWith("replay_diverged: Step 1 asks a person about \"ask_person\"");
    }

    private static Program asking(String question) {
        var ask = new PlannedStep.Action.Ask("question", "{\"question\":\"" + question + "\"}", false, null, "{}");
        return history -> history.steps().isEmpty()
                ? new Next.Steps(List.of(new PlannedStep(
                        1, "question", "ask_person", "c1", Effect.READ, "{\"question\":\"" + question + "\"}", ask)))
                : new Next.Succeed(
                        String.valueOf(history.steps().getFirst().outcome().output()));
    }
}
