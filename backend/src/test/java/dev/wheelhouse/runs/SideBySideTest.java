package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Steps of every kind side by side: what one waits for holds up no other. The slow step ends when the test says so.
class SideBySideTest {

    private static final String YES = "{\"decision\":\"approve\",\"by\":\"ann\"}";

    private final String url = TestDatabase.fresh();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final Set<Integer> begun = new ConcurrentSkipListSet<>();

    @AfterEach
    void letGo() {
        slow.countDown();
    }

    private PlannedStep slowStep(int number, Effect effect) {
        return TestPrograms.work(number, effect, step -> {
            begun.add(number);
            slow.await();
            return Outcome.of("\"slow\"");
        });
    }

    private PlannedStep quickStep(int number) {
        return TestPrograms.work(number, Effect.KEYED, step -> {
            begun.add(number);
            return Outcome.of("\"quick\"");
        });
    }

    private static PlannedStep ask(int number) {
        String question = "{\"tool\":\"t\",\"arguments\":{\"n\":" + number + "}}";
        return new PlannedStep(
                number,
                "decision",
                "t",
                null,
                Effect.READ,
                null,
                new PlannedStep.Action.Ask("tool", question, false, null, "{}"));
    }

    private static PlannedStep sleep(int number, Duration time) {
        return new PlannedStep(
                number, "wait", "wait", null, Effect.READ, "{}", new PlannedStep.Action.Sleep(time, "\"rested\""));
    }

    private static PlannedStep call(int number, Run parent) {
        var child = NewRun.of(TENANT, new Program.Pin("agent", "child", 1), "[]")
                .idempotencyKey(parent.id() + ":" + number)
                .calledBy(new Run.Parent(parent.id(), number, 1))
                .build();
        return new PlannedStep(number, "agent", "child", null, Effect.KEYED, "{}", new PlannedStep.Action.Call(child));
    }

    private static Set<Integer> ended(History history) {
        return history.steps().stream().map(Step::number).collect(Collectors.toSet());
    }

    /// A slow step 1 and an approval 2 side by side, the approved call 3 when it is approved, then the end.
    private Program approvalBesideSlow() {
        return history -> {
            var ended = ended(history);
            if (ended.containsAll(List.of(1, 2, 3))) {
                return new Next.Succeed("done");
            }
            return new Next.Steps(List.of(slowStep(1, Effect.READ), ended.contains(2) ? quickStep(3) : ask(2)));
        };
    }

    private UUID awaitQuestion() throws InterruptedException {
        Await.until("A question is open", () -> !openQuestion().isEmpty());
        return UUID.fromString(openQuestion());
    }

    private String openQuestion() {
        return TestDatabase.query(url, "SELECT coalesce(max(id::text), '') FROM questions WHERE state = 'open'");
    }

    private void awaitBegun(int step) throws InterruptedException {
        Await.until("Step " + step + " has begun", () -> begun.contains(step));
    }

    private static void awaitEnds(TestReplica replica, Run run, int count) throws InterruptedException {
        var transcript = new Transcript();
        try (var watch = replica.runs.watch(TENANT, run.id(), 0, transcript)) {
            transcript.awaitType("step.succeeded", count);
        }
    }

    private static void awaitWaiting(TestReplica replica, Run run) throws InterruptedException {
        var transcript = new Transcript();
        try (var watch = replica.runs.watch(TENANT, run.id(), 0, transcript)) {
            transcript.awaitType("run.waiting");
        }
    }

    private static long ends(TestReplica replica, Run run) {
        return replica.types(run).stream().filter("step.succeeded"::equals).count();
    }

