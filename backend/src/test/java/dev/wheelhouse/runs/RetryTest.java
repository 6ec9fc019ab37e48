package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Runs that begin with steps of other runs, on a real Postgres; what is outside counts what was done to it.
class RetryTest {

    private final String url = TestDatabase.fresh();
    /// The world outside: how often each key was asked for, and how often something happened.
    private final ConcurrentHashMap<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> happened = new ConcurrentLinkedQueue<>();

    private Outcome act(StepContext step) {
        if (asked.computeIfAbsent(step.idempotencyKey(), key -> new AtomicInteger())
                        .incrementAndGet()
                == 1) {
            happened.add(step.idempotencyKey());
        }
        return Outcome.of("\"did " + step.step() + "\"");
    }

    private static NewRun from(Run origin, String how, NewRun.Keep keep) {
        return NewRun.of(TENANT, origin.program(), "[]")
                .thread(how.equals(Run.Origin.RETRY) ? origin.thread() : null)
                .madeFrom(new Run.Origin(origin.id(), 2, how))
                .keep(keep)
                .build();
    }

    @Test
    void retry_of_a_run_that_was_killed_in_mid_effect_acts_once() throws Exception {
        var done = new CountDownLatch(1);
        PlannedStep.Body dying = step -> {
            var outcome = act(step);
            // Once: this replica may get the retry as well.
            if (step.step() == 2 && done.getCount() > 0) {
                done.countDown();
                Await.forever();
            }
            return outcome;
        };
        try (var one = new TestReplica(url, TestPrograms.chain(3, Effect.KEYED, dying))) {
            var first = one.start("x");
            Await.open(done);
            TestDatabase.execute(url, "UPDATE runs SET cancel = true");
            try (var two = new TestReplica(url, TestPrograms.chain(3, Effect.KEYED, this::act))) {
                TestReplica.expireLease(url, first);
                assertThat(two.ended(first).state()).isEqualTo(RunState.CANCELLED);

                var retry = two.runs.start(from(first, "retry", new NewRun.Keep(Set.of(1), Map.of(), true)));
                var ended = two.ended(retry);

                assertThat(ended.output()).isEqualTo("done \"did 3\"");
                assertThat(ended.thread()).isEqualTo(first.thread());
                assertThat(ended.origin()).isEqualTo(new Run.Origin(first.id(), 2, "retry"));
                assertThat(happened).containsExactly(first.id() + ":1", first.id() + ":2", retry.id() + ":3");
                assertThat(asked.get(first.id() + ":2")).hasValue(2);
            }
        }
    }

