package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tools;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs and loops for tests of caps and budgets.
final class TestLoops {

    /// No cap of these is ever reached by a test.
    static final Definition.Limits WIDE =
            new Definition.Limits(1_000, 1_000, 100_000_000, null, Duration.ofDays(7), 1_000_000_000, 10, 100, 1_000);

    private TestLoops() {}

    static Run run() {
        return run(Run.Asker.NOBODY);
    }

    static Run run(Run.Asker asker) {
        return TestRuns.running(new Program.Pin("agent", "a", 1), asker);
    }

    static AgentLoop loop(Models models, Definition.Limits limits, @Nullable Integer mostOutput, StepBudget budget) {
        return loop(models, TestTools.withoutDatabase(), limits, mostOutput, budget);
    }

    /// Whose answer has to match a schema.
    static AgentLoop loop(Models models, JsonNode schema, Definition.Limits limits) {
        return loop(models, TestTools.withoutDatabase(), limits, null, StepBudget.unlimited(), new AnswerForm(schema));
    }

    /// With all tools there are.
    static AgentLoop loop(
            Models models, Tools tools, Definition.Limits limits, @Nullable Integer mostOutput, StepBudget budget) {
        return loop(models, tools, limits, mostOutput, budget, AnswerForm.TEXT);
    }

    private static AgentLoop loop(
            Models models,
            Tools tools,
            Definition.Limits limits,
            @Nullable Integer mostOutput,
            StepBudget budget,
            AnswerForm form) {
        var definition = new Definition(
                "a",
                "",
                "Be brief.",
                "default",
                List.copyOf(tools.names()),
                Definition.Fetch.NOTHING,
                List.of(),
                List.of(),
                limits,
                NewRun.WhenBusy.REJECT,
                List.of(),
                null,
                mostOutput,
                null);
        return new AgentLoop(
                definition,
                form,
                List.of(new ModelMessage.User("go")),
                models,
                tools.of(TenantId.DEFAULT),
                budget,
                (tenant, name) -> {
                    throw new IllegalStateException("Nobody is called here");
                });
    }
}
