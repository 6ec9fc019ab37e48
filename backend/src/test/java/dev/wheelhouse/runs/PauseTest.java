package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/// Pausing and resuming a run at every moment of its life, on a real Postgres.
class PauseTest {

    private static final RunsConfig NO_ROOM =
            new RunsConfig(Duration.ofSeconds(5), Duration.ofMillis(50), 1, Duration.ofSeconds(2));

    private final String url = TestDatabase.fresh();
    private final ConcurrentLinkedQueue<Integer> performed = new ConcurrentLinkedQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);

    private final PlannedStep.Body held = step -> {
        performed.add(step.step());
        begun.release();
        go.acquire();
        return Outcome.of("" + step.step());
    };

    private static void awaitType(TestReplica replica, Run run, String type, int times) throws InterruptedException {
        var transcript = new Transcript();
        try (var watch = replica.runs.watch(TENANT, run.id(), 0, transcript)) {
            transcript.awaitType(type, times);
        }
    }

    private void awaitBegun() throws InterruptedException {
        Await.permit(begun);
    }

    @Test
    void running_run_stops_at_the_end_of_its_step_and_goes_on_behind_it() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.chain(3, Effect.KEYED, held))) {
            var run = replica.start("x");
            awaitBegun();
            var asked = replica.runs.pause(TENANT, run.id());
            assertThat(asked.state()).isEqualTo(RunState.RUNNING);
            assertThat(asked.paused()).isTrue();
            go.release();
            awaitType(replica, run, "run.waiting", 1);

            var paused = replica.runs.get(TENANT, run.id());
            assertThat(paused.state()).isEqualTo(RunState.WAITING);
            assertThat(paused.waiting().reason()).isEqualTo(WaitingReason.PAUSED);
            assertThat(paused.totals().steps()).isEqualTo(1);
            assertThat(TestDatabase.query(url, "SELECT due_at IS NULL FROM runs"))
                    .isEqualTo("t");

            go.release(2);
            replica.runs.resume(TENANT, run.id());
            assertThat(replica.ended(run).output()).isEqualTo("done 3");
            assertThat(performed).containsExactly(1, 2, 3);
        }
    }

    @Test
    void queued_run_is_not_begun_before_it_is_resumed() throws Exception {
        try (var replica = new TestReplica(url, run -> TestPrograms.chain(1, Effect.READ, held), NO_ROOM)) {
            var first = replica.start("x");
            awaitBegun();
            var second = replica.start("y");
            assertThat(second.state()).isEqualTo(RunState.QUEUED);

            assertThat(replica.runs.pause(TENANT, second.id()).state()).isEqualTo(RunState.WAITING);
            go.release(1);
            replica.ended(first);
            assertThat(TestDatabase.query(url, "SELECT due_at IS NULL FROM runs WHERE id = '" + second.id() + "'"))
                    .isEqualTo("t");

            assertThat(replica.runs.resume(TENANT, second.id()).state()).isIn(RunState.QUEUED, RunState.RUNNING);
            go.release(1);
            assertThat(replica.ended(second).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(replica.types(second))
                    .containsExactly("run.created", "run.waiting", "run.claimed", "step.succeeded", "run.succeeded");
        }
    }

    @Test
    void timer_that_ends_while_the_run_is_paused_is_seen_at_its_resumption() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.sleep(Duration.ofHours(1)))) {
            var run = replica.start("x");
            awaitType(replica, run, "run.waiting", 1);
            replica.runs.pause(TENANT, run.id());
            TestDatabase.execute(url, "UPDATE events SET at = at - interval '2 hours'");
            var paused = replica.runs.get(TENANT, run.id());
            assertThat(paused.state()).isEqualTo(RunState.WAITING);
            assertThat(paused.waiting().reason()).isEqualTo(WaitingReason.TIMER);

            replica.runs.resume(TENANT, run.id());
            assertThat(replica.ended(run).output()).isEqualTo("\"rested\"");
        }
    }

    @Test
    void word_that_comes_while_the_run_is_paused_is_kept() throws Exception {
        Program asking = history -> history.steps().isEmpty()
                ? new Next.Steps(java.util.List.of(new PlannedStep(
                        1,
                        "decision",
                        "t",
                        null,
                        Effect.READ,
                        null,
                        new PlannedStep.Action.Ask("tool", "{\"tool\":\"t\"}", false, null, "{}"))))
                : new Next.Succeed(
                        String.valueOf(history.steps().getFirst().outcome().output()));
        try (var replica = new TestReplica(url, asking)) {
            var run = replica.start("x");
            awaitType(replica, run, "run.waiting", 1);
            replica.runs.pause(TENANT, run.id());
            var id = UUID.fromString(TestDatabase.query(url, "SELECT id FROM questions"));
            assertThat(TestQuestions.answer(replica.database, TENANT, id, "{\"decision\":\"approve\"}"))
                    .isTrue();
            assertThat(TestDatabase.query(url, "SELECT due_at IS NULL FROM runs"))
                    .isEqualTo("t");

            replica.runs.resume(TENANT, run.id());
            assertThat(replica.ended(run).output()).contains("approve");
        }
    }

    @Test
    void run_that_is_resumed_before_it_has_stopped_goes_on() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (var replica = new TestReplica(url, TestPrograms.chain(2, Effect.READ, held))) {
                var run = replica.start("x");
                awaitBegun();
                replica.runs.pause(TENANT, run.id());
                replica.runs.resume(TENANT, run.id());
                go.release(2);
                assertThat(replica.ended(run).output()).isEqualTo("done 2");
                begun.drainPermits();
            }
        }
    }

    @Test
    void pause_outlives_the_death_of_the_replica_that_had_the_run() throws Exception {
        var stuck = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            if (step.attempt() == 1 && step.step() == 1) {
                stuck.countDown();
                Await.forever();
            }
            performed.add(step.step());
            return Outcome.of("" + step.step());
        };
        try (var one = new TestReplica(url, TestPrograms.chain(2, Effect.KEYED, body))) {
            var run = one.start("x");
            Await.open(stuck);
            TestDatabase.execute(url, "UPDATE runs SET paused = true");
            try (var two = new TestReplica(url, TestPrograms.chain(2, Effect.KEYED, body))) {
                TestReplica.expireLease(url, run);
                awaitType(two, run, "run.waiting", 1);
                assertThat(two.runs.get(TENANT, run.id()).paused()).isTrue();
                assertThat(performed).isEmpty();

                two.runs.resume(TENANT, run.id());
                assertThat(two.ended(run).output()).isEqualTo("done 2");
                assertThat(performed).containsExactly(1, 2);
            }
        }
    }

    @Test
    void run_of_another_replica_is_paused_and_cancelled_while_paused() throws Exception {
        try (var one = new TestReplica(url, TestPrograms.chain(2, Effect.READ, held));
                var two = new TestReplica(url, TestPrograms.chain(2, Effect.READ, held))) {
            var run = one.start("x");
            awaitBegun();
            two.runs.pause(TENANT, run.id());
            // The owner hears of it by a hint or at its next renewal, whichever comes first.
            one.engine.pause(run.id());
            go.release();
            awaitType(two, run, "run.waiting", 1);
            assertThat(two.runs.cancel(TENANT, run.id()).state()).isEqualTo(RunState.CANCELLED);
            assertThat(two.runs.get(TENANT, run.id()).paused()).isFalse();
        }
    }

    @Test
    void cancelled_while_it_is_about_to_stop_ends_as_cancelled() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (var replica = new TestReplica(url, TestPrograms.chain(2, Effect.READ, held))) {
                var run = replica.start("x");
                awaitBegun();
                replica.runs.pause(TENANT, run.id());
                go.release();
                replica.runs.cancel(TENANT, run.id());
                assertThat(replica.ended(run).state()).isEqualTo(RunState.CANCELLED);
                begun.drainPermits();
                go.drainPermits();
            }
        }
    }

    @Test
    void pause_and_resume_in_haste_leave_no_run_behind() throws Exception {
        go.release(100_000);
        try (var replica = new TestReplica(url, TestPrograms.chain(4, Effect.READ, held))) {
            var runs = new ArrayList<Run>();
            for (int n = 0; n < 40; n++) {
                runs.add(replica.start("r" + n));
            }
            for (var run : runs) {
                for (int times = 0; times < 3; times++) {
                    if (!isEnded(() -> replica.runs.pause(TENANT, run.id()))) {
                        isEnded(() -> replica.runs.resume(TENANT, run.id()));
                    }
                }
            }
            for (var run : runs) {
                assertThat(replica.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(replica.runs.events(TENANT, run.id(), 0, 500).stream()
                                .map(RunEvent::seq))
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
            assertThat(performed).hasSize(160);
        }
    }

    private static boolean isEnded(Runnable action) {
        try {
            action.run();
            return false;
        } catch (Problem e) {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_PAUSABLE);
            return true;
        }
    }

    @Test
    void time_in_which_a_run_is_paused_is_not_its_own() throws Exception {
        var ages = new ConcurrentLinkedQueue<Duration>();
        Program program = history -> {
            ages.add(history.age());
            return TestPrograms.chain(2, Effect.READ, held).next(history);
        };
        try (var replica = new TestReplica(url, program)) {
            var run = replica.start("x");
            awaitBegun();
            replica.runs.pause(TENANT, run.id());
            go.release(2);
            awaitType(replica, run, "run.waiting", 1);
            TestDatabase.execute(url, "SELECT pg_sleep(1.5)");
            replica.runs.resume(TENANT, run.id());
            var ended = replica.ended(run);
            var whole = Duration.between(ended.createdAt(), ended.times().endedAt());
            assertThat(ages).allMatch(age -> age.compareTo(whole.minusMillis(1_400)) < 0);
        }
    }

    @Test
    void ended_run_cannot_be_paused_and_anothers_is_not_there() throws Exception {
        go.release(10);
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, held))) {
            var run = replica.ended(replica.start("x"));
            for (Runnable action : new Runnable[] {
                () -> replica.runs.pause(TENANT, run.id()), () -> replica.runs.resume(TENANT, run.id())
            }) {
                assertThatThrownBy(action::run)
                        .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                                .isEqualTo(ErrorCode.NOT_PAUSABLE))
                        .hasMessageContaining("succeeded");
            }
            assertThatThrownBy(() -> replica.runs.pause(new TenantId("other"), run.id()))
                    .hasMessage("There is no run \"" + run.id() + "\"");
        }
    }
}
