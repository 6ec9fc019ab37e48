package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// What people say of answers is kept, replaced, found and taken back.
@PlatformTest
class FeedbackTest {

    @Inject
    TestServer server;

    private JsonNode ran(String input) {
        return TestServer.body(
                server.send(server.json("/api/v1/agents/assistant/runs", "{\"input\":\"%s\"}".formatted(input))
                        .header("Prefer", "wait=20")));
    }

    private HttpResponse<String> rate(JsonNode run, String body) {
        return server.send(server.request(
                        "/api/v1/runs/%s/feedback".formatted(run.get("id").asText()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private JsonNode of(JsonNode run) {
        return TestServer.body(server.get(
                        "/api/v1/feedback?thread=" + run.get("thread").asText()))
                .get("data");
    }

    @Test
    void later_verdict_replaces_the_first() {
        var run = ran("hello");

        rate(run, "{\"rating\":\"up\"}");
        rate(run, "{\"rating\":\"down\",\"comment\":\" The tide table is of last year \"}");

        assertThat(of(run)).hasSize(1);
        assertThat(of(run).at("/0/rating").asText()).isEqualTo("down");
        assertThat(of(run).at("/0/comment").asText()).isEqualTo("The tide table is of last year");
    }

    @Test
    void runs_are_found_by_what_was_said_of_them() {
        var good = ran("note foretop: 1 m");
        var bad = ran("note foretop: 2 m");
        rate(good, "{\"rating\":\"up\"}");
        rate(bad, "{\"rating\":\"down\"}");

        var found = TestServer.body(server.get("/api/v1/search?feedback=down&q=foretop"));
        assertThat(found.get("data")).hasSize(1);
        assertThat(found.at("/data/0/id")).isEqualTo(bad.get("id"));
        assertThat(TestServer.body(server.get("/api/v1/search/count?feedback=down&q=foretop"))
                        .get("runs")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void verdict_that_is_taken_back_is_gone() {
        var run = ran("hello");
        rate(run, "{\"rating\":\"up\"}");

        server.send(server.request(
                        "/api/v1/runs/%s/feedback".formatted(run.get("id").asText()))
                .DELETE());

        assertThat(of(run)).isEmpty();
    }

    @Test
    void unknown_rating_is_refused_with_the_nearest_word() {
        var refused = rate(ran("hello"), "{\"rating\":\"upp\",\"stars\":5}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Did you mean").contains("stars");
        assertThat(server.get("/api/v1/search?feedback=bad").statusCode()).isEqualTo(400);
    }
}
