package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.FormerVersion;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A database that 0.1.0 made and filled, upgraded by the start of a replica of this version.
class UpgradeTest {

    private static final UUID OPENED = UUID.fromString("01a22a4e-cc33-7000-9b92-9cf49b3cb186");

    private final String url = TestDatabase.empty();

    /// Its runs are told apart by their agents, as in the recording.
    private static Program program(Run run) {
        return switch (run.program().name()) {
            case "timer" -> TestPrograms.sleep(Duration.ofSeconds(30));
            case "asks", "asks-briefly" -> UpgradeTest::ask;
            case "effect" -> TestPrograms.chain(1, Effect.UNKEYED, step -> Outcome.of("\"repeated\""));
            default -> TestPrograms.chain(3, Effect.KEYED, step -> Outcome.of("\"" + step.step() + "\""));
        };
    }

    private static Next ask(History history) {
        var ask = new PlannedStep.Action.Ask("tool", "{\"tool\":\"notes_write\"}", false, null, "{}");
        return history.steps().isEmpty()
                ? new Next.Steps(List.of(new PlannedStep(1, "decision", "notes_write", null, Effect.READ, null, ask)))
                : new Next.Succeed(
                        String.valueOf(history.steps().getFirst().outcome().output()));
    }

    private List<String> column(String sql) {
        String joined = TestDatabase.query(url, "SELECT string_agg(x, ' ') FROM (" + sql + ") AS t (x)");
        return List.of(joined.split(" "));
    }

    @Test
    void every_run_of_0_1_0_goes_on_to_its_end() throws Exception {
        TestDatabases.prepare(url, FormerVersion.SCHEMA);
        TestDatabase.execute(url, FormerVersion.rows());

        try (var replica = new TestReplica(url, UpgradeTest::program, TestReplica.QUICK)) {
            for (var question : column("SELECT id::text FROM questions WHERE kind = 'tool'")) {
                TestQuestions.answer(replica.database, TENANT, UUID.fromString(question), "{\"decision\":\"approve\"}");
            }
            String doubt = TestDatabase.query(url, "SELECT id FROM questions WHERE kind = 'outcome'");
            assertThat(TestQuestions.answer(
                            replica.database,
                            TENANT,
                            UUID.fromString(doubt),
                            "{\"decision\":\"happened\",\"answer\":\"told\"}"))
                    .isTrue();
            for (var paused : column("SELECT id::text FROM runs WHERE paused")) {
                replica.runs.resume(TENANT, new RunId(UUID.fromString(paused)));
            }

            var ends = new ArrayList<String>();
            for (var id : column("SELECT id::text FROM runs")) {
                var ended = replica.runs.await(TENANT, new RunId(UUID.fromString(id)), Await.LONGEST);
                ends.add(ended.program().name() + " " + ended.output());
            }

            assertThat(ends)
                    .containsExactlyInAnyOrder(
                            "asks {\"decision\":\"approve\"}",
                            "asks {\"decision\":\"approve\"}",
                            "asks-briefly {\"decision\":\"reject\",\"reason\":\"Nobody answered in time\"}",
                            "timer \"rested\"",
                            "effect done \"told\"",
                            "steps done \"3\"",
                            "steps done \"3\"",
                            "steps done \"3\"",
                            "steps done \"3\"",
                            "steps done \"3\"",
                            "steps done \"3\"");
        }
    }

    @Test
    void thread_opened_before_the_upgrade_takes_its_first_run() throws Exception {
        openedThreadTakesItsFirstRun(url);
    }

    @Test
    void thread_is_carried_over_by_an_owner_held_to_the_policies() throws Exception {
        openedThreadTakesItsFirstRun(TestDatabase.freshOfPlainOwner());
    }

    private static void openedThreadTakesItsFirstRun(String database) throws Exception {
        TestDatabases.prepare(database, FormerVersion.SCHEMA);
        TestDatabase.execute(database, FormerVersion.rows());

        try (var replica = new TestReplica(database, UpgradeTest::program, TestReplica.QUICK)) {
            var run = replica.runs.start(NewRun.of(TENANT, new Program.Pin("agent", "steps", 1), "[]")
                    .thread(OPENED)
                    .build());

            assertThat(replica.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    /// As a replica leaves it that ended, or waited too long for somebody's transaction, while it built the index.
    @Test
    void index_whose_building_broke_off_is_built_at_the_next_start() throws Exception {
        TestDatabases.prepare(url, "18");
        TestDatabase.execute(url, """
                CREATE INDEX runs_look ON runs (created_at);
                UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'runs_look'::regclass;
                INSERT INTO flyway_schema_history
                  (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (1000, '021', 'index of when to look', 'SQL', 'V021__index_of_when_to_look.sql', 0, 'x', 0, false)""");

        var database = TestDatabases.open(url);
        database.engine();

        assertThat(TestDatabase.query(url, """
                SELECT indisvalid AND pg_get_indexdef(indexrelid) LIKE '%look_at%'
                FROM pg_index WHERE indexrelid = 'runs_look'::regclass""")).isEqualTo("t");
        database.close();
    }
}
