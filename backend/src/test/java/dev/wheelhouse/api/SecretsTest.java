package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.http.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A secret's whole way: set by the API, named in a definition, sent by an agent's call to a real server that says it
/// back, and seen nowhere on the way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsTest {

    private static final String VALUE = "sesame/open+up=1";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private TestServer server;
    private HttpServer echo;

    @BeforeAll
    void start() throws IOException {
        byte[] key = "thirty-two bytes of a master key".getBytes(StandardCharsets.US_ASCII);
        server = TestServer.start(Map.of(
                "secrets.master-key", Base64.getEncoder().encodeToString(key), "tools.http-fetch.allow-private", true));
        echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        echo.createContext("/", exchange -> {
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("X-Token"));
            received.add(exchange.getRequestURI().getPath() + " " + token);
            byte[] plain = token.getBytes(StandardCharsets.UTF_8);
            byte[] answer = "{\"headers\":{\"X-Token\":\"%s\",\"encoded\":\"%s\"},\"tide\":\"high\"}"
                    .formatted(token, Base64.getEncoder().encodeToString(plain))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        echo.start();
    }

    @AfterAll
    void stop() {
        echo.stop(0);
        server.close();
    }

    private String here() {
        return "http://localhost:" + echo.getAddress().getPort();
    }

    private HttpResponse<String> put(String name, String body) {
        return server.send(server.request("/api/v1/secrets/" + name)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private void putSecret(String name, String host) {
        var answer = put(
                name, "{\"value\":\"%s\",\"hosts\":[\"%s\"],\"description\":\"Reads tides\"}".formatted(VALUE, host));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("sesame");
    }

    private void agent(String name, String secret) {
        String definition = """
                name: %s
                instructions: You read.
                tools: [http_fetch]
                http_fetch:
                  allow: [localhost, 127.0.0.1]
                  headers:
                    - to: localhost
                      name: X-Token
                      value: secret://%s
                """.formatted(name, secret);
        var answer = server.send(server.request("/api/v1/agents/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(definition)));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    /// What the run, its steps and its events say, all together.
    private String story(String agent, String input) {
        var made = TestServer.body(
                server.post("/api/v1/agents/%s/runs".formatted(agent), "{\"input\":\"%s\"}".formatted(input)));
        String id = made.path("id").asText();
        String run =
                server.send(server.request("/api/v1/runs/" + id + "?wait=20")).body();
        for (int tries = 0; tries < 400 && !run.contains("\"state\":\"succeeded\""); tries++) {
            run = server.send(server.request("/api/v1/runs/" + id)).body();
        }
        return run
                + server.send(server.request("/api/v1/runs/" + id + "/steps")).body()
                + server.send(server.request("/api/v1/runs/" + id + "/events?after=0"))
                        .body();
    }

    @Test
    void agent_sends_a_secret_where_it_is_bound_and_nobody_sees_it() {
        putSecret("tides", here());
        agent("reader", "tides");

        String story = story("reader", "fetch " + here() + "/tides");

        assertThat(received).contains("/tides " + VALUE);
        assertThat(story).contains("high", "[REDACTED]").doesNotContain("sesame", VALUE);
        assertThat(story).doesNotContain(Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void another_host_never_receives_it() {
        putSecret("bound", here());
        putSecret("elsewhere", "https://api.example.org");
        agent("wanderer", "bound");
        agent("lost", "elsewhere");

        story(
                "wanderer",
                "fetch http://127.0.0.1:%d/other".formatted(echo.getAddress().getPort()));
        String refused = story("lost", "fetch " + here() + "/lost");

        assertThat(received).contains("/other null").noneMatch(line -> line.startsWith("/lost"));
        assertThat(refused).contains("may not be sent to").doesNotContain("sesame");
    }

    @Test
    void list_shows_everything_but_values_and_mistakes_do_not_repeat_them() {
        putSecret("listed", "API.example.org:443");

        var list = server.get("/api/v1/secrets").body();
        assertThat(list)
                .contains("\"name\":\"listed\"", "\"hosts\":[\"api.example.org\"]", "\"description\":\"Reads tides\"")
                .doesNotContain("sesame");
        var wrong = put("Wrong%20name", "{\"value\":\"sesame\",\"hosts\":[\"*\",7],\"x\":1}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(put("wrong", "{\"value\":\"sesame\",\"hosts\":[\"*\"]}").body())
                .contains("/value", "/hosts/0")
                .doesNotContain("sesame");
        assertThat(wrong.body()).doesNotContain("sesame");
    }

    @Test
    void secret_of_another_tenant_is_as_missing_as_one_that_nobody_has() {
        putSecret("ours", "api.example.org");
        String stranger = server.keyOf("stranger");

        for (String name : List.of("ours", "nobodys")) {
            var answer = server.send(HttpRequest.newBuilder(server.uri("/api/v1/secrets/" + name))
                    .header("Authorization", "Bearer " + stranger)
                    .DELETE());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
        var list = server.send(HttpRequest.newBuilder(server.uri("/api/v1/secrets"))
                .header("Authorization", "Bearer " + stranger)
                .GET());
        assertThat(list.body()).contains("\"data\":[]");
        assertThat(server.get("/api/v1/secrets").body()).contains("\"ours\"");
        assertThat(server.send(server.request("/api/v1/secrets/ours").DELETE()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void builders_see_the_names_and_administrators_set_and_remove() {
        for (String scope : List.of("read", "run", "approve", "build", "admin")) {
            String key = TestServer.body(
                            server.post("/api/v1/keys", "{\"name\":\"one\",\"scopes\":[\"%s\"]}".formatted(scope)))
                    .path("secret")
                    .asText();
            var list = HttpRequest.newBuilder(server.uri("/api/v1/secrets")).GET();
            var put = HttpRequest.newBuilder(server.uri("/api/v1/secrets/scoped"))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"value\":\"sesame-open-up\",\"hosts\":[\"api.example.org\"]}"));
            var remove =
                    HttpRequest.newBuilder(server.uri("/api/v1/secrets/scoped")).DELETE();
            boolean isAdmin = scope.equals("admin");
            assertThat(statusOf(list, key)).as(scope).isEqualTo(scope.equals("build") ? 200 : 403);
            assertThat(statusOf(put, key)).as(scope).isEqualTo(isAdmin ? 200 : 403);
            assertThat(statusOf(remove, key)).as(scope).isEqualTo(isAdmin ? 204 : 403);
        }
    }

    private int statusOf(HttpRequest.Builder request, String key) {
        return server.send(request.header("Authorization", "Bearer " + key)).statusCode();
    }

    @Test
    void without_a_master_key_the_platform_starts_and_says_what_is_missing() {
        try (var plain = TestServer.start()) {
            var answer = plain.send(plain.request("/api/v1/secrets/a")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"value\":\"sesame-open-up\",\"hosts\":[\"api.example.org\"]}")));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("there is no master key", "SECRETS_MASTER_KEY");
            assertThat(plain.get("/api/v1/secrets").statusCode()).isEqualTo(200);
        }
    }
}
