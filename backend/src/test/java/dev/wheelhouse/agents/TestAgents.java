package dev.wheelhouse.agents;

import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.threads.TestThreads;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Provider;

/// Agents put together as the platform does, for tests of other packages.
public final class TestAgents {

    private TestAgents() {}

    public static Agents of(Database database, Models models, Tools tools) {
        return new Agents(TestAgentStore.of(database), models, tools, OperatorRules.NONE);
    }

    public static ProgramKind programs(
            Database database,
            Agents agents,
            Models models,
            Tools tools,
            Provider<Runs> runs,
            Provider<Programs> programs) {
        return new AgentPrograms(
                agents,
                models,
                tools,
                TestThreads.of(database),
                TestImages.of(database),
                TestBudgets.of(database),
                runs,
                programs);
    }
}
