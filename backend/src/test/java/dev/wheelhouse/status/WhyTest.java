package dev.wheelhouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WhyTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(Map.of(
                "traces.link", "https://jaeger.example.org/trace/{trace}",
                "traces.log-link", "https://logs.example.org/?run={run}"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String run(String agent, String message) {
        return TestServer.body(server.send(server.json(
                                "/api/v1/agents/" + agent + "/runs",
                                "{\"input\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]}")
                        .header("Prefer", "wait=20")))
                .path("id")
                .asText();
    }

    private static JsonNode why(String run) {
        return TestServer.body(server.get("/api/v1/runs/" + run + "/why"));
    }

    private static void awaitEnd(String run) {
        server.get("/api/v1/runs/" + run + "/events");
    }

    @Test
    void failure_is_told_with_what_has_changed_since_the_last_success() {
        String fine = run("assistant", "calculate 6 * 7");
        awaitEnd(fine);
        server.bean(Agents.class)
                .put(TenantId.DEFAULT, "assistant", "name: assistant\ninstructions: You help otherwise.\n", true);
        String failed = run("assistant", "fail");
        awaitEnd(failed);

        var why = why(failed);

        assertThat(why.path("error").path("code").asText()).isEqualTo("refused");
        assertThat(why.path("error").path("hint").asText()).isNotEmpty();
        assertThat(why.path("step").path("number").asInt()).isEqualTo(1);
        assertThat(why.path("retryFrom").asInt()).isEqualTo(1);
        assertThat(why.path("lastSuccess").path("run").asText()).isEqualTo(fine);
        assertThat(why.path("changes").toString()).contains("{\"what\":\"revision\",\"before\":\"1\",\"now\":\"2\"}");
        assertThat(why.path("traceLink").asText())
                .isEqualTo("https://jaeger.example.org/trace/" + failed.replace("-", ""));
        assertThat(why.path("logLink").asText()).isEqualTo("https://logs.example.org/?run=" + failed);
    }

    @Test
    void run_that_did_not_fail_is_refused_in_words() {
        String fine = run("assistant", "hello");
        awaitEnd(fine);

        var refusal = server.get("/api/v1/runs/" + fine + "/why");

        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(refusal.body()).contains("has not failed: it is succeeded");
        assertThat(server.get("/api/v1/runs/01a22c97-4ca8-7000-91a2-88365b942e62/why")
                        .statusCode())
                .isEqualTo(404);
    }
}
