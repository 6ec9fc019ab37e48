package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Finding runs, as clients ask for it.
@PlatformTest
class SearchTest {

    @Inject
    TestServer server;

    private JsonNode ran(String input) {
        return TestServer.body(
                server.send(server.json("/api/v1/agents/assistant/runs", "{\"input\":\"%s\"}".formatted(input))
                        .header("Prefer", "wait=20")));
    }

    @Test
    void run_is_found_by_what_was_asked_and_shown_with_it() {
        var run = ran("note mizzenmast: 12 m");
        var found = TestServer.body(server.get("/api/v1/search?q=mizzen&state=succeeded"));

        assertThat(found.get("data")).hasSize(1);
        var row = found.get("data").get(0);
        assertThat(row.get("id")).isEqualTo(run.get("id"));
        assertThat(row.get("input").asText()).isEqualTo("note mizzenmast: 12 m");
        assertThat(row.get("origin").asText()).isEqualTo("request");
        assertThat(TestServer.body(server.get("/api/v1/search/count?q=mizzen"))
                        .get("runs")
                        .asInt())
                .isEqualTo(1);
        assertThat(TestServer.body(
                                server.get("/api/v1/search?q=" + run.get("id").asText()))
                        .get("data"))
                .hasSize(1);
    }

    @Test
    void failed_run_is_found_by_the_code_of_its_error_and_says_why() {
        var run = ran("fail");
        String code = run.at("/error/code").asText();
        var row = TestServer.body(server.get("/api/v1/search?error=" + code))
                .get("data")
                .get(0);

        assertThat(row.at("/error/message").asText())
                .isEqualTo(run.at("/error/message").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "state=faild, Did you mean \\\"failed\\\"?",
        "sort=costs, Did you mean \\\"cost\\\"?",
        "agnt=x, Did you mean \\\"agent\\\"?",
        "minCost=-1, Send a whole number from 0 to 10^15",
        "minCost=9&maxCost=3, Exchange them",
        "from=yesterday, Send a time such as",
        "thread=7, Send the id of a thread",
        "after=x, Pass nextCursor of the previous page unchanged",
    })
    void what_cannot_be_looked_for_is_said_with_a_remedy(String query, String remedy) {
        var refused = server.get("/api/v1/search?" + query);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(remedy);
    }

    @Test
    void all_mistakes_of_a_search_are_told_at_once() {
        var refused = TestServer.body(server.get("/api/v1/search?state=x&waiting=y&minTokens=z&colour=red"));

        assertThat(refused.get("errors")).hasSize(4);
    }
}
