package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.threads.Conversation;
import dev.wheelhouse.threads.TestThreads;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tools;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Agents that call agents, by the real engine with the demo model.
class CallAgentTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Run.Asker ASKER = new Run.Asker("ann's key", UUID.randomUUID(), "ann");

    private final String url = TestDatabase.fresh();
    private final Models models = Demo.models();
    private Database database;
    private Agents agents;
    private TestRuns engine;

    @BeforeEach
    void open() {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        Tools tools = TestTools.of(database);
        agents = new Agents(database, TestAgentStore.of(database), models, tools, OperatorRules.NONE);
        var programs = new AgentPrograms[1];
        engine = new TestRuns(url, run -> programs[0].load(run));
        programs[0] = new AgentPrograms(
                agents,
                models,
                tools,
                TestThreads.of(engine.database()),
                TestImages.of(engine.database()),
                TestBudgets.of(database),
                engine::runs);
        put("clerk", "tools: [calculator, wait]");
    }

    @AfterEach
    void close() throws InterruptedException {
        engine.close();
        database.close();
    }

    private void put(String name, String rest) {
        agents.put(TENANT, name, "name: %s\ninstructions: Help.\n%s\n".formatted(name, rest), true);
    }

    private Run start(String agent, String said) {
        return engine.runs()
                .start(NewRun.of(
                                TENANT,
                                new Program.Pin("agent", agent, 1),
                                "[{\"role\":\"user\",\"content\":%s}]".formatted(dev.wheelhouse.base.Json.quote(said)))
                        .asker(ASKER)
                        .build());
    }

    private Run ended(Run run) throws InterruptedException {
        return engine.runs().await(TENANT, run.id(), Await.LONGEST);
    }

    private Run called(Run by) {
        return engine.runs().list(TENANT, RunFilter.ALL, null, 50).data().stream()
                .filter(run -> run.parent() != null && run.parent().run().equals(by.id()))
                .map(run -> engine.runs().get(TENANT, run.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void called_agent_works_for_the_same_person_and_counts_in_its_caller() throws Exception {
        put("boss", "tools: [call_agent]\nagents: [clerk]");

        var run = ended(start("boss", "hand over to clerk: what is 17 * 23"));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.output()).contains("391");
        var called = called(run);
        assertThat(called.asker()).isEqualTo(ASKER);
        assertThat(called.depth()).isEqualTo(1);
        assertThat(called.caps()).contains("\"depth\":3");
        assertThat(run.usage().inputTokens())
                .isGreaterThan(called.usage().inputTokens())
                .isPositive();
        assertThat(TestThreads.of(engine.database())
                        .list(TENANT, Conversation.Shown.USUAL, null, 50)
                        .data())
                .extracting(thread -> thread.lastRun())
                .containsExactly(run.id());
    }

    @Test
    void called_agent_with_an_output_schema_returns_a_json_value() throws Exception {
        put(
                "judge",
                "output: {schema: {type: object, properties: {text: {type: string}, points: {type: integer}}, required: [text, points]}}");
        put("boss", "tools: [call_agent]\nagents: [judge]");

        var run = ended(start("boss", "hand over to judge: say ahoy"));

        assertThat(called(run).structuredOutput()).isEqualTo("{\"text\":\"ahoy\",\"points\":1}");
        assertThat(engine.runs().recorded(TENANT, run.id()).get(1).outcome().output())
                .endsWith(",\"output\":{\"text\":\"ahoy\",\"points\":1}}");
        assertThat(run.structuredOutput()).isNull();
    }

    @Test
    void agent_that_is_not_listed_is_refused_with_those_that_are() throws Exception {
        put("boss", "tools: [call_agent]\nagents: [clerk]");

        var run = ended(start("boss", "hand over to clark: what is 17 * 23"));

        assertThat(run.output()).contains("may not call the agent \"clark\"").contains("clerk");
    }

    @Test
    void depth_is_capped() throws Exception {
        put("boss", "tools: [call_agent]\nagents: [boss]\nlimits: {depth: 2}");

        var run = ended(start("boss", "hand over to boss: hand over to boss: hand over to boss: say deep"));

        assertThat(TestDatabase.query(url, "SELECT max(depth) FROM runs")).isEqualTo("2");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.output()).contains("limit 2");
    }

    @Test
    void called_run_gets_no_more_than_its_caller_has_left() throws Exception {
        put("boss", "tools: [call_agent]\nagents: [clerk]\nlimits: {steps: 3}");

        var run = ended(start("boss", "hand over to clerk: what is 17 * 23"));

        assertThat(called(run).caps()).contains("\"steps\":2");
        assertThat(called(run).failure().code()).isEqualTo("limit_steps");
    }

    private void awaitWaiting(String runs) {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        String waiting = "";
        while (!waiting.equals(runs)) {
            assertThat(System.nanoTime()).as("runs that wait: %s", waiting).isLessThan(end);
            waiting = TestDatabase.query(url, "SELECT count(*) FROM runs WHERE waiting IN ('timer', 'run')");
        }
    }

    @Test
    void cancelling_a_run_cancels_what_it_has_called() throws Exception {
        put("boss", "tools: [call_agent]\nagents: [clerk]");
        var run = start("boss", "hand over to clerk: wait 600 s");
        awaitWaiting("2");

        engine.runs().cancel(TENANT, run.id());

        assertThat(ended(called(run)).state()).isEqualTo(RunState.CANCELLED);
        assertThat(ended(run).state()).isEqualTo(RunState.CANCELLED);
    }
}
