package dev.wheelhouse.workflows;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.agents.TestAgents;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tools;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Workflows of a test's database, with the demo model and the built-in tools.
final class TestWorkflows {

    final Models models = Demo.models();
    final Tools tools;
    final Agents agents;
    final Workflows workflows;
    private final Database database;

    TestWorkflows(Database database) {
        this(database, TestTools.of(database));
    }

    TestWorkflows(Database database, Tools tools) {
        this.database = database;
        this.tools = tools;
        this.agents = TestAgents.of(database, models, tools, this::own);
        this.workflows = new Workflows(database, TestDatabases.bean(database, WorkflowRepository.class), agents, tools);
    }

    private Agents.Own own() {
        return workflows;
    }

    ProgramKind kind(Supplier<Runs> runs) {
        return new WorkflowPrograms(
                workflows, agents, tools, TestBudgets.of(database), runs::get, InstantSource.system());
    }

    List<ProgramKind> kinds(Supplier<Runs> runs, Supplier<Programs> programs) {
        return List.of(kind(runs), TestAgents.programs(database, agents, models, tools, runs::get, programs::get));
    }
}
