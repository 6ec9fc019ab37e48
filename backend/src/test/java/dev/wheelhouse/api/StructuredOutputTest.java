package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers in JSON over HTTP: by an agent's definition and by a run's own request.
@PlatformTest
class StructuredOutputTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"},\"n\":{\"type\":\"integer\"}},\"required\":[\"text\",\"n\"]}";

    @Inject
    TestServer server;

    @BeforeAll
    void start() {
        put("plain", "");
        put("shaped", "output:\n  schema: " + SCHEMA + "\n");
        put(
                "impossible",
                "output: {schema: {type: object, properties: {text: {type: string, pattern: '^x+$'}}, required: [text]}}\n");
    }

    private void put(String name, String more) {
        server.bean(Agents.class)
                .put(TenantId.DEFAULT, name, "name: %s\ninstructions: Help.\n%s".formatted(name, more), true);
    }

    private HttpResponse<String> post(String agent, String input, String more) {
        return server.post("/api/v1/agents/" + agent + "/runs", "{\"input\":%s%s}".formatted(Json.quote(input), more));
    }

    private JsonNode ended(HttpResponse<String> made) throws InterruptedException {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var id = RunId.parse(TestServer.body(made).path("id").asText());
        server.bean(Runs.class).await(TenantId.DEFAULT, id, Await.LONGEST);
        return TestServer.body(server.get("/api/v1/runs/" + id));
    }

    @Test
    void agent_with_a_schema_answers_with_a_value_beside_its_text() throws Exception {
        var run = ended(post("shaped", "say ahoy", ""));

        assertThat(run.path("structuredOutput")).isEqualTo(Json.read("{\"text\":\"ahoy\",\"n\":1}"));
        assertThat(Json.read(run.path("output").asText())).isEqualTo(run.path("structuredOutput"));
        var events = TestServer.body(server.get("/api/v1/runs/" + run.path("id").asText() + "/events"))
                .path("data");
        assertThat(events.get(events.size() - 1).path("data").path("structuredOutput"))
                .isEqualTo(run.path("structuredOutput"));
        assertThat(TestServer.body(server.get("/api/v1/agents/shaped"))
                        .path("definition")
                        .path("output")
                        .path("schema"))
                .isEqualTo(Json.read(SCHEMA));
    }

    @Test
    void run_may_bring_a_schema_of_its_own_that_its_reruns_keep() throws Exception {
        var run = ended(post("plain", "say ahoy", ",\"output\":{\"schema\":" + SCHEMA + "}"));
        String path = "/api/v1/runs/" + run.path("id").asText();

        assertThat(run.path("structuredOutput").path("text").asText()).isEqualTo("ahoy");
        for (var again : new String[][] {{"/retry", "{\"step\":1}"}, {"/fork", "{\"step\":0}"}, {"/replay", "{}"}}) {
            assertThat(ended(server.post(path + again[0], again[1])).path("structuredOutput"))
                    .as(again[0])
                    .isEqualTo(run.path("structuredOutput"));
        }
        assertThat(ended(post("plain", "say ahoy", "")).path("structuredOutput").isNull())
                .isTrue();
    }

    @Test
    void wrong_answer_is_corrected_and_both_are_in_the_log() throws Exception {
        var run = ended(post("shaped", "say {\"text\": 1}", ""));

        assertThat(run.path("state").asText()).isEqualTo("succeeded");
        assertThat(run.path("steps").asInt()).isEqualTo(2);
        assertThat(run.path("structuredOutput").path("n").asInt()).isEqualTo(1);
    }

    @Test
    void run_that_never_matches_fails_with_a_code_and_can_be_retried() throws Exception {
        var run = ended(post("impossible", "say ahoy", ""));

        assertThat(run.path("error").path("code").asText()).isEqualTo("invalid_output");
        assertThat(run.path("error").path("hint").asText()).contains("Simplify the schema");
        assertThat(run.path("steps").asInt()).isEqualTo(3);
        var again = ended(server.post("/api/v1/runs/" + run.path("id").asText() + "/retry", "{}"));
        assertThat(again.path("steps").asInt()).isEqualTo(3);
        assertThat(again.path("origin").path("step").asInt()).isEqualTo(1);
    }

    @Test
    void one_key_with_two_schemas_is_a_conflict() {
        String key = UUID.randomUUID().toString();
        String output = ",\"output\":{\"schema\":" + SCHEMA + "}";

        var first = server.send(server.json("/api/v1/agents/plain/runs", "{\"input\":\"hi\"" + output + "}")
                .header("Idempotency-Key", key));
        var other = server.send(
                server.json("/api/v1/agents/plain/runs", "{\"input\":\"hi\"}").header("Idempotency-Key", key));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(other.statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "json"                                                   | /output                          | must be an object
            []                                                       | /output                          | must be an object
            {}                                                       | /output/schema                   | is missing
            {'schema': null}                                         | /output/schema                   | is missing
            {'schema': 'object'}                                     | /output/schema                   | must be an object
            {'schema': {'type': 'array'}}                            | /output/schema/type              | of an object
            {'schema': {'type': 'object'}, 'strict': true}           | /output/strict                   | Unknown field
            {'schema': {'type': 'object', 'requierd': []}}           | /output/schema/requierd          | Unknown keyword
            {'schema': {'type': 'object', '$ref': 'http://x.test'}}  | /output/schema/$ref              | outside this schema
            {'schema': {'type': 'object', 'properties': {'a': {'pattern': '('}}}} | /output/schema/properties/a/pattern | not a pattern
            """)
    void schema_that_cannot_be_used_is_refused_with_its_place(String output, String path, String message) {
        var refused = post("plain", "hi", ",\"output\":" + output.replace('\'', '"'));

        assertThat(refused.statusCode()).isEqualTo(400);
        var mistake = TestServer.body(refused).path("errors").get(0);
        assertThat(mistake.toString()).contains(path).contains(message);
    }
}
