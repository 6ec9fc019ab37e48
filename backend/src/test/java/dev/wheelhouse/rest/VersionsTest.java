package dev.wheelhouse.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two people who change the same thing: the second one is told, and overwrites nothing.
@PlatformTest
class VersionsTest {

    private static final String AGENT = "/api/v1/agents/edited";

    @Inject
    TestServer server;

    @BeforeEach
    void make() {
        put(AGENT, definition("first"), null, null);
    }

    private static String definition(String instructions) {
        return "{\"name\":\"edited\",\"instructions\":\"%s\"}".formatted(instructions);
    }

    private HttpResponse<String> put(String path, String json, String match, String none) {
        return change("PUT", path, json, match, none);
    }

    private HttpResponse<String> change(String method, String path, String json, String match, String none) {
        var request = server.request(path)
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (match != null) {
            request.header("If-Match", match);
        }
        if (none != null) {
            request.header("If-None-Match", none);
        }
        return server.send(request);
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void change_of_what_was_read_is_made_and_has_a_new_version() {
        String read = tag(server.get(AGENT));

        var changed = put(AGENT, definition("second of mine"), read, null);

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(tag(changed)).isNotEqualTo(read).isEqualTo(tag(server.get(AGENT)));
    }

    @Test
    void change_of_what_somebody_else_has_changed_is_refused() {
        String read = tag(server.get(AGENT));
        put(AGENT, definition("by somebody else"), read, null);

        var refused = put(AGENT, definition("by me"), read, null);

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(TestServer.body(refused).path("type").asText()).isEqualTo("/problems#precondition-failed");
        assertThat(TestServer.body(refused).path("detail").asText())
                .isEqualTo("Agent \"edited\" was changed by somebody else since you read it");
        assertThat(TestServer.body(refused).path("hint").asText()).startsWith("Read it again, compare it");
        assertThat(server.get(AGENT).body()).contains("by somebody else").doesNotContain("by me");
    }

    @Test
    void of_many_changes_of_one_version_exactly_one_is_made() throws Exception {
        String read = tag(server.get(AGENT));
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Callable<Integer>>();
            for (int n = 0; n < 12; n++) {
                String mine = "writer %d of %s".formatted(n, read.replace("\"", ""));
                tries.add(() -> put(AGENT, definition(mine), read, null).statusCode());
            }
            for (Future<Integer> one : threads.invokeAll(tries)) {
                statuses.add(one.get());
            }
        }

        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    }

    @Test
    void agent_that_is_to_be_new_is_not_written_over() {
        assertThat(put(AGENT, definition("x"), null, "*").statusCode()).isEqualTo(412);
        assertThat(put("/api/v1/agents/none-yet", definition("x").replace("edited", "none-yet"), "*", null)
                        .statusCode())
                .isEqualTo(412);
        assertThat(put("/api/v1/agents/fresh", definition("x").replace("edited", "fresh"), null, "*")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    %s              | 200
                    W/%s            | 200
                    *               | 200
                    "0-0", %s       | 200
                    "0-0",%s , "x"  | 200
                    "0-0"           | 412
                    ""              | 412
                    "a,b"           | 412
                    "a, b"          | 400
                    0-0             | 400
                    "0-0            | 400
                    "0-0" "1-1"     | 400
                    ,               | 400
                    """)
    void if_match_is_read_by_the_letter(String form, int status) {
        String sent = form.replace("%s", tag(server.get(AGENT)));

        assertThat(put(AGENT, definition("for " + form.replace("\"", "'")), sent, null)
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void who_has_it_already_gets_no_copy() {
        String read = tag(server.get(AGENT));
        var same = server.send(server.request(AGENT).header("If-None-Match", read));
        var other = server.send(server.request(AGENT).header("If-None-Match", "\"0-0\""));

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(tag(same)).isEqualTo(read);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void publishing_is_a_change_too() {
        String read = tag(server.get(AGENT));
        put(AGENT, definition("published by somebody"), null, null);

        assertThat(change("POST", AGENT + "/revisions/1/publish", null, read, null)
                        .statusCode())
                .isEqualTo(412);
        assertThat(change("POST", AGENT + "/revisions/1/publish", null, tag(server.get(AGENT)), null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void budget_is_changed_and_removed_only_in_the_version_that_was_read() {
        var made = TestServer.body(server.post(
                "/api/v1/budgets",
                "{\"scope\":\"agent\",\"subject\":\"v\",\"unit\":\"calls\",\"period\":\"day\",\"cap\":5}"));
        String path = "/api/v1/budgets/" + made.path("id").asText();
        String read = "\"" + made.path("version").asText() + "\"";

        assertThat(change("PATCH", path, "{\"cap\":6}", read, null).statusCode())
                .isEqualTo(200);
        assertThat(change("PATCH", path, "{\"cap\":7}", read, null).statusCode())
                .isEqualTo(412);
        assertThat(change("DELETE", path, null, read, null).statusCode()).isEqualTo(412);
        assertThat(change("DELETE", path, null, null, null).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "a", "", "W/\"a\""})
    void if_none_match_of_a_change_is_only_a_star(String form) {
        assertThat(put(AGENT, definition("x"), null, form).statusCode()).isEqualTo(400);
    }

    @Test
    void key_that_was_used_for_another_thread_is_refused() {
        var first = open("{\"title\":\"one\"}");

        assertThat(TestServer.body(open("{\"title\":\"one\"}")).path("id"))
                .isEqualTo(TestServer.body(first).path("id"));
        assertThat(open("{\"title\":\"two\"}").statusCode()).isEqualTo(409);
        assertThat(open("{\"title\":\"one\",\"agent\":\"assistant\"}").statusCode())
                .isEqualTo(409);
    }

    private HttpResponse<String> open(String body) {
        return server.send(server.json("/api/v1/threads", body).header("Idempotency-Key", "thread-once"));
    }
}