    @Test
    void chain_of_reruns_goes_back_to_the_run_made_from_no_other() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, this::act))) {
            var first = replica.ended(replica.start("x"));
            var last = first;
            for (String how : List.of("retry", "fork", "retry")) {
                last = replica.ended(replica.runs.start(from(last, how, new NewRun.Keep(Set.of(), Map.of(), false))));
            }

            assertThat(replica.runs.first(TENANT, last.id()).id()).isEqualTo(first.id());
            assertThat(replica.runs.first(TENANT, first.id()).id()).isEqualTo(first.id());
            assertThatThrownBy(() -> replica.runs.first(TENANT, RunId.next())).isInstanceOf(Problem.class);
        }
    }

    @Test
    void retry_of_a_retry_still_acts_with_the_first_key() throws Exception {
        var fails = new AtomicInteger();
        Program program = history -> {
            var last = history.steps().isEmpty() ? null : history.steps().getLast();
            return last != null && last.outcome().hasFailed()
                    ? new Next.Fail(last.outcome().failure())
                    : TestPrograms.chain(2, Effect.KEYED, step -> {
                                act(step);
                                return step.step() == 2 && fails.getAndIncrement() < 2
                                        ? Outcome.failed(new Failure("unsure", "The answer was cut"))
                                        : Outcome.of("1");
                            })
                            .next(history);
        };
        try (var replica = new TestReplica(url, program)) {
            var first = replica.ended(replica.start("x"));
            assertThat(first.state()).isEqualTo(RunState.FAILED);
            var keep = new NewRun.Keep(Set.of(1), Map.of(), true);
            var second = replica.ended(replica.runs.start(from(first, "retry", keep)));
            assertThat(second.state()).isEqualTo(RunState.FAILED);
            var third = replica.ended(replica.runs.start(from(second, "retry", keep)));

            assertThat(third.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(asked.get(first.id() + ":2")).hasValue(3);
            assertThat(happened).containsExactly(first.id() + ":1", first.id() + ":2");
        }
    }

    @Test
    void fork_acts_on_its_own() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.chain(2, Effect.KEYED, this::act))) {
            var first = replica.ended(replica.start("x"));
            var fork =
                    replica.runs.start(from(first, "fork", new NewRun.Keep(Set.of(1), Map.of(1, "\"other\""), false)));
            replica.ended(fork);

            assertThat(happened).containsExactly(first.id() + ":1", first.id() + ":2", fork.id() + ":2");
            assertThat(fork.thread()).isEqualTo(fork.id().value());
            assertThat(replica.runs
                            .recorded(TENANT, fork.id())
                            .getFirst()
                            .outcome()
                            .output())
                    .isEqualTo("\"other\"");
        }
    }

    @Test
    void unkeyed_effect_of_which_nobody_knows_is_asked_about_in_the_retry_too() throws Exception {
        var performed = new AtomicInteger();
        var begun = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            performed.incrementAndGet();
            begun.countDown();
            Await.forever();
            return Outcome.of("1");
        };
        try (var one = new TestReplica(url, TestPrograms.chain(1, Effect.UNKEYED, body))) {
            var first = one.start("x");
            Await.open(begun);
            one.runs.cancel(TENANT, first.id());
            assertThat(one.ended(first).state()).isEqualTo(RunState.CANCELLED);

            var retry = one.runs.start(from(first, "retry", new NewRun.Keep(Set.of(), Map.of(), true)));
            var transcript = new Transcript();
            try (var watch = one.runs.watch(TENANT, retry.id(), 0, transcript)) {
                transcript.awaitType("run.waiting");
            }
            assertThat(one.runs.get(TENANT, retry.id()).waiting().reason()).isEqualTo(WaitingReason.OUTCOME_UNKNOWN);
            assertThat(performed).hasValue(1);
            one.runs.cancel(TENANT, retry.id());
        }
    }

    @Test
    void kept_steps_are_there_from_the_first_moment_and_cost_nothing() throws Exception {
        var go = new CountDownLatch(1);
        var priced = new AtomicBoolean(true);
        PlannedStep.Body body = step -> {
            if (step.step() == 3 && !priced.get()) {
                go.await();
            }
            return new Outcome("" + step.step(), null, new Usage(10, 0, 5, 7L), "{\"name\":\"m\"}");
        };
        try (var replica = new TestReplica(url, TestPrograms.chain(3, Effect.READ, body))) {
            var first = replica.ended(replica.start("x"));
            assertThat(first.usage()).isEqualTo(new Usage(30, 0, 15, 21L));
            priced.set(false);
            var fork = replica.runs.start(from(first, "fork", new NewRun.Keep(Set.of(1, 2), Map.of(), false)));
            assertThat(fork.totals().steps()).isEqualTo(2);
            assertThat(replica.types(fork).subList(0, 3))
                    .isEqualTo(List.of("run.created", "step.succeeded", "step.succeeded"));
            go.countDown();
            var ended = replica.ended(fork);
            assertThat(ended.usage()).isEqualTo(new Usage(10, 0, 5, 7L));
            assertThat(replica.runs.events(TENANT, fork.id(), 0, 50))
                    .extracting(RunEvent::seq)
                    .containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void same_idempotency_key_makes_one_retry() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.chain(2, Effect.KEYED, this::act))) {
            var first = replica.ended(replica.start("x"));
            var wanted = from(first, "retry", new NewRun.Keep(Set.of(1), Map.of(), true));
            var keyed = NewRun.of(TENANT, wanted.program(), "[]")
                    .thread(wanted.thread())
                    .idempotencyKey("k")
                    .madeFrom(wanted.origin())
                    .keep(wanted.keep())
                    .build();
            var retry = replica.runs.start(keyed);
            assertThat(replica.runs.start(keyed).id()).isEqualTo(retry.id());
            replica.ended(retry);
            assertThat(TestDatabase.query(url, "SELECT count(*) FROM runs")).isEqualTo("2");
        }
    }
}
