package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What another run calls is admitted like what a client starts; a refusal is told to the model, and the caller goes
/// on.
@PlatformTest
class CalledRunsTest {

    @Inject
    TestServer server;

    @BeforeAll
    void start() {
        put("clerk", "tools: [calculator]", true);
        put("poor", "", true);
        put("draft", "", false);
        put("boss", "tools: [call_agent]\nagents: [clerk, poor, draft, missing]", true);
        server.post(
                "/api/v1/budgets",
                "{\"scope\":\"agent\",\"subject\":\"poor\",\"unit\":\"calls\",\"cap\":0,\"period\":\"day\"}");
    }

    private void put(String name, String more, boolean isPublished) {
        server.bean(Agents.class)
                .put(TenantId.DEFAULT, name, "name: %s\ninstructions: Help.\n%s".formatted(name, more), isPublished);
    }

    private JsonNode ended(String agent, String input) throws InterruptedException {
        var made = server.post("/api/v1/agents/" + agent + "/runs", "{\"input\":\"" + input + "\"}");
        var id = RunId.parse(TestServer.body(made).path("id").asText());
        server.bean(Runs.class).await(TenantId.DEFAULT, id, Await.LONGEST);
        return TestServer.body(server.get("/api/v1/runs/" + id));
    }

    private JsonNode steps(JsonNode run) {
        return TestServer.body(server.get("/api/v1/runs/" + run.path("id").asText() + "/steps"))
                .path("data");
    }

    @ParameterizedTest
    @CsvSource({
        "boss, poor, over_budget, call budget of agent",
        "boss, draft, unknown_agent, no published revision",
        "boss, missing, unknown_agent, There is no agent",
        "boss, other, unknown_agent, may not call"
    })
    void refusal_is_a_failed_step_and_the_caller_answers(String caller, String called, String code, String message)
            throws Exception {
        var run = ended(caller, "hand over to %s: what is 2 + 2".formatted(called));

        var step = steps(run).get(1);
        assertThat(step.path("state").asText()).as(step.toString()).isEqualTo("failed");
        assertThat(step.path("error").path("code").asText()).isEqualTo(code);
        assertThat(step.path("error").path("message").asText()).contains(message);
        assertThat(run.path("state").asText()).isEqualTo("succeeded");
        assertThat(run.path("output").asText()).contains("failed");
    }

    @Test
    void call_that_is_admitted_is_a_run_of_its_own() throws Exception {
        var run = ended("boss", "hand over to clerk: what is 2 + 2");

        assertThat(steps(run).get(1).path("kind").asText()).isEqualTo("agent");
        assertThat(run.path("output").asText()).contains("4");
    }
}
