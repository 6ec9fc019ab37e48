package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.FaultProxy;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Two replicas on one database. One loses a run in every way that one process can act out; the ways that need real
/// processes are in ChaosTest.
class TakeoverTest {

    private final String url = TestDatabase.fresh();

    @Test
    void another_replica_goes_on_behind_the_last_committed_step() throws Exception {
        var performed = new ConcurrentLinkedQueue<Integer>();
        var atTwo = new CountDownLatch(1);
        var first = new AtomicInteger();
        PlannedStep.Body body = step -> {
            performed.add(step.step());
            if (step.step() == 2 && first.getAndIncrement() == 0) {
                atTwo.countDown();
                Await.forever();
            }
            return Outcome.of("" + step.step());
        };
        try (var one = new TestReplica(url, TestPrograms.chain(3, Effect.READ, body))) {
            var run = one.start("x");
            Await.open(atTwo);
            try (var two = new TestReplica(url, TestPrograms.chain(3, Effect.READ, body))) {
                TestReplica.expireLease(url, run);
                assertThat(two.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(performed).containsExactly(1, 2, 2, 3);
                assertThat(two.types(run))
                        .containsExactly(
                                "run.created",
                                "step.succeeded",
                                "run.claimed",
                                "step.succeeded",
                                "step.succeeded",
                                "run.succeeded");
            }
        }
    }

    @Test
    void lease_that_ends_between_two_polls_is_seen_when_it_ends() throws Exception {
        var never = Duration.ofDays(1);
        var seldom = new RunsConfig(never, never, 64, Duration.ZERO);
        var hangs = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            if (hangs.getCount() > 0) {
                hangs.countDown();
                Await.forever();
            }
            return Outcome.of("\"done\"");
        };
        var program = TestPrograms.chain(1, Effect.READ, body);
        try (var one = new TestReplica(url, _ -> program, seldom)) {
            var run = one.start("x");
            Await.open(hangs);
            TestDatabase.execute(url, "UPDATE runs SET due_at = now() + interval '300 ms'");

            try (var two = new TestReplica(url, _ -> program, seldom)) {
                assertThat(two.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(two.takenOver).containsExactly(run.id());
            }
        }
    }

    @Test
    void replica_cut_off_from_postgres_stops_its_steps_by_itself() throws Exception {
        var begun = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            begun.countDown();
            try {
                Await.forever();
            } catch (InterruptedException e) {
                stopped.countDown();
                throw e;
            }
            return Outcome.of("\"old\"");
        };
        try (var proxy = new FaultProxy(Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1")), 1);
                var one = new TestReplica(proxy.before(url), TestPrograms.chain(1, Effect.READ, body))) {
            one.start("x");
            Await.open(begun);

            proxy.fallSilent();

            Await.open(stopped);
            proxy.speak();
        }
    }

    @Test
    void owner_of_the_past_writes_nothing() throws Exception {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var attempts = new AtomicInteger();
        PlannedStep.Body body = step -> {
            if (attempts.getAndIncrement() == 0) {
                held.countDown();
                awaitWithoutBeingInterrupted(release);
                return Outcome.of("\"old\"");
            }
            return Outcome.of("\"new\"");
        };
        try (var one = new TestReplica(url, TestPrograms.chain(1, Effect.READ, body))) {
            var run = one.start("x");
            Await.open(held);
            try (var two = new TestReplica(url, TestPrograms.chain(1, Effect.READ, body))) {
                TestReplica.expireLease(url, run);
                assertThat(two.ended(run).output()).isEqualTo("done \"new\"");
                release.countDown();
                assertThat(two.types(run))
                        .containsExactly("run.created", "run.claimed", "step.succeeded", "run.succeeded");
            }
        }
    }

    private static void awaitWithoutBeingInterrupted(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                done = latch.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // the test acts out code that does not listen
            }
        }
    }

    @Test
    void keyed_step_is_done_again_with_the_same_key() throws Exception {
        var keys = new ConcurrentLinkedQueue<String>();
        var begun = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            keys.add(step.idempotencyKey());
            if (step.attempt() == 1) {
                begun.countDown();
                Await.forever();
            }
            return Outcome.of("1");
        };
        try (var one = new TestReplica(url, TestPrograms.chain(1, Effect.KEYED, body))) {
            var run = one.start("x");
            Await.open(begun);
            try (var two = new TestReplica(url, TestPrograms.chain(1, Effect.KEYED, body))) {
                TestReplica.expireLease(url, run);
                assertThat(two.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(keys).hasSize(2).containsOnly(run.id() + ":1");
            }
        }
    }

    @Test
    void unkeyed_step_whose_end_is_not_known_is_never_done_again() throws Exception {
        var performed = new AtomicInteger();
        var begun = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            performed.incrementAndGet();
            begun.countDown();
            Await.forever();
            return Outcome.of("1");
        };
        try (var one = new TestReplica(url, TestPrograms.chain(1, Effect.UNKEYED, body))) {
            var run = one.start("x");
            Await.open(begun);
            try (var two = new TestReplica(url, TestPrograms.chain(1, Effect.UNKEYED, body))) {
                TestReplica.expireLease(url, run);
                var transcript = new Transcript();
                try (var watch = two.runs.watch(TENANT, run.id(), 0, transcript)) {
                    transcript.awaitType("run.waiting");
                }
                var waiting = two.runs.get(TENANT, run.id());
                assertThat(waiting.state()).isEqualTo(RunState.WAITING);
                assertThat(waiting.waiting().reason()).isEqualTo(WaitingReason.OUTCOME_UNKNOWN);
                assertThat(performed).hasValue(1);
                two.runs.cancel(TENANT, run.id());
            }
        }
    }

    @Test
    void stopping_replica_hands_its_run_over_at_a_step_boundary() throws Exception {
        var performed = new ConcurrentLinkedQueue<Integer>();
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            performed.add(step.step());
            begun.countDown();
            go.await();
            return Outcome.of("1");
        };
        var program = TestPrograms.chain(2, Effect.KEYED, body);
        try (var two = new TestReplica(url, program)) {
            var one = new TestReplica(url, program);
            var run = one.start("x");
            Await.open(begun);
            var stopping = Thread.ofVirtual().start(() -> {
                try {
                    one.close();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!one.engine.parts().isStopping()) {
                Thread.onSpinWait();
            }
            go.countDown();
            stopping.join();

            assertThat(two.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(performed).containsExactly(1, 2);
            assertThat(two.types(run)).contains("run.released");
            assertThat(two.takenOver).isEmpty();
        }
    }

    @Test
    void run_is_watched_and_cancelled_from_a_replica_that_does_not_own_it() throws Exception {
        var begun = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            begun.countDown();
            Await.forever();
            return Outcome.of("1");
        };
        try (var one = new TestReplica(url, TestPrograms.chain(1, Effect.READ, body));
                var two = new TestReplica(url, TestPrograms.chain(1, Effect.READ, body))) {
            var run = one.start("x");
            Await.open(begun);
            var transcript = new Transcript();
            try (var watch = two.runs.watch(TENANT, run.id(), 0, transcript)) {
                two.runs.cancel(TENANT, run.id());
                transcript.awaitEnd();
            }
            assertThat(transcript.seqs()).containsExactly(1, 2);
            assertThat(one.runs.get(TENANT, run.id()).state()).isEqualTo(RunState.CANCELLED);
        }
    }
}
