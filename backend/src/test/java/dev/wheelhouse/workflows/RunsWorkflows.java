package dev.wheelhouse.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.programs.TestStartRuns;
import dev.wheelhouse.reruns.Reruns;
import dev.wheelhouse.reruns.TestReruns;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.states.WorkflowInput;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tool;
import dev.wheelhouse.tools.ToolContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The real engine with workflows, the demo model and a tool that pays, on a database of its own.
abstract class RunsWorkflows {

    static final Run.Asker ANN = new Run.Asker("ann's key", null, "ann");

    final String url = TestDatabase.fresh();

    final Pays pays = new Pays();

    Database database;

    TestWorkflows platform;

    TestRuns engine;

    Reruns reruns;

    @BeforeEach
    void open() {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        platform = new TestWorkflows(database, TestTools.with(database, pays));
        var opened = new AtomicReference<Programs>();
        engine = new TestRuns(url, run -> opened.get().load(run));
        var programs = new Programs(platform.kinds(engine::runs, opened::get), engine::runs);
        opened.set(programs);
        reruns = TestReruns.of(engine.runs(), programs, TestStartRuns.of(programs, engine.runs()));
        platform.agents.put(TestRuns.TENANT, "clerk", "name: clerk\ninstructions: Help.\ntools: [calculator]\n", true);
    }

    @AfterEach
    void close() throws InterruptedException {
        engine.close();
        database.close();
    }

    /// A workflow of these states that begins at `first`.
    void put(String name, String states) {
        String text = "kind: workflow\nname: %s\ninput: {type: object}\nstart: first\nstates:\n".formatted(name)
                + states.indent(2);
        platform.workflows.put(TestRuns.TENANT, name, text, true);
    }

    Run start(String name, String input) {
        return engine.runs()
                .start(NewRun.of(
                                TestRuns.TENANT,
                                new Program.Pin(Workflows.KIND, name, 1),
                                WorkflowInput.messages(Json.read(input)))
                        .asker(ANN)
                        .build());
    }

    Run ended(String states, String input) throws InterruptedException {
        put("tried", states);
        return engine.ended(start("tried", input));
    }

    List<Step> steps(Run run) {
        return engine.runs().recorded(run.tenant(), run.id());
    }

    List<String> calls(Run run) {
        return steps(run).stream().map(Step::call).toList();
    }

    String note(String name) {
        return TestDatabase.query(url, "SELECT coalesce(max(text), '') FROM notes WHERE name = '" + name + "'");
    }

    static void assertSucceeded(Run run) {
        assertThat(run.state()).as("%s", run.failure()).isEqualTo(RunState.SUCCEEDED);
    }

    /// A fake that takes money once for each key, and breaks off twice after it has.
    static final class Pays implements Tool {

        final List<String> keys = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "pay_once";
        }

        @Override
        public String description() {
            return "Pays.";
        }

        @Override
        public Effect effect() {
            return Effect.KEYED;
        }

        @Override
        public String schema() {
            return "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";
        }

        @Override
        public JsonNode call(JsonNode arguments, ToolContext context) {
            keys.add(context.idempotencyKey());
            if (keys.size() % 3 != 0) {
                throw new Problem(ErrorCode.NOT_READY, "The line broke after the money was taken");
            }
            return Json.mapper().createObjectNode().put("paid", (double)
                    Set.copyOf(keys).size());
        }
    }

    String called(Run run) {
        return TestDatabase.query(
                url,
                "SELECT string_agg(concat_ws(' ', kind, agent, revision), ', ' ORDER BY id) FROM runs WHERE parent = '"
                        + run.id() + "'");
    }
}
