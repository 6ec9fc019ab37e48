package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.FaultProxy;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Runs that wait for people, for time and for other runs, on a real Postgres.
class WaitingTest {

    private static final String YES = "{\"decision\":\"approve\",\"by\":\"ann\"}";

    private final String url = TestDatabase.fresh();

    private static PlannedStep ask(int number, Duration time) {
        var ask = new PlannedStep.Action.Ask(
                "tool", "{\"tool\":\"t\",\"arguments\":{\"n\":" + number + "}}", false, time, """
                {"decision":"reject","reason":"Nobody answered"}""");
        return new PlannedStep(number, "decision", "t", null, Effect.READ, null, ask);
    }

    private static Program asking(int count, Duration time) {
        return history -> {
            if (history.steps().size() == count) {
                return new Next.Succeed(history.steps().stream()
                        .map(step -> String.valueOf(step.outcome().output()))
                        .toList()
                        .toString());
            }
            var works = new ArrayList<PlannedStep>();
            for (int number = 1; number <= count; number++) {
                works.add(ask(number, time));
            }
            return new Next.Steps(works);
        };
    }

    private List<UUID> open() {
        String ids = TestDatabase.query(
                url,
                "SELECT coalesce(string_agg(id::text, ' ' ORDER BY step), '') FROM questions WHERE state = 'open'");
        return ids.isEmpty()
                ? List.of()
                : Arrays.stream(ids.split(" ")).map(UUID::fromString).toList();
    }

    private static void awaitWaiting(TestReplica replica, Run run) throws InterruptedException {
        var transcript = new Transcript();
        try (var watch = replica.runs.watch(TENANT, run.id(), 0, transcript)) {
            transcript.awaitType("run.waiting");
        }
    }

    @Test
    void run_waits_for_all_its_questions_and_takes_the_words_in_any_order() throws Exception {
        try (var replica = new TestReplica(url, asking(3, null))) {
            var run = replica.start("x");
            awaitWaiting(replica, run);
            var waiting = replica.runs.get(TENANT, run.id());
            assertThat(waiting.state()).isEqualTo(RunState.WAITING);
            assertThat(waiting.waiting().reason()).isEqualTo(WaitingReason.APPROVAL);

            for (var id : open().reversed()) {
                assertThat(TestQuestions.answer(replica.database, TENANT, id, YES))
                        .isTrue();
            }

            var ended = replica.ended(run);
            assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(ended.output()).contains("approve").doesNotContain("Nobody");
            assertThat(replica.types(run).stream().filter("step.succeeded"::equals))
                    .hasSize(3);
        }
    }

    @Test
    void time_of_a_run_stands_still_while_it_waits_for_a_person() throws Exception {
        try (var replica = new TestReplica(url, asking(1, null))) {
            var run = replica.start("x");
            awaitWaiting(replica, run);
            var waiting = replica.runs.get(TENANT, run.id());
            var age = replica.runs.history(waiting).age();

            TestDatabase.query(url, "SELECT pg_sleep(0.01)::text");

            assertThat(replica.runs.history(waiting).age()).isEqualTo(age);
            assertThat(TestQuestions.answer(replica.database, TENANT, open().getFirst(), YES))
                    .isTrue();
            replica.ended(run);
        }
    }

