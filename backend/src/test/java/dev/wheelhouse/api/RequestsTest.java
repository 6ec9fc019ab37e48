package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a client does on a good day, over all words of the API.
@Timeout(300)
@PlatformTest
class RequestsTest {

    private static final String START = "/api/v1/agents/assistant/runs";
    private static final String CLERK = """
            {
            \t"name": "clerk",
            \t"description": "Keeps notes",
            \t"instructions": "You keep notes.",
            \t"tools": ["notes_write"],
            \t"limits": {"time": "90s"}
            }""";

    @Inject
    TestServer server;

    @Test
    void run_is_waited_for_and_can_be_looked_at_from_every_side() {
        var response =
                server.send(server.json(START, "{\"input\":\"what is 17 * 23\",\"metadata\":{\"from\":\"test\"}}")
                        .header("Prefer", "respond-async, wait=30"));
        var run = TestServer.body(response);
        String id = run.get("id").asText();

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).contains("/api/v1/runs/" + id);
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=30");
        assertThat(run.get("state").asText()).isEqualTo("succeeded");
        assertThat(run.get("output").asText()).contains("391");
        assertThat(run.at("/metadata/from").asText()).isEqualTo("test");
        assertThat(run.at("/cost/microUnits").asLong(-1)).isZero();
        var steps = TestServer.body(server.get("/api/v1/runs/" + id + "/steps"));
        assertThat(steps.findValuesAsText("kind")).containsExactly("model", "tool", "model");
        assertThat(server.get("/api/v1/runs?agent=assistant&state=succeeded").body())
                .contains(id);
        assertThat(server.get("/traces").body()).contains(id).contains("execute_tool calculator");
        assertThat(server.get("/metrics").body())
                .contains(
                        "wheelhouse_steps_ended_total{kind=\"tool\",name=\"calculator\",state=\"succeeded\",tenant=\"default\"}")
                .contains("wheelhouse_models_tokens_total")
                .contains("wheelhouse_runs_at_once ")
                .contains("http_server_request_duration_seconds_bucket");
        String thread = run.get("thread").asText();
        assertThat(server.get("/api/v1/threads/" + thread + "/messages").body()).contains("17 * 23", "391");
        var turns = TestServer.body(server.get("/api/v1/threads/" + thread + "/events"));
        assertThat(turns.at("/data/0/run/output").asText()).contains("391");
        assertThat(turns.at("/data/0/run/input/0/content").asText()).contains("17 * 23");
    }

    @Test
    void idempotency_key_gets_the_first_answer_again_and_refuses_another_body() {
        var first = server.send(server.json(START, "{\"input\":\"once\"}").header("Idempotency-Key", "k1"));
        var again = server.send(server.json(START, "{\"input\":\"once\"}").header("Idempotency-Key", "k1"));
        var other = server.send(server.json(START, "{\"input\":\"twice\"}").header("Idempotency-Key", "k1"));

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(TestServer.body(again).get("id"))
                .isEqualTo(TestServer.body(first).get("id"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("/problems#conflict");
    }

    @Test
    void busy_thread_refuses_a_second_run_and_tells_clients_not_to_insist() {
        var first = TestServer.body(server.post(START, "{\"input\":\"hold busy\"}"));
        String body = "{\"input\":\"me too\",\"thread\":\"%s\"}"
                .formatted(first.get("thread").asText());

        var second = server.post(START, body);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("/problems#thread-busy");
        assertThat(second.headers().firstValue("x-should-retry")).contains("false");
        assertThat(server.post("/api/v1/runs/" + first.get("id").asText() + "/cancel", "")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void chat_answers_in_one_go_and_goes_on_in_its_thread() {
        var first = TestServer.body(server.post("/chat", "{\"message\":\"what is 2 + 3\"}"));
        var second = TestServer.body(server.post(
                "/chat",
                "{\"message\":\"what is 4 + 5\",\"thread\":\"%s\"}"
                        .formatted(first.get("thread").asText())));

        assertThat(first.get("answer").asText()).contains("5");
        assertThat(first.get("demo").asBoolean()).isTrue();
        assertThat(second.get("answer").asText()).contains("9");
        assertThat(second.get("thread")).isEqualTo(first.get("thread"));
    }

    @Test
    void agent_is_written_as_json_or_yaml_checked_published_and_listed() {
        var dry = put("clerk?dryRun=true", "application/json", CLERK);
        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/agents/clerk").statusCode()).isEqualTo(404);

        assertThat(put("clerk", "application/json", CLERK).statusCode()).isEqualTo(201);
        var next = put("clerk?publish=false", "application/yaml", "name: clerk\ninstructions: You sort notes.\n");
        assertThat(next.statusCode()).isEqualTo(200);
        var agent = TestServer.body(server.get("/api/v1/agents/clerk"));
        assertThat(agent.get("published").asInt()).isEqualTo(1);
        assertThat(agent.get("latest").asInt()).isEqualTo(2);
        assertThat(agent.at("/definition/limits/time").asText()).isEqualTo("90s");
        assertThat(server.get("/api/v1/agents/clerk/revisions/2").body()).contains("You sort notes");
        var published = server.post("/api/v1/agents/clerk/revisions/2/publish", "");
        assertThat(TestServer.body(published).get("published").asInt()).isEqualTo(2);
        assertThat(TestServer.body(server.get("/api/v1/agents/clerk/revisions")).get("data"))
                .hasSize(2);
        assertThat(server.get("/api/v1/agents/clerk/revisions/9").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/agents/clerk/revisions/x").statusCode()).isEqualTo(404);
    }

    @Test
    void definition_is_refused_with_all_mistakes_and_their_lines() {
        var response = put("clerk", "application/yaml", "name: clerk\ninstrutions: x\ntools: [clok]\n");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(TestServer.body(response).get("errors").size()).isGreaterThan(1);
        assertThat(response.body()).contains("\"line\":2").contains("Did you mean");
    }

    @Test
    void tools_and_models_say_what_they_are() {
        assertThat(TestServer.body(server.get("/api/v1/tools")).findValuesAsText("name"))
                .contains("calculator", "clock", "notes_write", "wait");
        assertThat(server.get("/api/v1/models").body()).contains("\"alias\":\"default\",\"demo\":true");
    }

    @Test
    void list_of_runs_comes_in_pages() {
        for (int count = 0; count < 3; count++) {
            server.post(START, "{\"input\":\"hello\"}");
        }
        var first = TestServer.body(server.get("/api/v1/runs?limit=2"));
        var second = TestServer.body(server.get(
                "/api/v1/runs?limit=2&after=" + first.get("nextCursor").asText()));

        assertThat(first.get("hasMore").asBoolean()).isTrue();
        assertThat(second.at("/data/0/id").asText())
                .isNotBlank()
                .isLessThan(first.at("/data/1/id").asText());
    }

    private HttpResponse<String> put(String name, String type, String body) {
        HttpRequest.Builder request = server.request("/api/v1/agents/" + name)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(body));
        return server.send(request);
    }
}
