package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.threads.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What becomes of runs whose thread has an open one, on a real Postgres.
class DoubleTextingTest {

    private final String url = TestDatabase.fresh();
    private final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
    private final Semaphore atWork = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);

    private final Program.Source programs = run -> history -> {
        String input = String.valueOf(history.run().input());
        return TestPrograms.chain(1, Effect.READ, step -> {
                    begun.add(input);
                    atWork.release();
                    go.acquire();
                    return Outcome.of("1");
                })
                .next(history);
    };

    private TestReplica replica() {
        return new TestReplica(url, programs, TestReplica.QUICK);
    }

    private static NewRun said(String text, UUID thread, NewRun.WhenBusy whenBusy, @Nullable String key) {
        return NewRun.of(TENANT, new Program.Pin("agent", "test", 1), "[\"" + text + "\"]")
                .thread(thread)
                .idempotencyKey(key)
                .whenBusy(whenBusy)
                .build();
    }

    private static NewRun queue(String text, UUID thread) {
        return said(text, thread, NewRun.WhenBusy.QUEUE, null);
    }

    private void awaitAtWork() throws InterruptedException {
        Await.permit(atWork);
    }

    @Test
    void queued_runs_of_a_thread_go_on_one_by_one_in_their_order() throws Exception {
        try (var one = replica();
                var two = replica()) {
            var first = one.start("0");
            awaitAtWork();
            var runs = new ArrayList<Run>(List.of(first));
            for (int n = 1; n <= 8; n++) {
                var replica = n % 2 == 0 ? one : two;
                var run = replica.runs.start(queue("q" + n, first.thread()));
                assertThat(run.status().behind()).isTrue();
                assertThat(run.state()).isEqualTo(RunState.QUEUED);
                runs.add(run);
            }
            for (int n = 0; n <= 8; n++) {
                go.release();
                assertThat(two.ended(runs.get(n)).state()).isEqualTo(RunState.SUCCEEDED);
                if (n < 8) {
                    awaitAtWork();
                }
            }
            assertThat(begun.stream().skip(1))
                    .containsExactly(
                            "[\"q1\"]",
                            "[\"q2\"]",
                            "[\"q3\"]",
                            "[\"q4\"]",
                            "[\"q5\"]",
                            "[\"q6\"]",
                            "[\"q7\"]",
                            "[\"q8\"]");
        }
    }

    @Test
    void nobody_comes_between_a_run_and_those_behind_it() throws Exception {
        try (var replica = replica()) {
            var first = replica.start("0");
            awaitAtWork();
            var second = replica.runs.start(queue("q", first.thread()));
            assertThatThrownBy(() -> replica.runs.start(said("r", first.thread(), NewRun.WhenBusy.REJECT, null)))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.THREAD_BUSY));
            var thread = TestThreads.of(replica.database).get(TENANT, first.thread());
            assertThat(thread.openRun()).isEqualTo(first.id());
            assertThat(thread.lastRun()).isEqualTo(second.id());
            go.release(2);
            assertThat(replica.ended(second).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void queue_outlives_the_death_of_all_replicas() throws Exception {
        Run first;
        Run second;
        try (var replica = replica()) {
            first = replica.start("0");
            awaitAtWork();
            second = replica.runs.start(queue("q", first.thread()));
            // As if killed: nothing is handed over, the lease runs out.
            TestDatabase.execute(
                    url,
                    "UPDATE runs SET replica = 'gone', epoch = epoch + 1, due_at = now() + interval '1 s' WHERE id = '"
                            + first.id() + "'");
        }
        go.release(2);
        try (var replica = replica()) {
            assertThat(replica.ended(first).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(replica.ended(second).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void cancelled_and_paused_runs_leave_the_others_their_places() throws Exception {
        try (var replica = replica()) {
            var first = replica.start("0");
            awaitAtWork();
            var second = replica.runs.start(queue("a", first.thread()));
            var third = replica.runs.start(queue("b", first.thread()));
            var fourth = replica.runs.start(queue("c", first.thread()));
            assertThat(replica.runs.cancel(TENANT, second.id()).state()).isEqualTo(RunState.CANCELLED);
            assertThat(replica.runs.pause(TENANT, third.id()).paused()).isTrue();
            go.release(4);
            replica.ended(first);
            assertThat(replica.runs
                            .await(TENANT, fourth.id(), Duration.ofMillis(400))
                            .state())
                    .isEqualTo(RunState.QUEUED);
            replica.runs.resume(TENANT, third.id());
            replica.ended(third);
            replica.ended(fourth);
            assertThat(begun.stream().skip(1)).containsExactly("[\"b\"]", "[\"c\"]");
        }
    }

    @Test
    void interrupting_run_ends_the_open_one_and_those_behind_it() throws Exception {
        try (var one = replica();
                var two = replica()) {
            var first = one.start("0");
            awaitAtWork();
            var second = two.runs.start(queue("q", first.thread()));
            var third = two.runs.start(said("i", first.thread(), NewRun.WhenBusy.INTERRUPT, "k"));
            assertThat(two.runs
                            .start(said("i", first.thread(), NewRun.WhenBusy.INTERRUPT, "k"))
                            .id())
                    .isEqualTo(third.id());

            assertThat(two.ended(first).state()).isEqualTo(RunState.CANCELLED);
            assertThat(two.ended(second).state()).isEqualTo(RunState.CANCELLED);
            go.release();
            assertThat(two.ended(third).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(begun.stream().skip(1)).containsExactly("[\"i\"]");
        }
    }

    @Test
    void run_that_waits_or_is_paused_is_interrupted_too() throws Exception {
        try (var replica = new TestReplica(
                url,
                run -> run.program().name().equals("test")
                                && String.valueOf(run.input()).contains("sleep")
                        ? TestPrograms.sleep(Duration.ofHours(1))
                        : programs.load(run),
                TestReplica.QUICK)) {
            var first = replica.start("sleep");
            var transcript = new Transcript();
            try (var watch = replica.runs.watch(TENANT, first.id(), 0, transcript)) {
                transcript.awaitType("run.waiting");
            }
            replica.runs.pause(TENANT, first.id());
            go.release();
            var second = replica.runs.start(said("i", first.thread(), NewRun.WhenBusy.INTERRUPT, null));
            assertThat(replica.ended(second).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(replica.ended(first).state()).isEqualTo(RunState.CANCELLED);
        }
    }

    @Test
    void interruption_that_was_only_written_down_is_carried_out() throws Exception {
        try (var replica = replica()) {
            var first = replica.start("0");
            awaitAtWork();
            var wanted = said("i", first.thread(), NewRun.WhenBusy.INTERRUPT, null);
            var id = RunId.next();
            // The replica that wrote it dies right behind the commit.
            replica.store.createBehind(List.of(Creation.of(wanted, id, first.thread(), false, Duration.ofSeconds(5))));
            go.release(10);
            assertThat(replica.ended(first).state()).isIn(RunState.CANCELLED, RunState.SUCCEEDED);
            assertThat(replica.runs.await(TENANT, id, Duration.ofSeconds(20)).state())
                    .isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void many_at_once_into_an_idle_thread_run_one_at_a_time_and_none_is_lost() throws Exception {
        go.release(1_000);
        try (var one = replica();
                var two = replica()) {
            var first = one.ended(one.start("0"));
            var runs = new ConcurrentLinkedQueue<Run>();
            var threads = new ArrayList<Thread>();
            for (int n = 0; n < 24; n++) {
                var replica = n % 2 == 0 ? one : two;
                String text = "m" + n;
                threads.add(Thread.ofVirtual().start(() -> runs.add(replica.runs.start(queue(text, first.thread())))));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(runs).hasSize(24);
            for (var run : runs) {
                assertThat(one.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
            }
            assertThat(begun).hasSize(25).doesNotHaveDuplicates();
            assertThat(TestDatabase.query(url, """
                    SELECT count(*) FROM runs a JOIN runs b ON a.thread = b.thread AND a.id < b.id
                    WHERE b.started_at < a.ended_at AND a.started_at < b.ended_at""")).isEqualTo("0");
        }
    }

    @Test
    void thread_of_nobody_or_of_another_takes_no_queue() throws Exception {
        try (var replica = replica()) {
            assertThatThrownBy(() -> replica.runs.start(queue("x", UUID.randomUUID())))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }
}
