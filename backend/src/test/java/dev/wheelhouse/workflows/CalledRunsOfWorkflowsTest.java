package dev.wheelhouse.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/// What workflows call as runs of their own: agents, members of crews, other workflows.
class CalledRunsOfWorkflowsTest extends RunsWorkflows {

    @Test
    void agent_is_told_its_input_and_its_answer_goes_on() throws Exception {
        var run = ended("""
                first: {agent: clerk, input: "what is ${input.a} * 23", next: end}
                end: {succeed: {output: "${states.first.output}"}}
                """, "{\"a\": 17}");

        assertSucceeded(run);
        assertThat(run.output()).contains("391");
        assertThat(run.usage().outputTokens()).isPositive();
    }

    @Test
    void first_branch_wins_and_the_called_run_of_the_other_is_stopped() throws Exception {
        put("sleeper", """
                first: {wait: {for: 1h}, next: end}
                end: {succeed: {output: late}}
                """);
        var run = ended("""
                first:
                  parallel:
                    join: any
                    branches:
                      slow: {workflow: sleeper, input: "${input}"}
                      quick:
                        start: a
                        states: {a: {wait: {for: 1s}, next: b}, b: {succeed: {output: quick}}}
                  next: end
                end: {succeed: {output: "${states.first.output}"}}
                """, "{}");

        assertSucceeded(run);
        assertThat(run.output()).isEqualTo("{\"quick\":\"quick\"}");
        assertThat(TestDatabase.query(
                        url, "SELECT string_agg(state::text, ' ') FROM runs WHERE parent = '" + run.id() + "'"))
                .isEqualTo("cancelled");
    }

    @Test
    void called_run_that_takes_too_long_is_stopped_and_the_state_fails() throws Exception {
        put("sleeper", """
                first: {wait: {for: 1h}, next: end}
                end: {succeed: {output: late}}
                """);
        var run = ended("""
                first:
                  workflow: sleeper
                  timeout: 1s
                  catch: [{on: [timeout], next: end}]
                  next: end
                end: {succeed: {output: "${error.code}"}}
                """, "{}");

        assertSucceeded(run);
        assertThat(run.output()).isEqualTo("timeout");
        assertThat(TestDatabase.query(
                        url, "SELECT string_agg(state::text, ' ') FROM runs WHERE parent = '" + run.id() + "'"))
                .isEqualTo("cancelled");
    }

    @Test
    void called_runs_share_what_is_left_of_the_limits() throws Exception {
        String text = """
                kind: workflow
                name: tried
                input: {type: object}
                limits: {steps: 10, tokens: 100000}
                start: first
                states:
                  first: {map: {over: "${[1, 2]}", agent: clerk, input: "what is 1 + ${item}"}, next: end}
                  end: {succeed: {output: done}}
                """;
        platform.workflows.put(TestRuns.TENANT, "tried", text, true);
        var run = engine.ended(start("tried", "{}"));

        assertSucceeded(run);
        var caps = TestDatabase.query(
                url,
                "SELECT string_agg(created::json #>> '{caps,tokens}', ' ' ORDER BY id) FROM runs WHERE parent = '"
                        + run.id() + "'");
        assertThat(caps).isEqualTo("50000 50000");
    }

    @Test
    void shipped_workflows_run_on_the_demo_model() throws Exception {
        var shipped = java.nio.file.Path.of("src/main/dist/definitions");
        platform.agents.load(TestRuns.TENANT, shipped);
        platform.workflows.load(TestRuns.TENANT, shipped);

        var refund = engine.ended(start("refund", "{\"order\": \"A1\", \"amount\": 50}"));
        assertSucceeded(refund);
        assertThat(Json.read(refund.structuredOutput())).isEqualTo(Json.read("{\"order\":\"A1\",\"paid\":true}"));
        assertThat(note("refund-A1")).isEqualTo("50");
        assertSucceeded(engine.ended(start("review-crew", "{\"message\": \"The sky is green.\"}")));
        assertSucceeded(engine.ended(start("nightly-digest", "{}")));
        assertThat(note("nightly-digest")).startsWith("Digest: ");
    }

    @Test
    void members_of_a_crew_run_as_agents_of_the_workflow() throws Exception {
        var shipped = java.nio.file.Path.of("src/main/dist/definitions");
        platform.workflows.put(
                TestRuns.TENANT,
                "research-crew",
                java.nio.file.Files.readString(shipped.resolve("research-crew.yaml")),
                true);

        var run = engine.ended(start("research-crew", "{\"message\": \"tides\"}"));

        assertSucceeded(run);
        assertThat(calls(run)).containsExactly("research", "analysis", "report", "done");
        assertThat(called(run))
                .isEqualTo(
                        "agent research-crew/researcher 1, agent research-crew/analyst 1, agent research-crew/writer 1");
        assertThat(run.output()).contains("demo model");
        assertThat(steps(run).get(1).input()).contains("What came of the task");
    }

    @Test
    void manager_calls_members_and_a_stored_agent_beside_them() throws Exception {
        platform.workflows.put(TestRuns.TENANT, "led", """
                kind: workflow
                name: led
                crew:
                  process: hierarchical
                  manager: {role: Boss}
                  members:
                    counter: {role: Counter, tools: [calculator]}
                    helper: {agent: clerk}
                  tasks:
                    count: {description: "${input.message}", expected_output: A number}
                """, true);

        var own = engine.ended(start("led", "{\"message\": \"hand over to counter: what is 20 + 22?\"}"));
        var stored = engine.ended(start("led", "{\"message\": \"hand over to clerk: what is 1 + 2?\"}"));

        assertSucceeded(own);
        assertThat(own.output()).contains("42");
        assertThat(
                        TestDatabase.query(
                                url,
                                "SELECT string_agg(agent, ', ' ORDER BY agent) FROM runs WHERE tenant = 'default' AND parent IS NOT NULL"))
                .isEqualTo("clerk, led/counter, led/manager, led/manager");
        assertThat(stored.output()).contains("3");
    }

    @Test
    void called_agent_may_be_a_workflow_that_takes_a_message() throws Exception {
        platform.workflows.put(TestRuns.TENANT, "echo", """
                kind: workflow
                name: echo
                states: {say: {succeed: {output: "It says ${input.message}"}}}
                """, true);
        platform.workflows.put(TestRuns.TENANT, "asks", """
                kind: workflow
                name: asks
                agents: {asker: {instructions: Ask., tools: [call_agent], agents: [echo]}}
                start: first
                states:
                  first: {agent: asker, next: end}
                  end: {succeed: {output: "${states.first.output}"}}
                """, true);

        var run = engine.ended(start("asks", "{\"message\": \"hand over to echo: hello\"}"));

        assertSucceeded(run);
        assertThat(run.output()).contains("It says hello");
    }
}
