package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.database.Sql;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.FormerVersion;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.threads.TestThreads;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A replica of this version and one of 0.1.0 on the same database, as during a roll-out: the other one is its
/// statements, sent as the roles that it used.
class BesideFormerVersionTest {

    private static final String YES = "{\"decision\":\"approve\",\"by\":\"ann\"}";

    private final String url = TestDatabase.fresh();
    private final TestReplica replica = new TestReplica(url, run -> BesideFormerVersionTest::ask, TestReplica.QUICK);

    @AfterEach
    void close() throws InterruptedException {
        replica.close();
    }

    private static Next ask(History history) {
        var ask = new PlannedStep.Action.Ask("tool", "{\"tool\":\"t\",\"arguments\":{}}", false, null, "{}");
        return history.steps().isEmpty()
                ? new Next.Steps(List.of(new PlannedStep(1, "decision", "t", null, Effect.READ, null, ask)))
                : new Next.Succeed(
                        String.valueOf(history.steps().getFirst().outcome().output()));
    }

    private Sql asTenant() {
        return replica.database.of(TENANT);
    }

    private List<String> former(Sql role, String statement, String column, @Nullable Object... arguments) {
        return role.rows(FormerVersion.statement(statement), row -> row.getString(column), arguments);
    }

    private Run waiting() throws InterruptedException {
        var run = replica.start("x");
        Await.until("the run waits", () -> replica.runs.get(TENANT, run.id()).state() == RunState.WAITING);
        return run;
    }

    private UUID open() {
        return UUID.fromString(TestDatabase.query(url, "SELECT id FROM questions WHERE state = 'open'"));
    }

    private int epoch() {
        return Integer.parseInt(TestDatabase.query(url, "SELECT epoch FROM runs"));
    }

    private List<String> formerAsks(RunId run, int epoch, UUID id) {
        return former(
                replica.database.engine(),
                "ask",
                "answer",
                TENANT.name(),
                run.value(),
                epoch,
                new UUID[] {id},
                new Integer[] {1},
                new Integer[] {2},
                new String[] {"tool"},
                new String[] {"{\"tool\":\"t\"}"},
                new String[] {"h"},
                new String[] {"ann"},
                new String[] {"f"},
                new Long[] {null},
                new String[] {"{}"});
    }

    @Test
    void decision_taken_there_lets_the_run_go_on_here() throws Exception {
        var run = waiting();
        var question = open();

        assertThat(former(
                        asTenant(),
                        "list approvals",
                        "id",
                        TENANT.name(),
                        UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"),
                        10))
                .containsExactly(question.toString());
        assertThat(former(asTenant(), "decide", "state", TENANT.name(), question, "approved", YES, "ann"))
                .containsExactly("approved");

        assertThat(replica.ended(run).output()).isEqualTo(YES);
        assertThat(TestQuestions.answer(replica.database, TENANT, question, YES))
                .isFalse();
    }

    @Test
    void question_asked_there_is_answered_here_once() throws Exception {
        var run = waiting();
        var question = new UUID(1, 2);

        assertThat(formerAsks(run.id(), 1, question)).containsExactly((String) null);
        assertThat(TestDatabase.query(url, "SELECT agent FROM run_questions WHERE id = '" + question + "'"))
                .isEqualTo("test");
        assertThat(TestQuestions.answer(replica.database, TENANT, question, YES))
                .isTrue();

        assertThat(former(asTenant(), "decide", "state", TENANT.name(), question, "approved", YES, "bob"))
                .isEmpty();
        // The answer nudged the run: its owner, who asks with the epoch of now, may be another by the time it asks.
        Await.until("its owner is told the answer", () -> formerAsks(run.id(), epoch(), new UUID(1, 3))
                .equals(List.of(YES)));
    }

    @Test
    void owner_of_the_past_asks_nothing_there_either() throws Exception {
        var run = waiting();

        assertThat(formerAsks(run.id(), 0, new UUID(1, 2))).isEmpty();
    }

    @Test
    void question_edited_there_is_answered_here() throws Exception {
        var run = waiting();
        var successor = new UUID(1, 2);

        former(asTenant(), "edit", "nudge_run", TENANT.name(), open(), "ann", successor, "{\"tool\":\"t\"}", "h", "{}");

        assertThat(open()).isEqualTo(successor);
        assertThat(TestQuestions.answer(replica.database, TENANT, successor, YES))
                .isTrue();
        assertThat(replica.ended(run).output()).isEqualTo(YES);
    }

    @Test
    void run_cancelled_there_withdraws_its_questions_here() throws Exception {
        var run = waiting();
        var question = open();

        former(asTenant(), "cancel", "marked", TENANT.name(), run.id().value());

        assertThat(TestQuestions.answer(replica.database, TENANT, question, YES))
                .isFalse();
        assertThat(replica.ended(run).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void run_cancelled_here_withdraws_its_questions_there() throws Exception {
        var run = waiting();
        var question = open();

        replica.runs.cancel(TENANT, run.id());

        assertThat(former(asTenant(), "decide", "state", TENANT.name(), question, "approved", YES, "ann"))
                .isEmpty();
        assertThat(former(replica.database.engine(), "count open", "open")).isEmpty();
    }

    @Test
    void run_paused_here_and_resumed_there_goes_on_here() throws Exception {
        var run = waiting();
        replica.runs.pause(TENANT, run.id());
        Await.until("nobody needs to look at the run", () -> TestDatabase.query(url, "SELECT look_at FROM runs")
                .equals("infinity"));

        assertThat(former(
                        asTenant(), "resume", "paused", TENANT.name(), run.id().value()))
                .containsExactly("t");

        Await.until("the run is claimed again", () -> TestDatabase.query(url, "SELECT epoch > 1 FROM runs")
                .equals("t"));
        assertThat(TestQuestions.answer(replica.database, TENANT, open(), YES)).isTrue();
        assertThat(replica.ended(run).output()).isEqualTo(YES);
    }

    @Test
    void thread_opened_there_takes_a_run_here() throws Exception {
        var thread = new UUID(1, 2);

        former(asTenant(), "open thread", "id", TENANT.name(), thread, "Rope", null, null, TENANT.name(), null);

        var run = replica.runs.start(NewRun.of(TENANT, new Program.Pin("agent", "test", 1), "[]")
                .thread(thread)
                .build());
        assertThat(run.thread()).isEqualTo(thread);
    }

    @Test
    void thread_opened_here_takes_a_run_there_and_is_listed_by_both() {
        var threads = TestThreads.of(replica.database);
        var thread = threads.open(TENANT, "Rope", null, null).id();
        var run = new UUID(1, 2);

        former(
                replica.database.engine(),
                "create",
                "id",
                "r-other",
                new String[] {TENANT.name()},
                new UUID[] {run},
                new UUID[] {thread},
                new String[] {"test"},
                new Integer[] {1},
                new String[] {null},
                new String[] {null},
                new String[] {null},
                new UUID[] {null},
                new String[] {null},
                new String[] {null},
                new String[] {null},
                new UUID[] {null},
                new Integer[] {null},
                new Integer[] {null},
                new String[] {"{\"input\":[]}"},
                new String[] {"queued"},
                new Integer[] {0},
                new Long[] {0L});

        assertThat(threads.turns(TENANT, thread, null, 10))
                .extracting(turn -> turn.run().value())
                .containsExactly(run);
        assertThat(former(asTenant(), "turns", "id", TENANT.name(), thread, thread, new UUID(-1, -1), 10))
                .containsExactly(run.toString());
    }
}
