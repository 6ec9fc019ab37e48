package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that asks again because it had no answer does not start another run.
@PlatformTest
class RetriesTest {

    private static final String TRY = "x-stainless-retry-count";

    @Inject
    TestServer server;

    private HttpResponse<String> ask(String said, int tries) {
        return server.send(server.json(
                        "/v1/chat/completions",
                        "{\"model\":\"assistant\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                                .formatted(said))
                .header(TRY, String.valueOf(tries)));
    }

    private static String id(HttpResponse<String> response) {
        return TestServer.body(response).path("id").asText();
    }

    @Test
    void a_later_try_joins_the_run_of_the_first() {
        String first = id(ask("what is 1 + 1", 0));

        assertThat(id(ask("what is 1 + 1", 1))).isEqualTo(first);
        assertThat(id(ask("what is 1 + 1", 2))).isEqualTo(first);
    }

    @Test
    void the_same_request_is_another_run_where_it_is_no_retry() {
        assertThat(id(ask("what is 2 + 2", 0))).isNotEqualTo(id(ask("what is 2 + 2", 0)));
    }

    @Test
    void a_try_with_another_body_is_another_run() {
        assertThat(id(ask("what is 3 + 3", 0))).isNotEqualTo(id(ask("what is 4 + 4", 1)));
    }

    @Test
    void a_run_that_waits_for_a_person_is_joined_after_the_decision() {
        server.send(server.json("/api/v1/agents/asking", "name: asking\ninstructions: Ask.\ntools: [ask_person]")
                .header("Content-Type", "application/yaml")
                .method(
                        "PUT",
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"asking\",\"instructions\":\"Ask.\",\"tools\":[\"ask_person\"]}"))
                .setHeader("Content-Type", "application/json"));
        String body =
                "{\"model\":\"asking\",\"messages\":[{\"role\":\"user\",\"content\":\"ask a person whether the rope is new\"}]}";
        var first = server.post("/v1/chat/completions", body);

        assertThat(first.statusCode()).isEqualTo(400);
        assertThat(first.body()).contains("waiting_for_approval");

        var open = TestServer.body(server.get("/api/v1/approvals?state=open")).path("data");
        assertThat(open).hasSize(1);
        server.post(
                "/api/v1/approvals/" + open.get(0).path("id").asText() + "/decision",
                "{\"decision\":\"approve\",\"answer\":\"yes\"}");
        var second = server.post("/v1/chat/completions", body);

        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(second.body()).contains("yes");
        assertThat(TestServer.body(server.get("/api/v1/runs?limit=200&agent=asking"))
                        .path("data"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_failure_that_is_repeated_at_once_is_no_other_run(boolean streams) {
        String body = "{\"model\":\"assistant\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"fail\"}]}"
                .formatted(streams);
        var first = server.post("/v1/chat/completions", body);
        var second = server.post("/v1/chat/completions", body);

        assertThat(first.statusCode()).isEqualTo(400);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void a_failed_run_has_a_status_that_nobody_repeats() {
        var failed = ask("fail", 0);

        assertThat(failed.statusCode()).isEqualTo(400);
        assertThat(failed.headers().firstValue("x-should-retry")).contains("false");
        assertThat(TestServer.body(failed).path("error").path("code").asText()).isEqualTo("refused");
    }
}
