package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.definitions.Defined;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.threads.TestThreads;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Agents in a real Postgres, and runs of them by the real engine with the demo model.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentsTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final TenantId OTHER = new TenantId("other");

    @TempDir
    Path folder;

    private final String url = TestDatabase.fresh();
    private final Models models = Demo.models();
    private Database database;
    private Tools tools;
    private Agents agents;

    @BeforeAll
    void open() {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        tools = TestTools.of(database);
        agents = replica();
    }

    @AfterAll
    void close() {
        database.close();
    }

    private Agents replica() {
        return new Agents(database, TestAgentStore.of(database), models, tools, OperatorRules.NONE);
    }

    private static String yaml(String name, String instructions) {
        return "name: %s\ninstructions: %s\ntools: [clock, calculator, notes_write, notes_read, notes_list]\n"
                .formatted(name, instructions);
    }

    @Test
    void same_text_is_the_same_revision_and_another_text_the_next() {
        agents.put(TENANT, "buyer", yaml("buyer", "Buy."), true);
        var same = agents.put(TENANT, "buyer", yaml("buyer", "Buy."), true);
        var next = agents.put(TENANT, "buyer", yaml("buyer", "Buy less."), false);

        assertThat(same.latest()).isEqualTo(1);
        assertThat(next.latest()).isEqualTo(2);
        assertThat(next.published()).isEqualTo(1);
        assertThat(next.definition().instructions()).isEqualTo("Buy.");
        assertThat(agents.revisions(TENANT, "buyer"))
                .extracting(Revision::number, Revision::published)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, false), org.assertj.core.groups.Tuple.tuple(1, true));
    }

    @Test
    void revision_is_published_and_back_again_and_a_missing_one_is_not() {
        agents.put(TENANT, "pilot", yaml("pilot", "One."), true);
        agents.put(TENANT, "pilot", yaml("pilot", "Two."), true);

        assertThat(agents.publish(TENANT, "pilot", 1).definition().instructions())
                .isEqualTo("One.");
        assertThat(agents.publish(TENANT, "pilot", 2).published()).isEqualTo(2);
        assertThatThrownBy(() -> agents.publish(TENANT, "pilot", 3)).hasMessage("Agent \"pilot\" has no revision 3");
    }

    @Test
    void agent_that_is_not_published_cannot_run_and_says_how_to_publish() {
        agents.put(TENANT, "draft", yaml("draft", "Wait."), false);

        assertThatThrownBy(() -> agents.published(TENANT, "draft"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.hint()).contains("such as revision 1"));
    }

    @Test
    void unknown_agent_is_refused_with_a_suggestion_from_its_own_tenant() {
        agents.put(TENANT, "gardener", yaml("gardener", "Dig."), true);

        assertThatThrownBy(() -> agents.get(TENANT, "gardner"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.hint()).isEqualTo("Did you mean \"gardener\"?"));
        assertThatThrownBy(() -> agents.get(OTHER, "gardener"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.hint()).isEqualTo("None are available"));
        assertThat(agents.list(OTHER)).isEmpty();
    }

    @Test
    void definition_sent_to_another_name_is_refused() {
        assertThatThrownBy(() -> agents.put(TENANT, "here", yaml("there", "x"), true))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_DEFINITION));
    }

    @Test
    void changes_at_the_same_moment_get_numbers_of_their_own() throws Exception {
        var replicas = List.of(replica(), replica());
        List<Callable<Defined<Definition>>> changes = IntStream.range(0, 6)
                .<Callable<Defined<Definition>>>mapToObj(
                        n -> () -> replicas.get(n % 2).put(TENANT, "busy", yaml("busy", "Text " + n), true))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var change : threads.invokeAll(changes)) {
                change.get();
            }
        }
        assertThat(agents.revisions(TENANT, "busy"))
                .extracting(Revision::number)
                .containsExactly(6, 5, 4, 3, 2, 1);
        assertThat(replica().get(TENANT, "busy").published()).isEqualTo(6);
    }

    @Test
    void folder_is_loaded_once_and_what_people_publish_stays_over_a_restart() throws IOException {
        Files.writeString(folder.resolve("greeter.yaml"), yaml("greeter", "Greet."));
        Files.writeString(folder.resolve("notes.txt"), "no definition");
        agents.load(TENANT, folder);
        agents.put(TENANT, "greeter", yaml("greeter", "Greet warmly."), true);

        replica().load(TENANT, folder);
        assertThat(agents.get(TENANT, "greeter").definition().instructions()).isEqualTo("Greet warmly.");

        Files.writeString(folder.resolve("greeter.yaml"), yaml("greeter", "Greet by name."));
        agents.load(TENANT, folder);
        assertThat(agents.get(TENANT, "greeter").published()).isEqualTo(3);
    }

    @Test
    void mistakes_of_all_files_are_told_together_with_file_and_line() throws IOException {
        var bad = Files.createDirectory(folder.resolve("bad"));
        Files.writeString(bad.resolve("one.yaml"), "name: one\ninstructions: x\ntools: [clok]\n");
        Files.writeString(bad.resolve("two.yaml"), "name: three\ninstructions: x\n");
        Files.write(bad.resolve("void.yaml"), new byte[] {(byte) 0xC3, 0x28});

        assertThatThrownBy(() -> agents.load(TENANT, bad)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.mistakes())
                    .extracting(Problem.Mistake::path)
                    .containsExactly("one.yaml/tools/0", "two.yaml/name", "void.yaml");
            assertThat(problem.mistakes().getFirst().line()).isEqualTo(3);
        });
    }

    @Test
    void shipped_examples_have_no_mistakes() {
        var shipped = Path.of("src/main/dist/definitions");
        agents.load(TENANT, shipped);

        assertThat(agents.list(TENANT)).extracting(Defined::name).contains("assistant", "note-keeper", "researcher");
        assertThat(agents.get(TENANT, "assistant").latest()).isEqualTo(1);
    }

    @Test
    void thread_goes_on_over_runs_and_each_run_keeps_its_revision() throws Exception {
        agents.put(TENANT, "keeper", yaml("keeper", "Keep."), true);
        var programs = new AgentPrograms[1];
        try (var engine = new TestRuns(url, run -> programs[0].load(run))) {
            programs[0] = new AgentPrograms(
                    agents,
                    models,
                    tools,
                    TestThreads.of(engine.database()),
                    TestImages.of(engine.database()),
                    TestBudgets.of(database),
                    engine::runs);

            var first = ended(engine, "note rope: 40 m, then read note rope", null);
            agents.put(TENANT, "keeper", yaml("keeper", "Keep well."), true);
            var second = ended(engine, "what is 17 * 23 and what time is it", first.thread());

            assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(first.output()).contains("40 m");
            assertThat(second.output()).contains("391");
            assertThat(first.program().revision()).isEqualTo(1);
            assertThat(second.program().revision()).isEqualTo(2);
            assertThat(engine.runs().steps(TENANT, second.id()).getLast()).contains("\"messages\":6");
        }
    }

    private Run ended(TestRuns engine, String said, @Nullable UUID thread) throws InterruptedException {
        int revision = agents.published(TENANT, "keeper").published();
        var run = engine.runs()
                .start(NewRun.of(
                                TENANT,
                                new Program.Pin("agent", "keeper", revision),
                                "[{\"role\":\"user\",\"content\":\"" + said + "\"}]")
                        .thread(thread)
                        .build());
        return engine.runs().await(TENANT, run.id(), Await.LONGEST);
    }
}
