package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.threads.Conversation;
import dev.wheelhouse.threads.TestThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {

    private final String url = TestDatabase.fresh();

    @Test
    void run_goes_from_its_first_event_to_its_answer_without_a_gap() throws Exception {
        try (var replica =
                new TestReplica(url, TestPrograms.chain(3, Effect.READ, step -> Outcome.of("" + step.step())))) {
            var run = replica.ended(replica.start("hello"));

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.output()).isEqualTo("done 3");
            assertThat(replica.types(run))
                    .containsExactly(
                            "run.created", "step.succeeded", "step.succeeded", "step.succeeded", "run.succeeded");
            assertThat(replica.runs.events(TENANT, run.id(), 0, 50))
                    .extracting(RunEvent::seq)
                    .containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void last_step_keeps_every_letter_of_its_output_beside_the_runs() throws Exception {
        String said = "\"a \\\"b\\\" ü {\\n} \\u0001\"";
        Program once = history -> history.steps().isEmpty()
                ? new Next.Steps(
                        List.of(TestPrograms.work(1, Effect.READ, step -> Outcome.of("{\"text\":" + said + "}"))))
                : new Next.Succeed(Json.read(said).asText());
        try (var replica = new TestReplica(url, once)) {
            var run = replica.ended(replica.start("x"));
            assertThat(run.output()).isEqualTo(Json.read(said).asText());
            var step = replica.runs.events(TENANT, run.id(), 1, 1).getFirst();
            assertThat(Json.read(step.data()).at("/step/output/text").asText()).isEqualTo(run.output());
            assertThat(Json.read(step.data()).at("/step/number").asInt()).isOne();
            assertThat(TestDatabase.query(url, "SELECT count(*) FROM events")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\u0002", "\u0003", "\u0004"})
    void last_step_with_a_mark_keeps_a_row_of_its_own(String mark) throws Exception {
        String said = "{\"text\":\"a" + mark + "b\"}";
        Program once = history -> history.steps().isEmpty()
                ? new Next.Steps(List.of(TestPrograms.work(1, Effect.READ, step -> Outcome.of(said))))
                : new Next.Succeed("said");
        try (var replica = new TestReplica(url, once)) {
            var run = replica.ended(replica.start("x"));
            assertThat(replica.runs.events(TENANT, run.id(), 1, 1).getFirst().data())
                    .contains("a" + mark + "b");
        }
    }

    /// The phrases that a row keeps as letters may be anywhere: in keys, in values, around the output or beside it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'said','name':'n'}",
                "{'text':'said','input':{'messages':[]},'output':{'text':'said'},'model':{'provider':'p','name':'n'}}",
                "{'text':'said','of':[{'name':'a'},{'name':''},{'messages':'said'}],'said':{'output':{'text':'said'}}}",
                "{'text':'said','quoted':',\\'name\\':\\'n','model':{'provider':'said'}}",
                "{'text':'other','output':{'text':'said'},'model':{'provider':'p'}}"
            })
    void last_step_is_told_in_full_whatever_it_says(String text) throws Exception {
        String output = text.replace('\'', '"');
        Program once = history -> history.steps().isEmpty()
                ? new Next.Steps(List.of(TestPrograms.work(1, Effect.READ, step -> Outcome.of(output))))
                : new Next.Succeed("said");
        try (var replica = new TestReplica(url, once)) {
            var run = replica.ended(replica.start("x"));
            var step = replica.runs.events(TENANT, run.id(), 1, 1).getFirst();
            assertThat(Json.read(step.data()).at("/step/output")).isEqualTo(Json.read(output));
            assertThat(TestDatabase.query(url, "SELECT last ~ '[\\x01-\\x04]' FROM runs"))
                    .isEqualTo("t");
        }
    }

    @Test
    void failed_last_step_is_told_as_failed() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.parallel(2, Effect.READ, step -> {
            if (step.step() == 1) {
                throw new IllegalStateException("no idea");
            }
            return Outcome.of("1");
        }))) {
            var run = replica.ended(replica.start("x"));
            assertThat(replica.types(run)).contains("step.failed", "step.succeeded");
            assertThat(replica.runs.steps(TENANT, run.id())).hasSize(2);
        }
    }

    @Test
    void steps_asked_for_together_run_side_by_side() throws Exception {
        var together = new CountDownLatch(3);
        PlannedStep.Body body = step -> {
            together.countDown();
            Await.open(together);
            return Outcome.of("1");
        };
        try (var replica = new TestReplica(url, TestPrograms.parallel(3, Effect.READ, body))) {
            assertThat(replica.ended(replica.start("x")).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void keyed_step_has_its_intent_on_record_before_it_begins() throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.KEYED, step -> {
            seen.add(TestDatabase.query(url, "SELECT string_agg(type::text, ' ' ORDER BY seq) FROM log"));
            return Outcome.of("1");
        }))) {
            replica.ended(replica.start("x"));
            assertThat(seen).containsExactly("run.created step.started");
        }
    }

    @Test
    void program_that_throws_ends_the_run_as_failed_with_the_cause() throws Exception {
        try (var replica = new TestReplica(url, history -> {
            throw new IllegalStateException("no idea");
        })) {
            var run = replica.ended(replica.start("x"));
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.failure().message()).contains("no idea");
        }
    }

    @Test
    void step_that_dies_of_an_error_ends_as_failed() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, step -> {
            throw new NoClassDefFoundError("a/Tool");
        }))) {
            var run = replica.ended(replica.start("x"));
            assertThat(replica.types(run)).contains("step.failed");
            assertThat(replica.runs
                            .recorded(TENANT, run.id())
                            .getFirst()
                            .outcome()
                            .failure()
                            .message())
                    .contains("a/Tool");
        }
    }

    @Test
    void cancelled_run_interrupts_its_step_and_ends() throws Exception {
        var begun = new CountDownLatch(1);
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, step -> {
            begun.countDown();
            Await.forever();
            return Outcome.of("never");
        }))) {
            var run = replica.start("x");
            Await.open(begun);
            replica.runs.cancel(TENANT, run.id());
            assertThat(replica.ended(run).state()).isEqualTo(RunState.CANCELLED);
        }
    }

    @Test
    void waiting_run_holds_nothing_and_wakes_by_the_databases_clock() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.sleep(Duration.ofMillis(300)))) {
            var run = replica.ended(replica.start("x"));
            assertThat(run.output()).isEqualTo("\"rested\"");
            assertThat(replica.types(run))
                    .containsExactly(
                            "run.created",
                            "step.started",
                            "run.waiting",
                            "run.claimed",
                            "step.succeeded",
                            "run.succeeded");
        }
    }

    @Test
    void waiting_run_can_be_cancelled() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.sleep(Duration.ofHours(1)))) {
            var run = replica.start("x");
            awaitType(replica, run, "run.waiting");
            assertThat(replica.runs.cancel(TENANT, run.id()).state()).isEqualTo(RunState.CANCELLED);
            assertThat(replica.ended(run).state()).isEqualTo(RunState.CANCELLED);
        }
    }

    @Test
    void thread_takes_one_run_at_a_time() throws Exception {
        var go = new CountDownLatch(1);
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, step -> {
            go.await();
            return Outcome.of("1");
        }))) {
            var first = replica.start("x");
            var second = NewRun.of(TENANT, new Program.Pin("agent", "test", 1), "[]")
                    .thread(first.thread())
                    .build();

            assertThatThrownBy(() -> replica.runs.start(second))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.THREAD_BUSY));
            go.countDown();
            replica.ended(first);
            var run = replica.ended(replica.runs.start(second));

            assertThat(TestThreads.of(replica.database).turns(TENANT, first.thread(), null, 100))
                    .extracting(Conversation.Turn::run)
                    .containsExactly(first.id(), run.id());
            assertThat(replica.runs
                            .list(TENANT, new RunFilter(null, null, null, first.thread()), null, 10)
                            .data())
                    .hasSize(2);
            assertThat(TestThreads.of(replica.database)
                            .list(TENANT, Conversation.Shown.USUAL, null, 10)
                            .data())
                    .hasSize(1);
        }
    }

    @Test
    void same_idempotency_key_answers_with_the_first_run() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, step -> Outcome.of("1")))) {
            var wanted = NewRun.of(TENANT, new Program.Pin("agent", "test", 1), "[]")
                    .idempotencyKey("k1")
                    .build();
            var first = replica.runs.start(wanted);
            assertThat(replica.runs.start(wanted).id()).isEqualTo(first.id());
            var other = NewRun.of(TENANT, new Program.Pin("agent", "test", 1), "[1]")
                    .idempotencyKey("k1")
                    .build();
            assertThatThrownBy(() -> replica.runs.start(other))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT));
            assertThat(TestThreads.of(replica.database)
                            .list(TENANT, Conversation.Shown.USUAL, null, 10)
                            .data())
                    .hasSize(1);
        }
    }

    @Test
    void another_tenant_sees_nothing_of_it() throws Exception {
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, step -> Outcome.of("1")))) {
            var run = replica.ended(replica.start("x"));
            var other = new TenantId("other");
            assertThatThrownBy(() -> replica.runs.get(other, run.id()))
                    .hasMessage("There is no run \"" + run.id() + "\"");
            assertThatThrownBy(() -> replica.runs.cancel(other, run.id())).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> replica.runs.watch(other, run.id(), 0, new Transcript()))
                    .isInstanceOf(Problem.class);
            assertThat(replica.runs.list(other, RunFilter.ALL, null, 10).data()).isEmpty();
            assertThat(TestThreads.of(replica.database).turns(other, run.thread(), null, 100))
                    .isEmpty();
        }
    }

    @Test
    void watcher_sees_committed_events_and_live_text_in_order() throws Exception {
        var watching = new CountDownLatch(1);
        try (var replica = new TestReplica(url, TestPrograms.chain(1, Effect.READ, step -> {
            watching.await();
            step.delta("Hel");
            step.delta("lo");
            return Outcome.of("\"Hello\"");
        }))) {
            var run = replica.start("x");
            var transcript = new Transcript();
            try (var watch = replica.runs.watch(TENANT, run.id(), 0, transcript)) {
                watching.countDown();
                replica.ended(run);
                transcript.awaitEnd();
            }
            assertThat(transcript.text()).isEqualTo("Hello");
            assertThat(transcript.seqs()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void five_hundred_runs_at_once_end_with_few_statements() throws Exception {
        var steps = new AtomicInteger();
        try (var replica = new TestReplica(
                url, TestPrograms.chain(5, Effect.READ, step -> Outcome.of("" + steps.incrementAndGet())))) {
            List<Run> runs = java.util.stream.IntStream.range(0, 500)
                    .mapToObj(n -> replica.start("r" + n))
                    .toList();
            for (var run : runs) {
                assertThat(replica.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
            }
            assertThat(steps).hasValue(2_500);
        }
    }

    private static void awaitType(TestReplica replica, Run run, String type) throws Exception {
        var transcript = new Transcript();
        try (var watch = replica.runs.watch(TENANT, run.id(), 0, transcript)) {
            transcript.awaitType(type);
        }
    }
}
