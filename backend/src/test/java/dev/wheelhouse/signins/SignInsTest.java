package dev.wheelhouse.signins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.mcp.FakeMcpServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A person's whole way through a sign-in, and whom it is refused to.
class SignInsTest extends SignsIn {

    @Test
    void a_person_signs_in_and_the_token_reaches_nobody_else() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            var defined = define("harbour", fake, "");
            assertThat(defined.path("problem").asText())
                    .contains("\"harbour\" wants somebody to sign in at \"%s\"".formatted(lets.issuer()));
            assertThat(defined.path("signIn").path("state").asText()).isEqualTo("needed");

            var back = signIn("harbour", "{}");
            assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
            assertThat(back.headers().firstValue("Location")).contains("/tools");

            var signedIn = shown("harbour");
            assertThat(signedIn.path("problem").isNull())
                    .as(signedIn.toString())
                    .isTrue();
            assertThat(signedIn.path("signIn").path("state").asText()).isEqualTo("signed_in");
            assertThat(signedIn.path("signIn").path("issuer").asText()).isEqualTo(lets.issuer());
            assertThat(signedIn.path("tools").path("on").asInt()).isEqualTo(1);

            String token = lets.anyToken();
            fake.on("tools/call", one -> FakeMcpServer.text("you sent " + one.header("Authorization")));
            assertThat(called("harbour")).contains("you sent").doesNotContain(token);
            assertThat(lets.asked("/authorize").getFirst().field("scope")).isEqualTo("tides:list");
            assertThat(lets.asked("/token").getFirst().field("resource")).isEqualTo(fake.url());
            assertThat(lets.asked("/token").getFirst().authorization()).startsWith("Basic ");
        }
    }

    @Test
    void only_the_browser_or_the_caller_that_began_brings_it_back_and_once() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("quay", fake, "");
            String back = agreed(begin("quay", "{}"));

            var stranger = ask(back, "wheelhouse_sign_in=" + "0".repeat(64));
            assertThat(stranger.statusCode()).isEqualTo(403);
            assertThat(stranger.body()).contains("This sign-in was begun elsewhere", "docs/tools.md");
            assertThat(lets.asked("/token")).isEmpty();

            String finish = "/api/v1/tool-servers/quay/sign-in/finish";
            String body = Json.mapper().createObjectNode().put("address", back).toString();
            assertThat(server.post(finish, body).statusCode()).isEqualTo(200);
            assertThat(server.post(finish, body).statusCode()).isEqualTo(404);
            assertThat(shown("quay").path("signIn").path("state").asText()).isEqualTo("signed_in");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example.org, The answer comes from",
        "'', does not say that it comes from",
        "own/, The answer comes from"
    })
    void an_answer_of_another_server_is_refused_before_its_code_is_used(String iss, String says) {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("pier", fake, "");
            lets.says(iss.replace("own", lets.issuer()));
            var back = signIn("pier", "{}");

            assertThat(back.statusCode()).isEqualTo(403);
            assertThat(back.body()).contains(says).contains("Back to the tools");
            assertThat(lets.asked("/token")).isEmpty();
            assertThat(shown("pier").path("signIn").path("problem").asText()).contains(says);
            server.send(server.request("/api/v1/tool-servers/pier").DELETE());
        }
    }

    @Test
    void a_person_who_says_no_is_told_so_in_words() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("mole", fake, "");
            var begun = begin("mole", "{}");
            String back = agreed(begun).replaceAll("code=[^&]+", "error=access_denied");
            var told = ask(back, cookie(begun));

            assertThat(told.statusCode()).isEqualTo(403);
            assertThat(told.body()).contains("was refused: access_denied", "agree to it there");
            assertThat(shown("mole").path("signIn").path("problem").asText()).contains("access_denied");
        }
    }

    @Test
    void a_server_that_changes_its_authorization_server_is_off_until_agreed() {
        try (var lets = new FakeAuthorizationServer();
                var other = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("wharf", fake, "");
            signIn("wharf", "{}");
            other.protects(fake, "tides:list");
            var changed = TestServer.body(server.post("/api/v1/tool-servers/wharf/refresh", ""));

            assertThat(changed.path("signIn").path("state").asText()).isEqualTo("changed");
            assertThat(changed.path("signIn").path("offered").asText()).isEqualTo(other.issuer());
            assertThat(called("wharf")).contains("tool_off");
            assertThat(begin("wharf", "{}").statusCode()).isEqualTo(409);
            assertThat(other.asked("/register")).isEmpty();
            assertThat(other.asked("/token")).isEmpty();

            String agreed = "{\"issuer\":\"%s\"}".formatted(other.issuer());
            assertThat(signIn("wharf", agreed).statusCode()).isEqualTo(303);
            assertThat(other.asked("/register")).hasSize(1);
            assertThat(called("wharf")).contains("called tide_at");
        }
    }

    @Test
    void the_platform_signs_in_by_itself_with_a_secret_that_may_go_there() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            String wants =
                    "  signIn: {grant: client_credentials, clientId: tide-reader, clientSecret: 'secret://reader'}\n";
            String secret = "{\"value\":\"open-sesame-now\",\"hosts\":[\"%s\"]}";
            put("/api/v1/secrets/reader", "application/json", secret.formatted("api.example.org"));
            var refused = define("buoy", fake, wants);
            assertThat(refused.path("problem").asText()).contains("The secret \"reader\" may not be sent to");
            assertThat(lets.asked("/token")).isEmpty();

            put("/api/v1/secrets/reader", "application/json", secret.formatted(lets.issuer()));
            var asked = TestServer.body(server.post("/api/v1/tool-servers/buoy/refresh", ""));
            assertThat(asked.path("problem").isNull()).as(asked.toString()).isTrue();
            assertThat(asked.path("signIn").path("by").asText()).isEqualTo("client credentials");
            assertThat(called("buoy")).contains("called tide_at");
            assertThat(lets.grants()).containsExactly("client_credentials");

            lets.forgetTokens();
            assertThat(called("buoy")).contains("called tide_at");
            assertThat(begin("buoy", "{}").body()).contains("with client credentials, not by a person");
        }
    }

    @Test
    void what_cannot_be_trusted_is_refused_before_anybody_is_sent_there() {
        var changes = Map.<String, java.util.function.Consumer<ObjectNode>>of(
                "does not say that it checks PKCE", json -> json.remove("code_challenge_methods_supported"),
                "calls itself", json -> json.put("issuer", "https://other.example.org"),
                "is without TLS", json -> json.put("authorization_endpoint", "http://evil.example.org/a"),
                "registers no clients by itself", json -> json.remove("registration_endpoint"));
        changes.forEach((says, change) -> {
            try (var lets = new FakeAuthorizationServer().describes(change);
                    var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
                define("reef", fake, "");
                var begun = begin("reef", "{}");
                assertThat(begun.statusCode()).as(begun.body()).isEqualTo(502);
                assertThat(begun.body()).contains(says);
                server.send(server.request("/api/v1/tool-servers/reef").DELETE());
            }
        });
    }

    @Test
    void a_server_that_says_it_is_another_one_gets_no_token() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            fake.http(
                    "GET",
                    (one, exchange) -> FakeMcpServer.send(
                            exchange,
                            200,
                            "application/json",
                            "{\"resource\":\"https://bank.example.org/mcp\",\"authorization_servers\":[\"%s\"]}"
                                    .formatted(lets.issuer())));
            assertThat(define("wreck", fake, "").path("problem").asText())
                    .contains("says that it is \"https://bank.example.org/mcp\"");
            assertThat(begin("wreck", "{}").statusCode()).isEqualTo(502);
            assertThat(lets.asked("/authorize")).isEmpty();
        }
    }

    @Test
    void mistakes_of_a_definition_are_told_at_once() {
        var answer = put("/api/v1/tool-servers/bad", "application/yaml", """
                name: bad
                headers: [{name: Authorization, value: Bearer x}]
                mcp:
                  url: https://tides.example.org/mcp
                  signIn: {grant: client_credentials, issuer: 'ftp://x', scopes: ['a b'], tenant: x}
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "which client_credentials needs", "to show who it is", "a b", "tenant", "header Authorization");
    }

    @Test
    void says_what_it_is_to_authorization_servers_that_read_it() {
        var client = TestServer.body(ask(server.uri("/api/v1/sign-ins/client").toString(), ""));

        assertThat(client.path("client_id").asText()).endsWith("/api/v1/sign-ins/client");
        assertThat(client.path("grant_types").toString()).contains("refresh_token");
        assertThat(client.path("redirect_uris").get(0).asText()).endsWith("/api/v1/sign-ins/callback");
    }
}
