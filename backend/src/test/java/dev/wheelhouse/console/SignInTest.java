package dev.wheelhouse.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@PlatformTest
class SignInTest {

    @Inject
    TestServer server;

    @Test
    void key_becomes_a_cookie_that_pages_cannot_read() {
        var response = signIn();
        String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(cookie).contains("HTTPOnly", "SameSite=Strict", "Path=/").doesNotContain(TestServer.KEY);
        var session = TestServer.body(send("/api/v1/session", "GET", cookie, null));
        assertThat(session.get("csrfToken")).isEqualTo(TestServer.body(response).get("csrfToken"));
    }

    @Test
    void unsafe_method_needs_the_token_of_this_very_session() {
        String cookie = signIn().headers().firstValue("Set-Cookie").orElseThrow();
        var other = TestServer.body(signIn()).get("csrfToken").asText();
        String own = TestServer.body(send("/api/v1/session", "GET", cookie, null))
                .get("csrfToken")
                .asText();

        for (String wrong : new String[] {null, "", "x", other}) {
            var refused = send("/api/v1/threads", "POST", cookie, wrong);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("/problems#csrf-token-missing");
        }
        assertThat(send("/api/v1/threads", "POST", cookie, own).statusCode()).isEqualTo(201);
        assertThat(send("/api/v1/threads", "GET", cookie, null).statusCode()).isEqualTo(200);
    }

    @Test
    void signing_out_ends_the_session() {
        var response = signIn();
        String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
        String token = TestServer.body(response).get("csrfToken").asText();

        assertThat(send("/api/v1/session", "DELETE", cookie, token).statusCode())
                .isEqualTo(204);

        assertThat(send("/api/v1/session", "GET", cookie, null).statusCode()).isEqualTo(401);
    }

    @Test
    void wrong_key_gets_the_same_answer_as_none_that_ever_was() {
        for (String key : List.of("wh_default_" + "z".repeat(40), "wh_nobody_" + "z".repeat(40), "sk-1", "k")) {
            var response = server.send(HttpRequest.newBuilder(server.uri("/api/v1/session"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"key\":\"%s\"}".formatted(key))));
            assertThat(response.statusCode()).as(key).isEqualTo(401);
        }
    }

    @Test
    void key_may_do_what_its_scopes_say_until_it_is_revoked() {
        var made = TestServer.body(server.post("/api/v1/keys", "{\"name\":\"reader\",\"scopes\":[\"read\"]}"));
        String secret = made.get("secret").asText();

        assertThat(as(secret, "/api/v1/runs").statusCode()).isEqualTo(200);
        assertThat(as(secret, "/api/v1/keys").statusCode()).isEqualTo(403);
        assertThat(server.get("/api/v1/keys").body()).contains("reader").doesNotContain(secret);
        server.send(server.request("/api/v1/keys/" + made.get("id").asText()).DELETE());
        assertThat(as(secret, "/api/v1/runs").statusCode()).isEqualTo(401);
    }

    @Test
    void nobody_makes_a_key_that_may_more_than_their_own() {
        var admin = TestServer.body(server.post("/api/v1/keys", "{\"name\":\"admin\",\"scopes\":[\"admin\"]}"));

        var response = server.send(HttpRequest.newBuilder(server.uri("/api/v1/keys"))
                .header("Authorization", "Bearer " + admin.get("secret").asText())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"more\",\"scopes\":[\"run\"]}")));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> signIn() {
        return server.send(HttpRequest.newBuilder(server.uri("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"key\":\"%s\"}".formatted(TestServer.KEY))));
    }

    private HttpResponse<String> as(String key, String path) {
        return server.send(HttpRequest.newBuilder(server.uri(path)).header("Authorization", "Bearer " + key));
    }

    private HttpResponse<String> send(String path, String method, String cookie, String token) {
        var request = HttpRequest.newBuilder(server.uri(path))
                .header("Cookie", cookie.split(";")[0])
                .header("Content-Type", "application/json")
                .method(method, method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        if (token != null) {
            request.header("X-CSRF-Token", token);
        }
        return server.send(request);
    }
}
