package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@PlatformTest
class ResponsesTest {

    private static final String WEATHER = """
            "tools":[{"type":"function","name":"get_weather","description":"Tells the weather","parameters":
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]""";

    @Inject
    TestServer server;

    private JsonNode respond(String fields) {
        var response = server.post("/v1/responses", "{\"model\":\"assistant\"," + fields + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestServer.body(response);
    }

    private static String text(JsonNode response) {
        return response.path("output")
                .get(0)
                .path("content")
                .get(0)
                .path("text")
                .asText();
    }

    @Test
    void a_response_has_its_text_and_usage() {
        var response = respond("\"input\":\"what is 6 * 7\"");

        assertThat(text(response)).contains("42");
        assertThat(response.path("status").asText()).isEqualTo("completed");
        assertThat(response.path("usage").path("total_tokens").asInt()).isPositive();
    }

    @Test
    void a_conversation_goes_on_from_any_response() {
        var first = respond("\"input\":\"what is 6 * 7\"");
        String previous = ",\"previous_response_id\":\"" + first.path("id").asText() + "\"";
        var second = respond("\"input\":\"what is 2 + 2\"" + previous);
        var other = respond("\"input\":\"what is 3 + 3\"" + previous);

        assertThat(text(second)).contains("4");
        assertThat(text(other)).contains("6");
        var run = TestServer.body(server.get("/api/v1/runs/" + runOf(second)));
        assertThat(run.path("input")).hasSize(3);
        assertThat(run.path("input").get(1).path("content").asText()).contains("42");
    }

    private static String runOf(JsonNode response) {
        return Place.read(Place.RESPONSE, response.path("id").asText())
                .orElseThrow()
                .run()
                .toString();
    }

    @Test
    void a_function_call_and_its_output_are_one_run() {
        var first = respond("\"input\":\"use get_weather {\\\"city\\\":\\\"Rome\\\"}\"," + WEATHER);
        var calls = first.path("output");
        var call = calls.get(calls.size() - 1);
        assertThat(call.path("type").asText()).isEqualTo("function_call");
        var second = respond(
                "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"%s\",\"output\":\"It is 21 degrees\"}],\"previous_response_id\":\"%s\",%s"
                        .formatted(
                                call.path("call_id").asText(), first.path("id").asText(), WEATHER));

        assertThat(text(second)).contains("21 degrees");
        assertThat(runOf(second)).isEqualTo(runOf(first));
    }

    @Test
    void a_response_tells_back_what_it_was_given() {
        var response = respond("""
                "input":"hello","prompt_cache_key":"k","safety_identifier":"s","metadata":{"ship":"Ada"},
                "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object","properties":{}}}}""");

        assertThat(response.path("prompt_cache_key").asText()).isEqualTo("k");
        assertThat(response.path("safety_identifier").asText()).isEqualTo("s");
        assertThat(response.path("metadata").path("ship").asText()).isEqualTo("Ada");
        assertThat(response.path("text").path("format").has("description")).isTrue();
    }

    @Test
    void references_stand_for_what_a_response_said_and_called() {
        var first = respond("\"input\":\"what is 6 * 7\"");
        var called = respond("\"input\":\"use get_weather for Rome\"," + WEATHER);
        var call = called.path("output").get(called.path("output").size() - 1);
        var second = respond("""
                "input":[{"role":"user","content":"what is 6 * 7"},{"type":"item_reference","id":"%s"},
                {"role":"user","content":"use get_weather for Rome"},{"type":"item_reference","id":"%s"},
                {"type":"function_call_output","call_id":"%s","output":"It is 21 degrees"}],%s""".formatted(
                        first.path("output").get(0).path("id").asText(),
                        call.path("id").asText(),
                        call.path("call_id").asText(),
                        WEATHER));

        assertThat(text(second)).contains("21 degrees");
        assertThat(runOf(second)).isEqualTo(runOf(called));
    }

    @Test
    void a_response_is_read_again_by_its_id() {
        var first = respond("\"input\":\"what is 6 * 7\"");
        var again =
                TestServer.body(server.get("/v1/responses/" + first.path("id").asText()));

        assertThat(again.path("output")).isEqualTo(first.path("output"));
        assertThat(server.get("/v1/responses/resp_unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void events_of_a_stream_are_numbered_and_end_with_the_whole() {
        var response = server.send(
                server.json("/v1/responses", "{\"model\":\"assistant\",\"input\":\"what is 6 * 7\",\"stream\":true}"));
        var data = response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> dev.wheelhouse.base.Json.read(line.substring(6)))
                .toList();

        for (int at = 0; at < data.size(); at++) {
            assertThat(data.get(at).path("sequence_number").asInt()).isEqualTo(at);
        }
        assertThat(data.getFirst().path("type").asText()).isEqualTo("response.created");
        assertThat(data.getLast().path("type").asText()).isEqualTo("response.completed");
        assertThat(text(data.getLast().path("response"))).contains("42");
    }

    @Test
    void a_field_that_is_not_carried_out_is_refused_by_its_name() {
        var response = server.post("/v1/responses", "{\"model\":\"assistant\",\"input\":\"x\",\"background\":true}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(response).path("error").path("param").asText())
                .isEqualTo("background");
    }
}