    @Test
    void approval_opens_and_is_carried_out_beside_a_slow_step() throws Exception {
        try (var replica = new TestReplica(url, approvalBesideSlow())) {
            var run = replica.start("x");
            var id = awaitQuestion();
            assertThat(replica.runs.get(TENANT, run.id()).state()).isEqualTo(RunState.RUNNING);

            assertThat(replica.questions.answer(TENANT, id, Questions.State.APPROVED, YES, null))
                    .isTrue();
            // The decision and the approved call.
            awaitEnds(replica, run, 2);
            assertThat(begun).containsExactlyInAnyOrder(1, 3);
            assertThat(slow.getCount()).isOne();

            slow.countDown();
            assertThat(replica.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(replica.types(run)).doesNotContain("run.waiting");
        }
    }

    @Test
    void approval_beside_a_slow_step_opens_within_half_a_second() throws Exception {
        try (var replica = new TestReplica(url, approvalBesideSlow())) {
            var run = replica.start("x");
            awaitQuestion();

            String took =
                    "SELECT extract(epoch FROM q.created_at - r.created_at) FROM questions q, runs r WHERE r.id = '%s'";
            assertThat(Double.parseDouble(TestDatabase.query(url, took.formatted(run.id()))))
                    .isLessThan(0.5);
            slow.countDown();
            replica.runs.cancel(TENANT, run.id());
        }
    }

    @Test
    void decision_is_noticed_where_another_replica_took_it() throws Exception {
        try (var one = new TestReplica(url, approvalBesideSlow());
                var two = new TestReplica(url, approvalBesideSlow())) {
            var run = one.start("x");

            assertThat(two.questions.answer(TENANT, awaitQuestion(), Questions.State.APPROVED, YES, null))
                    .isTrue();
            awaitBegun(3);

            slow.countDown();
            assertThat(two.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void run_that_is_called_starts_beside_a_slow_step_and_its_answer_is_taken() throws Exception {
        var seen = new ConcurrentSkipListSet<String>();
        Program.Source programs = run -> history -> {
            if (run.program().name().equals("child")) {
                return new Next.Succeed("from below");
            }
            var ended = ended(history);
            history.open().forEach(open -> seen.add(open.number() + " " + open.kind() + " " + open.isUnderWay()));
            return ended.containsAll(List.of(1, 2, 3))
                    ? new Next.Succeed("done")
                    : new Next.Steps(
                            List.of(slowStep(1, Effect.READ), ended.contains(2) ? quickStep(3) : call(2, run)));
        };
        try (var replica = new TestReplica(url, programs, TestReplica.QUICK)) {
            var run = replica.start("x");
            awaitBegun(3);
            assertThat(slow.getCount()).isOne();

            slow.countDown();
            assertThat(replica.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(seen).contains("1 tool true");
        }
    }

    @Test
    void timer_ends_beside_a_slow_step() throws Exception {
        Program program = history -> {
            var ended = ended(history);
            return ended.containsAll(List.of(1, 2, 3))
                    ? new Next.Succeed("done")
                    : new Next.Steps(List.of(
                            slowStep(1, Effect.READ),
                            ended.contains(2) ? quickStep(3) : sleep(2, Duration.ofMillis(100))));
        };
        try (var replica = new TestReplica(url, program)) {
            var run = replica.start("x");
            awaitBegun(3);

            slow.countDown();
            assertThat(replica.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    /// Slow, question, timer and called run, all at once.
    private Program.Source everything(Effect effect) {
        return run -> history -> {
            if (run.program().name().equals("child")) {
                return new Next.Succeed("from below");
            }
            var ended = ended(history);
            if (ended.size() == 5) {
                return new Next.Succeed("done " + ended);
            }
            var steps = new ArrayList<>(
                    List.of(slowStep(1, effect), ask(2), sleep(3, Duration.ofMillis(50)), call(4, run), quickStep(5)));
            return new Next.Steps(steps);
        };
    }

    @Test
    void run_waits_only_when_nothing_is_under_way() throws Exception {
        try (var replica = new TestReplica(url, everything(Effect.KEYED), TestReplica.QUICK)) {
            var run = replica.start("x");
            var id = awaitQuestion();
            // The quick step, the timer and the called run.
            awaitEnds(replica, run, 3);
            assertThat(replica.types(run)).doesNotContain("run.waiting");
            slow.countDown();
            awaitWaiting(replica, run);
            assertThat(replica.runs.get(TENANT, run.id()).waiting().reason()).isEqualTo(WaitingReason.APPROVAL);

            replica.questions.answer(TENANT, id, Questions.State.APPROVED, YES, null);
            assertThat(replica.ended(run).output()).isEqualTo("done [1, 2, 3, 4, 5]");
        }
    }

    @Test
    void takeover_in_the_middle_of_everything_repeats_nothing_that_is_committed() throws Exception {
        try (var one = new TestReplica(url, everything(Effect.KEYED), TestReplica.QUICK)) {
            var run = one.start("x");
            var id = awaitQuestion();
            awaitEnds(one, run, 3);
            try (var two = new TestReplica(url, everything(Effect.KEYED), TestReplica.QUICK)) {
                TestReplica.expireLease(url, run);
                two.questions.answer(TENANT, id, Questions.State.APPROVED, YES, null);
                slow.countDown();
                assertThat(two.ended(run).output()).isEqualTo("done [1, 2, 3, 4, 5]");
                assertThat(ends(two, run)).isEqualTo(5);
                assertThat(TestDatabase.query(url, "SELECT count(*) FROM runs")).isEqualTo("2");
                assertThat(TestDatabase.query(url, "SELECT count(*) FROM questions"))
                        .isEqualTo("1");
            }
        }
    }

    /// Who is asked about the effect in doubt holds up nobody: the other steps are done meanwhile.
    @Test
    void doubt_is_asked_about_while_other_steps_go_on() throws Exception {
        Program program = history -> {
            var ended = ended(history);
            return ended.size() == 3
                    ? new Next.Succeed("done")
                    : new Next.Steps(List.of(slowStep(1, Effect.UNKEYED), slowStep(2, Effect.KEYED), quickStep(3)));
        };
        try (var one = new TestReplica(url, program)) {
            var run = one.start("x");
            awaitEnds(one, run, 1);
            awaitBegun(1);
            awaitBegun(2);
            begun.clear();
            try (var two = new TestReplica(url, program)) {
                TestReplica.expireLease(url, run);
                var id = awaitQuestion();
                awaitBegun(2);
                assertThat(begun).doesNotContain(1);

                two.questions.answer(TENANT, id, Questions.State.APPROVED, "{\"decision\":\"happened\"}", null);
                awaitEnds(two, run, 2);
                slow.countDown();
                assertThat(two.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
            }
        }
    }

    @Test
    void paused_run_begins_nothing_more_while_a_step_comes_to_its_end() throws Exception {
        try (var replica = new TestReplica(url, approvalBesideSlow())) {
            var run = replica.start("x");
            var id = awaitQuestion();
            replica.runs.pause(TENANT, run.id());

            replica.questions.answer(TENANT, id, Questions.State.APPROVED, YES, null);
            slow.countDown();
            awaitWaiting(replica, run);
            assertThat(begun).containsExactly(1);

            replica.runs.resume(TENANT, run.id());
            assertThat(replica.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(begun).containsExactly(1, 3);
        }
    }

    @Test
    void run_that_fails_lets_a_step_under_way_come_to_its_end() throws Exception {
        Program program = history -> ended(history).contains(2)
                ? new Next.Fail(new Failure("planned", "It was to fail"))
                : new Next.Steps(List.of(slowStep(1, Effect.UNKEYED), quickStep(2)));
        try (var replica = new TestReplica(url, program)) {
            var run = replica.start("x");
            awaitEnds(replica, run, 1);
            assertThat(replica.runs.get(TENANT, run.id()).state()).isEqualTo(RunState.RUNNING);
            slow.countDown();
            assertThat(replica.ended(run).state()).isEqualTo(RunState.FAILED);
            assertThat(ends(replica, run)).isEqualTo(2);
        }
    }

    @Test
    void end_withdraws_the_open_question_in_its_own_commit() throws Exception {
        Program program = history ->
                history.steps().isEmpty() ? new Next.Steps(List.of(ask(1), quickStep(2))) : new Next.Succeed("done");
        try (var replica = new TestReplica(url, program)) {
            replica.ended(replica.start("x"));
            assertThat(TestDatabase.query(url, """
                    SELECT q.state || ', at the end: ' || (q.decided_at = r.ended_at)
                    FROM questions q JOIN runs r ON r.tenant = q.tenant AND r.id = q.run""")).isEqualTo("withdrawn, at the end: true");
        }
    }
}
