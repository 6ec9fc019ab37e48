package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Tools that the client executes itself: one run from the question to the answer.
@PlatformTest
class ClientToolCallsTest {

    private static final String WEATHER = """
            {"type":"function","function":{"name":"get_weather","description":"Tells the weather","parameters":
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    @Inject
    TestServer server;

    private ObjectNode ask(String said) {
        var body = Json.mapper().createObjectNode().put("model", "assistant");
        body.putArray("messages").addObject().put("role", "user").put("content", said);
        body.putArray("tools").add(Json.read(WEATHER));
        return body;
    }

    private JsonNode complete(JsonNode body) {
        var response = server.post("/v1/chat/completions", body.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestServer.body(response).path("choices").get(0);
    }

    private static ObjectNode with(ObjectNode body, JsonNode message, String result) {
        var next = body.deepCopy();
        var messages = (ArrayNode) next.path("messages");
        messages.add(message);
        for (var call : message.path("tool_calls")) {
            messages.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", call.path("id").asText())
                    .put("content", result);
        }
        return next;
    }

    private int runs() {
        return TestServer.body(server.get("/api/v1/runs?limit=200"))
                .path("data")
                .size();
    }

    @Test
    void a_call_and_its_result_are_one_run_and_count_once() {
        int before = runs();
        var body = ask("what is 2 * 21, then use get_weather {\"city\":\"Rome\"}");
        var first = complete(body);

        assertThat(first.path("finish_reason").asText()).isEqualTo("tool_calls");
        var call = first.path("message").path("tool_calls").get(0);
        assertThat(call.path("function").path("name").asText()).isEqualTo("get_weather");
        assertThat(Json.read(call.path("function").path("arguments").asText())
                        .path("city")
                        .asText())
                .isEqualTo("Rome");

        var next = with(body, first.path("message"), "It is 21 degrees");
        String answer = complete(next).path("message").path("content").asText();

        assertThat(answer).contains("42").contains("21 degrees");
        assertThat(complete(next).path("message").path("content").asText()).isEqualTo(answer);
        assertThat(runs()).isEqualTo(before + 1);
    }

    @Test
    void another_result_than_before_begins_a_run_of_its_own() {
        var body = ask("use get_weather {\"city\":\"Oslo\"}");
        var first = complete(body);
        complete(with(body, first.path("message"), "It is cold"));
        int before = runs();
        String other = complete(with(body, first.path("message"), "It is warm"))
                .path("message")
                .path("content")
                .asText();

        assertThat(other).contains("It is warm");
        assertThat(runs()).isEqualTo(before + 1);
    }

    @Test
    void a_forced_call_is_made_whatever_was_asked() {
        var body = ask("hello");
        body.putObject("tool_choice")
                .put("type", "function")
                .putObject("function")
                .put("name", "get_weather");

        assertThat(complete(body).path("finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void no_call_is_made_where_none_is_wanted() {
        var body = ask("use get_weather {\"city\":\"Oslo\"}").put("tool_choice", "none");

        assertThat(complete(body).path("finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void a_name_of_the_agents_own_tool_is_refused() {
        var body = ask("hello");
        ((ObjectNode) body.path("tools").get(0).path("function")).put("name", "clock");
        HttpResponse<String> response = server.post("/v1/chat/completions", body.toString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(response).path("error").path("param").asText())
                .isEqualTo("tools");
        assertThat(response.body()).contains("clock");
    }

    @Test
    void people_are_not_asked_about_a_clients_tool() {
        complete(ask("use get_weather {\"city\":\"Bergen\"}"));

        assertThat(TestServer.body(server.get("/api/v1/approvals?state=open")).path("data"))
                .isEmpty();
    }

    @Test
    void an_answer_stops_before_a_stop_text_and_within_its_bound() {
        var stopped = ask("long answer").put("stop", "durable");
        assertThat(complete(stopped).path("message").path("content").asText()).doesNotContain("durable");

        var bounded = complete(ask("long answer").put("max_tokens", 5));
        assertThat(bounded.path("finish_reason").asText()).isEqualTo("length");
        assertThat(bounded.path("message").path("content").asText()).hasSizeLessThan(40);
    }

    @Test
    void a_conversation_with_results_of_other_servers_goes_on() {
        var body = ask("hello");
        var messages = (ArrayNode) body.path("messages");
        messages.add(Json.read("""
                {"role":"assistant","content":null,"tool_calls":[{"id":"call_of_others","type":"function","function":
                {"name":"get_weather","arguments":"{}"}}]}"""));
        messages.add(Json.read("{\"role\":\"tool\",\"tool_call_id\":\"call_of_others\",\"content\":\"It rains\"}"));

        assertThat(complete(body).path("message").path("content").asText()).contains("It rains");
    }

    @Test
    void an_answer_matches_the_schema_that_was_sent() {
        var body = ask("hello");
        body.remove("tools");
        body.set("response_format", Json.read("""
                {"type":"json_schema","json_schema":{"name":"rope","strict":true,"schema":{"type":"object",
                "properties":{"length":{"type":"integer"}},"required":["length"],"additionalProperties":false}}}"""));
        String answer = complete(body).path("message").path("content").asText();

        assertThat(Json.read(answer).path("length").isIntegralNumber())
                .as(answer)
                .isTrue();
    }
}
