package dev.wheelhouse.agents;

import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.threads.TestThreads;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Provider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Agents put together as the platform does, for tests of other packages.
public final class TestAgents {

    private TestAgents() {}

    public static Agents of(Database database, Models models, Tools tools) {
        return new Agents(database, TestAgentStore.of(database), models, tools, OperatorRules.NONE);
    }

    /// With agents that other definitions have for themselves.
    public static Agents of(Database database, Models models, Tools tools, Provider<Agents.Own> owners) {
        return new Agents(database, TestAgentStore.of(database), models, tools, OperatorRules.NONE, owners);
    }

    /// An agent inside another definition, with the demo model and two tools.
    public static Definition inner(String name, @Nullable String instructions, Fields fields) {
        return new DefinitionReader(Set.of("default"), Set.of("notes_write", "clock", "call_agent"))
                .inner(name, instructions, fields, entry -> null);
    }

    /// Pays for everything.
    public static StepBudget unlimitedBudget() {
        return StepBudget.unlimited();
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
