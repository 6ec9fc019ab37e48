package dev.wheelhouse.agents;

import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.programs.ProgramContract;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.threads.TestThreads;
import dev.wheelhouse.tools.TestTools;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/// An agent that asks the model, calls a tool and answers.
class AgentContractTest extends ProgramContract {

    private Database database;

    @Override
    protected ProgramKind plugIn(String url, Supplier<Runs> runs) {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        var models = Demo.models();
        var tools = TestTools.of(database);
        var agents = new Agents(database, TestAgentStore.of(database), models, tools, OperatorRules.NONE);
        agents.put(
                TestRuns.TENANT,
                "clerk",
                "name: clerk\ninstructions: Help.\ntools: [calculator]\nlimits: {steps: 20}\n" + more(),
                true);
        return new AgentPrograms(
                agents,
                models,
                tools,
                TestThreads.of(database),
                TestImages.of(database),
                TestBudgets.of(database),
                runs::get);
    }

    /// More of its definition.
    String more() {
        return "";
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected String name() {
        return "clerk";
    }

    @Override
    protected String input() {
        return "[{\"role\":\"user\",\"content\":\"what is 17 * 23\"}]";
    }
}
