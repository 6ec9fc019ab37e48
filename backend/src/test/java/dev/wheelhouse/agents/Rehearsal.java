package dev.wheelhouse.agents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.StepContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Carries a program through to its end in memory: every work is done at once, time stands still unless it is set.
final class Rehearsal {

    private static final int MOST_ROUNDS = 200;
    private static final PlannedStep.Action NOTHING = new PlannedStep.Action.Sleep(Duration.ZERO, "{}");

    final List<Step> steps = new ArrayList<>();
    final StringBuilder deltas = new StringBuilder();
    Duration age = Duration.ZERO;
    /// The value beside the answer, JSON text, where there is one.
    @org.jspecify.annotations.Nullable
    String structured;
    /// What a person answers to every question.
    String word = "{\"decision\":\"approve\",\"by\":\"ann\"}";
    /// Whether the owner dies after this step was done and before it is on record.
    java.util.function.Predicate<PlannedStep> dies = work -> false;
    final List<Integer> takeovers = new ArrayList<>();
    private final Run run;

    Rehearsal(Run run) {
        this.run = run;
    }

    History history() {
        return new History(run, List.copyOf(steps), List.of(), age, List.copyOf(takeovers));
    }

    /// The answer, or `code: message` of the failure.
    String carryThrough(Program program) throws Exception {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (program.next(history())) {
                case Next.Succeed done -> {
                    structured = done.structured();
                    return done.output();
                }
                case Next.Fail failed -> {
                    return failed.failure().code() + ": " + failed.failure().message();
                }
                case Next.Steps works -> perform(works.steps());
            }
        }
        throw new AssertionError("The program comes to no end");
    }

    void perform(List<PlannedStep> works) throws Exception {
        for (var work : works) {
            if (steps.stream().noneMatch(step -> step.number() == work.number())) {
                var outcome = outcome(work);
                if (dies.test(work)) {
                    takeovers.add(steps.size());
                    return;
                }
                commit(work, outcome);
            }
        }
    }

    void commit(PlannedStep work, Outcome outcome) {
        steps.add(new Step(
                work.number(), work.kind(), work.name(), work.call(), work.effect(), 1, work.input(), outcome));
    }

    /// A model's answer as it would stand in the log.
    void answered(String output) {
        var work = new PlannedStep(steps.size() + 1, "model", "default", null, Effect.READ, null, NOTHING);
        commit(work, Outcome.of(output));
    }

    void failed(String code) {
        var work = new PlannedStep(steps.size() + 1, "model", "default", null, Effect.READ, null, NOTHING);
        commit(work, Outcome.failed(new Failure(code, "It failed")));
    }

    private Outcome outcome(PlannedStep work) throws Exception {
        return switch (work.action()) {
            case PlannedStep.Action.Done done -> done.outcome();
            case PlannedStep.Action.Sleep sleep -> Outcome.of(sleep.output());
            case PlannedStep.Action.Ask ask -> Outcome.of(word);
            case PlannedStep.Action.Call call ->
                Outcome.of("{\"output\":\"from " + call.run().program().name() + "\"}");
            case PlannedStep.Action.Execute perform -> perform.body().perform(new Context(work.number()));
        };
    }

    private final class Context implements StepContext {
        private final int number;

        Context(int number) {
            this.number = number;
        }

        @Override
        public TenantId tenant() {
            return run.tenant();
        }

        @Override
        public RunId run() {
            return run.id();
        }

        @Override
        public int step() {
            return number;
        }

        @Override
        public int epoch() {
            return 1 + takeovers.size();
        }

        @Override
        public void reset() {}

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String idempotencyKey() {
            return run.id() + ":" + number;
        }

        @Override
        public void delta(String text) {
            deltas.append(text);
        }

        @Override
        public void ensureOwned() {}
    }
}
