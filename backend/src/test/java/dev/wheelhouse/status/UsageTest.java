package dev.wheelhouse.status;

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
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reports of what runs have used, against the runs themselves; and the page of an installation's health.
@PlatformTest
class UsageTest {

    @Inject
    TestServer server;

    private long cost;
    private long tokens;

    @BeforeAll
    void start() throws Exception {
        put("clerk", "tools: [calculator]");
        put("boss", "tools: [call_agent]\nagents: [clerk]");
        put("tight", "limits: {steps: 1}\ntools: [clock]");
        for (var run : List.of(
                ended("clerk", "say ahoy", ",\"user\":\"=ann, of the watch\""),
                ended("clerk", "what is 6 * 7", ""),
                ended("boss", "hand over to clerk: what is 2 + 2", ""),
                ended("tight", "what time is it", ""))) {
            cost += run.at("/cost/microUnits").asLong();
            tokens += run.at("/usage/inputTokens").asLong()
                    + run.at("/usage/outputTokens").asLong();
        }
    }

    private void put(String name, String more) {
        server.bean(Agents.class)
                .put(TenantId.DEFAULT, name, "name: %s\ninstructions: Help.\n%s".formatted(name, more), true);
    }

    private JsonNode ended(String agent, String input, String more) throws InterruptedException {
        var made =
                server.post("/api/v1/agents/%s/runs".formatted(agent), "{\"input\":\"%s\"%s}".formatted(input, more));
        var id = RunId.parse(TestServer.body(made).path("id").asText());
        server.bean(Runs.class).await(TenantId.DEFAULT, id, Await.LONGEST);
        return TestServer.body(server.get("/api/v1/runs/" + id));
    }

    private List<JsonNode> report(String query) {
        var response = server.get("/api/v1/usage" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return StreamSupport.stream(TestServer.body(response).path("data").spliterator(), false)
                .toList();
    }

    private static long sum(List<JsonNode> rows, String pointer) {
        return rows.stream().mapToLong(row -> row.at(pointer).asLong()).sum();
    }

    @ParameterizedTest
    @CsvSource({"none", "agent", "key", "user", "thread"})
    void each_way_to_tell_apart_adds_up_to_what_the_runs_say(String by) {
        var rows = report("?bucket=total&by=" + by);

        assertThat(sum(rows, "/runs")).isEqualTo(4);
        assertThat(sum(rows, "/failed")).isEqualTo(1);
        assertThat(sum(rows, "/tokens")).isEqualTo(tokens);
        assertThat(sum(rows, "/cost/microUnits")).isEqualTo(cost);
    }

    @Test
    void what_a_run_called_counts_in_it_and_not_again() {
        assertThat(report("?bucket=total&by=agent"))
                .extracting(row -> row.path("name").asText() + " " + row.path("runs"))
                .containsExactly("boss 1", "clerk 2", "tight 1");
    }

    @Test
    void by_model_every_call_counts_where_it_was_made() {
        var rows = report("?bucket=total&by=model");

        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().path("name").asText()).startsWith("demo/");
        assertThat(sum(rows, "/tokens")).isEqualTo(tokens);
        assertThat(sum(rows, "/cost/microUnits")).isEqualTo(cost);
        assertThat(sum(rows, "/runs")).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"hour", "day", "week", "month"})
    void a_time_makes_a_row(String bucket) {
        assertThat(sum(report("?by=agent&bucket=" + bucket), "/runs")).isEqualTo(4);
    }

    @Test
    void another_time_or_another_tenant_has_nothing() {
        assertThat(report("?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z")).isEmpty();
        String stranger = server.keyOf("stranger");
        var theirs = server.send(HttpRequest.newBuilder(server.uri("/api/v1/usage?by=model"))
                .header("Authorization", "Bearer " + stranger));
        assertThat(TestServer.body(theirs).path("data")).isEmpty();
    }

    @Test
    void as_a_table_no_name_is_a_formula() {
        var response =
                server.send(server.request("/api/v1/usage?by=user&bucket=total").header("Accept", "text/csv"));

        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(response.body())
                .startsWith("at,name,runs,failed,tokens,cost_micro_usd,unpriced\r\n")
                .contains("\"'=ann, of the watch\"")
                .endsWith("\r\n");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        var response = server.get("/api/v1/usage?by=agnt&bucket=year&from=x&to=y");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(response).path("errors")).hasSize(4);
        assertThat(response.body()).contains("agent");
        assertThat(server.get("/api/v1/usage?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void health_says_what_waits_to_the_operators_tenant_alone() {
        var health = TestServer.body(server.get("/api/v1/health"));
        var theirs = TestServer.body(server.send(HttpRequest.newBuilder(server.uri("/api/v1/health"))
                .header("Authorization", "Bearer " + server.keyOf("stranger"))));

        assertThat(health.at("/ready/status").asText()).isEqualTo("ready");
        assertThat(health.at("/info/replicas").asInt()).isEqualTo(1);
        assertThat(health.at("/queue/oldestDueMs").isNumber()).isTrue();
        assertThat(theirs.path("queue").isNull()).isTrue();
    }
}