    /// Nobody owns a run that waits: whoever is there when the word comes goes on.
    @Test
    void run_whose_owner_dies_while_it_waits_goes_on_elsewhere_with_the_word() throws Exception {
        try (var proxy = new FaultProxy(Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1")), 1);
                var one = new TestReplica(proxy.before(url), asking(2, null))) {
            var run = one.start("x");
            awaitWaiting(one, run);
            proxy.fallSilent();

            try (var two = new TestReplica(url, asking(2, null))) {
                for (var id : open()) {
                    assertThat(TestQuestions.answer(two.database, TENANT, id, YES))
                            .isTrue();
                }
                assertThat(two.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(two.takenOver).isEmpty();
                assertThat(two.types(run).stream().filter("step.succeeded"::equals))
                        .hasSize(2);
                assertThat(TestDatabase.query(url, "SELECT count(*) FROM questions"))
                        .isEqualTo("2");
            }
            proxy.speak();
        }
    }

    /// The owner has the word and dies in the middle of what was approved.
    @Test
    void decision_outlives_its_owner_and_nobody_is_asked_again() throws Exception {
        var begun = new CountDownLatch(1);
        var performed = new AtomicInteger();
        PlannedStep.Body body = step -> {
            if (performed.incrementAndGet() == 1) {
                begun.countDown();
                Await.forever();
            }
            return Outcome.of("1");
        };
        Program program = history -> switch (history.steps().size()) {
            case 0 -> new Next.Steps(List.of(ask(1, null)));
            case 1 -> new Next.Steps(List.of(TestPrograms.work(2, Effect.KEYED, body)));
            default ->
                new Next.Succeed(
                        String.valueOf(history.steps().getFirst().outcome().output()));
        };
        try (var one = new TestReplica(url, program)) {
            var run = one.start("x");
            awaitWaiting(one, run);
            assertThat(TestQuestions.answer(one.database, TENANT, open().getFirst(), YES))
                    .isTrue();
            Await.open(begun);
            try (var two = new TestReplica(url, program)) {
                TestReplica.expireLease(url, run);
                assertThat(two.ended(run).output()).contains("approve").contains("ann");
                assertThat(performed).hasValue(2);
                assertThat(TestDatabase.query(url, "SELECT count(*) FROM questions"))
                        .isEqualTo("1");
            }
        }
    }

    @Test
    void second_word_changes_nothing() throws Exception {
        try (var replica = new TestReplica(url, asking(1, null))) {
            var run = replica.start("x");
            awaitWaiting(replica, run);
            var id = open().getFirst();
            assertThat(TestQuestions.answer(replica.database, TENANT, id, YES)).isTrue();
            assertThat(TestQuestions.answer(replica.database, TENANT, id, "{\"decision\":\"reject\"}"))
                    .isFalse();
            assertThat(replica.ended(run).output()).contains("approve");
        }
    }

    @Test
    void unanswered_question_takes_its_default_when_its_time_is_over() throws Exception {
        try (var replica = new TestReplica(url, asking(1, Duration.ofMillis(300)))) {
            var ended = replica.ended(replica.start("x"));
            assertThat(ended.output()).contains("Nobody answered");
            assertThat(TestDatabase.query(url, "SELECT state FROM questions")).isEqualTo("expired");
        }
    }

    @Test
    void word_that_comes_before_the_run_has_begun_to_wait_is_not_lost() throws Exception {
        for (int round = 0; round < 10; round++) {
            var early = new AtomicInteger();
            try (var replica = new TestReplica(url, asking(1, null))) {
                var run = replica.start("x");
                while (early.get() == 0) {
                    open().forEach(id ->
                            early.addAndGet(TestQuestions.answer(replica.database, TENANT, id, YES) ? 1 : 0));
                }
                assertThat(replica.ended(run).output()).contains("approve");
            }
        }
    }

    @Test
    void cancelled_run_withdraws_its_questions() throws Exception {
        try (var replica = new TestReplica(url, asking(2, null))) {
            var run = replica.start("x");
            awaitWaiting(replica, run);
            var id = open().getFirst();
            replica.runs.cancel(TENANT, run.id());
            assertThat(open()).isEmpty();
            assertThat(TestQuestions.answer(replica.database, TENANT, id, YES)).isFalse();
        }
    }

    @Test
    void effect_in_doubt_is_asked_about_and_the_word_is_followed() throws Exception {
        assertThat(doubtful("{\"decision\":\"again\"}")).isEqualTo("2 done \"2\"");
        assertThat(doubtful("{\"decision\":\"happened\",\"answer\":\"told\"}")).isEqualTo("1 done \"told\"");
        assertThat(doubtful("{\"decision\":\"stop\"}")).isEqualTo("1 null");
    }

    private String doubtful(String word) throws Exception {
        var performed = new AtomicInteger();
        var begun = new CountDownLatch(1);
        PlannedStep.Body body = step -> {
            if (performed.incrementAndGet() == 1) {
                begun.countDown();
                Await.forever();
            }
            return Outcome.of("\"" + step.attempt() + "\"");
        };
        try (var one = new TestReplica(url, TestPrograms.chain(1, Effect.UNKEYED, body))) {
            var run = one.start("x");
            Await.open(begun);
            try (var two = new TestReplica(url, TestPrograms.chain(1, Effect.UNKEYED, body))) {
                TestReplica.expireLease(url, run);
                awaitWaiting(two, run);
                assertThat(TestQuestions.answer(two.database, TENANT, open().getFirst(), word))
                        .isTrue();
                var ended = two.ended(run);
                return performed.get() + " " + ended.output();
            }
        }
    }

    private static NewRun child(Run parent) {
        return NewRun.of(TENANT, new Program.Pin("agent", "child", 1), "[]")
                .idempotencyKey(parent.id() + ":1")
                .asker(parent.asker())
                .calledBy(new Run.Parent(parent.id(), 1, 1))
                .build();
    }

    @Test
    void run_that_was_called_answers_its_caller() throws Exception {
        Program.Source programs = run -> history -> {
            if (run.program().name().equals("child")) {
                return new Next.Succeed("from below");
            }
            return history.steps().isEmpty()
                    ? new Next.Steps(List.of(new PlannedStep(
                            1, "agent", "child", null, Effect.KEYED, "{}", new PlannedStep.Action.Call(child(run)))))
                    : new Next.Succeed(
                            String.valueOf(history.steps().getFirst().outcome().output()));
        };
        try (var replica = new TestReplica(url, programs, TestReplica.QUICK)) {
            var ended = replica.ended(replica.start("x"));
            assertThat(ended.output()).contains("\"output\":\"from below\"");
            assertThat(TestDatabase.query(url, "SELECT count(*) FROM runs")).isEqualTo("2");
        }
    }

    @Test
    void time_spent_waiting_for_people_does_not_count_as_the_runs_own() throws Exception {
        Program program = history -> history.steps().isEmpty()
                ? new Next.Steps(List.of(ask(1, Duration.ofMillis(1_200))))
                : new Next.Succeed("" + history.age().toMillis());
        try (var replica = new TestReplica(url, program)) {
            var ended = replica.ended(replica.start("x"));
            var took =
                    Duration.between(ended.createdAt(), ended.times().endedAt()).toMillis();
            assertThat(took).isGreaterThan(1_200);
            assertThat(Long.parseLong(ended.output())).isLessThanOrEqualTo(took - 1_000);
        }
    }
}
