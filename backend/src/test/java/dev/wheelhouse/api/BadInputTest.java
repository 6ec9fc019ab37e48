package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is sent, the answer is a problem of the 4xx kind that names what is wrong; never a 500, nothing lost.
@PlatformTest
class BadInputTest {

    private static final String START = "/api/v1/agents/assistant/runs";
    private static final List<String> POSTS =
            List.of(START, "/api/v1/threads", "/api/v1/keys", "/api/v1/session", "/chat", "/v1/chat/completions");
    private static final List<String> GETS = List.of(
            "/api/v1/runs", "/api/v1/threads", "/api/v1/keys", "/api/v1/models", "/api/v1/tools", "/api/v1/agents");

    @Inject
    TestServer server;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}{}",
                "{\"input\":}",
                "{\"input\":\"a\",}",
                "{'input':'a'}",
                "NaN",
                "{\"input\":\"\\ud800\"}",
                "{\"message\":\"a\\u0000b\",\"input\":\"a\\u0000b\"}"
            })
    void refuses_bodies_that_are_no_object(String body) {
        POSTS.forEach(path -> refused(server.post(path, body), 400));
    }

    @Test
    void a_workflow_that_is_started_as_an_agent_is_named() {
        server.send(server.request("/api/v1/workflows/evening")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("name: evening\nstates: {done: {succeed: {}}}")));
        server.post("/api/v1/workflows/evening/revisions/1/publish", "");
        var answer = server.post("/api/v1/agents/evening/runs", "{\"input\":\"x\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is a workflow \\\"evening\\\": start that one");
    }

    @Test
    void empty_definition_is_refused_in_our_words() {
        var response = server.send(server.request("/api/v1/agents/buyer")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.noBody()));

        refused(response, 400);
        assertThat(TestServer.body(response).path("detail").asText()).isEqualTo("The body is empty");
    }

    @Test
    void refuses_wrong_types_and_names_every_field() {
        var response = server.post(START, "{\"inptu\":\"a\",\"input\":5,\"thread\":[],\"metadata\":{\"a\":1}}");

        refused(response, 400);
        assertThat(TestServer.body(response).findValuesAsText("path"))
                .containsExactlyInAnyOrder("/inptu", "/input", "/thread", "/metadata/a");
        assertThat(response.body()).contains("Did you mean \\\"input\\\"?");
    }

    @Test
    void refuses_messages_that_are_none() {
        refused(server.post(START, "{\"input\":[]}"), 400);
        refused(server.post(START, "{\"input\":[1,null,[]]}"), 400);
        refused(server.post(START, "{\"input\":[{\"role\":\"system\",\"content\":\"x\"}]}"), 400);
        refused(server.post(START, "{\"input\":[{\"role\":\"assistant\",\"content\":\"x\"}]}"), 400);
        refused(server.post("/v1/chat/completions", "{\"model\":\"assistant\",\"messages\":{}}"), 400);
    }

    @Test
    void refuses_what_is_too_large_as_such() {
        String large = "{\"input\":\"" + "a".repeat(3_000_000) + "\"}";

        POSTS.forEach(path -> refused(server.post(path, large), 413));
    }

    @Test
    void refuses_json_that_is_too_deep() {
        String deep = "{\"input\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        POSTS.forEach(path -> refused(server.post(path, deep), 400));
    }

    @Test
    void refuses_what_is_not_utf_8() {
        byte[] latin = "{\"input\":\"\u00fc\",\"message\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1);

        for (String path : POSTS) {
            refused(
                    server.send(server.request(path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(latin))),
                    400);
        }
    }

    @Test
    void refuses_other_content_types() {
        for (String path : POSTS) {
            refused(
                    server.send(server.request(path)
                            .header("Content-Type", "text/plain")
                            .POST(BodyPublishers.ofString("{}"))),
                    415);
        }
    }

    @Test
    void refusal_of_a_content_type_names_all_that_the_route_reads() {
        var agent = server.send(server.request("/api/v1/agents/x")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("name: x")));
        var run = server.send(server.request(POSTS.getFirst())
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(agent.body()).contains("text/plain", "application/json or ", "application/yaml", "text/yaml");
        assertThat(run.body()).contains("Send application/json");
    }

    @Test
    void refuses_other_methods_and_says_which_there_are() {
        var response = server.send(server.request("/api/v1/runs").DELETE());

        refused(response, 405);
        assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET");
    }

    @Test
    void refuses_bad_cursors_limits_and_filters() {
        for (String path : GETS) {
            for (String query : List.of("limit=0", "limit=201", "limit=x", "limit=", "after=x%00", "after=-1")) {
                var response = server.get(path + "?" + query);
                assertThat(response.statusCode()).as(path + "?" + query).isBetween(400, 404);
            }
        }
        refused(server.get("/api/v1/runs?state=sleeping"), 400);
        refused(server.get("/api/v1/runs?thread=x"), 404);
    }

    @Test
    void refuses_bad_headers() {
        refused(server.send(server.json(START, "{\"input\":\"a\"}").header("Idempotency-Key", "a b")), 400);
        refused(server.send(server.json(START, "{\"input\":\"a\"}").header("Idempotency-Key", "a".repeat(201))), 400);
        refused(server.send(server.request("/api/v1/runs").header("X-Large", "a".repeat(40_000))), 431);
    }

    @Test
    void takes_a_sane_request_id_and_replaces_any_other() {
        var kept = server.send(server.request("/nothing").header("X-Request-Id", "trace-1"));
        var replaced = server.send(server.request("/nothing").header("X-Request-Id", "a<b>"));

        assertThat(kept.headers().firstValue("X-Request-Id")).contains("trace-1");
        assertThat(kept.body()).contains("\"requestId\":\"trace-1\"");
        assertThat(replaced.headers().firstValue("X-Request-Id").orElseThrow()).doesNotContain("<");
    }

    @Test
    void refuses_hundreds_of_seeded_broken_requests() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var response = random.nextBoolean()
                    ? server.post(POSTS.get(random.nextInt(POSTS.size())), broken(random))
                    : server.send(server.request("/api/v1/" + path(random)).GET());
            assertThat(response.statusCode())
                    .as("seed %d round %d", seed, round)
                    .isBetween(400, 499);
            assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        }
        assertThat(server.post(START, "{\"input\":\"still here\"}").statusCode())
                .isEqualTo(201);
    }

    /// A good body with one character struck out, replaced or doubled, and with a field that nobody knows.
    private static String broken(Random random) {
        var text = new StringBuilder("{\"inpu\":\"what is 6 * 7\",\"messag\":\"a\",\"nam\":5,\"model\":{}}");
        for (int times = random.nextInt(4); times >= 0; times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(1, 0xD800));
                default -> text.insert(at, "[{\"\\,:0".charAt(random.nextInt(7)));
            }
        }
        return text.toString();
    }

    private static String path(Random random) {
        String id = random.nextBoolean() ? UUID.randomUUID().toString() : odd(random);
        return switch (random.nextInt(5)) {
            case 0 -> "runs/" + id;
            case 1 -> "runs/" + id + "/events";
            case 2 -> "threads/" + id + "/messages";
            case 3 -> "runs?state=" + odd(random);
            default -> "threads?after=" + odd(random);
        };
    }

    private static String odd(Random random) {
        var text = new StringBuilder("x");
        for (int length = random.nextInt(1, 12); length > 0; length--) {
            text.append("%%%02x".formatted(random.nextInt(256)));
        }
        return text.toString();
    }

    private static void refused(HttpResponse<String> response, int status) {
        assertThat(response.statusCode())
                .as(response.request() + " " + response.body())
                .isEqualTo(status);
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.uri().getPath().startsWith("/v1/")) {
            assertThat(TestServer.body(response).at("/error/message").asText()).isNotBlank();
        } else {
            assertThat(type).startsWith("application/problem+json");
            assertThat(TestServer.body(response).path("requestId").asText()).isNotBlank();
        }
    }
}
