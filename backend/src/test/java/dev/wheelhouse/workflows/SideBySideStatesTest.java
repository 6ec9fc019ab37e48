package dev.wheelhouse.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.states.WorkflowInput;
import dev.wheelhouse.testing.Await;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Branches of different speed. The slow one is held in its first step, so that no second is guessed: where
/// branches went in step, the quick one could not end.
class SideBySideStatesTest extends RunsWorkflows {

    @Test
    void quick_branch_does_its_three_steps_in_its_own_time() throws Exception {
        put("tried", """
                first:
                  parallel:
                    branches:
                      slow:
                        start: a
                        states:
                          a: {agent: clerk, input: "hold slow-a", next: b}
                          b: {agent: clerk, input: "hold slow-b", next: c}
                          c: {agent: clerk, input: "hold slow-c"}
                      quick:
                        start: a
                        states:
                          a: {agent: clerk, input: "hold quick-a", next: b}
                          b: {agent: clerk, input: "hold quick-b", next: c}
                          c: {agent: clerk, input: "hold quick-c"}
                  next: end
                end: {succeed: {output: "both"}}
                """);
        var run = start("tried", "{}");

        for (String step : List.of("a", "b", "c")) {
            release("quick-" + step);
            Await.until("The quick branch has ended " + step, () -> calls(run).contains("first/quick/" + step));
        }
        assertThat(calls(run)).containsExactly("first/quick/a", "first/quick/b", "first/quick/c");

        for (String step : List.of("a", "b", "c")) {
            release("slow-" + step);
        }
        assertSucceeded(engine.ended(run));
        assertThat(calls(run))
                .hasSize(8)
                .contains("first/slow/a", "first/slow/b", "first/slow/c")
                .endsWith("first", "end");
    }

    /// Whoever holds this name goes on; where nobody does yet, the next one is not held.
    private void release(String name) throws InterruptedException {
        Run releases = engine.runs()
                .start(NewRun.of(
                                TestRuns.TENANT,
                                new Program.Pin("agent", "clerk", 1),
                                WorkflowInput.messages(TextNode.valueOf("release " + name)))
                        .asker(ANN)
                        .build());
        assertSucceeded(engine.ended(releases));
    }
}
