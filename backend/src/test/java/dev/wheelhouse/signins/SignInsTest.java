package dev.wheelhouse.signins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.mcp.FakeMcpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A person's whole way through a sign-in, and what becomes of its tokens.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInsTest {

    private static final String TIDE = """
            {"name":"tide_at","description":"Tells the tide","annotations":{"readOnlyHint":true},
             "inputSchema":{"type":"object","properties":{"port":{"type":"string"}}}}""";

    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start(Map.of(
                "tool-servers.private-hosts", List.of("localhost"),
                "tool-servers.check-after", "0s",
                "secrets.master-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    }

    @AfterAll
    void stop() {
        server.close();
        browser.close();
    }

    private HttpResponse<String> put(String path, String type, String body) {
        return server.send(server.request(path).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));
    }

    private JsonNode define(String name, FakeMcpServer fake, String more) {
        String text = "name: %s\nnewTools: on\nmcp:\n  url: '%s'\n%s".formatted(name, fake.url(), more);
        var answer = put("/api/v1/tool-servers/" + name, "application/yaml", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.body(answer);
    }

    private JsonNode shown(String name) {
        return TestServer.body(server.get("/api/v1/tool-servers/" + name));
    }

    private HttpResponse<String> begin(String name, String body) {
        return server.post("/api/v1/tool-servers/" + name + "/sign-in", body);
    }

    private static String cookie(HttpResponse<String> begun) {
        return begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    private String agreed(HttpResponse<String> begun) {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        return ask(TestServer.body(begun).path("link").asText(), "")
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<String> ask(String url, String cookie) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url));
            if (!cookie.isEmpty()) {
                request.header("Cookie", cookie);
            }
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> signIn(String name, String body) {
        var begun = begin(name, body);
        return ask(agreed(begun), cookie(begun));
    }

    private String called(String name) {
        put(
                "/api/v1/agents/sailor-" + name,
                "application/yaml",
                "name: sailor-%s\ninstructions: Help\ntools: [%s.*]\n".formatted(name, name));
        var made = server.send(server.json(
                        "/api/v1/agents/sailor-" + name + "/runs",
                        "{\"input\":\"use %s__tide_at {\\\"port\\\":\\\"Kiel\\\"}\"}".formatted(name))
                .header("Prefer", "wait=25"));
        assertThat(made.statusCode()).as(made.body()).isLessThan(300);
        return server.get("/api/v1/runs/" + TestServer.body(made).path("id").asText() + "/steps")
                .body();
    }

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
    void tokens_that_are_over_are_renewed_by_one_for_all() throws Exception {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            define("lock", fake, "");
            signIn("lock", "{}");
            lets.forgetTokens();
            Callable<Integer> ask =
                    () -> server.post("/api/v1/tool-servers/lock/refresh", "").statusCode();
            for (var answer : threads.invokeAll(Collections.nCopies(8, ask))) {
                assertThat(answer.get()).isEqualTo(200);
            }

            assertThat(shown("lock").path("problem").isNull()).isTrue();
            assertThat(lets.grants()).containsExactly("authorization_code", "refresh_token");
            assertThat(called("lock")).contains("called tide_at");
        }
    }

    @Test
    void a_call_under_way_while_somebody_signs_in_takes_that_sign_in() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("cove", fake, "");
            var isFirst = new AtomicBoolean(true);
            fake.http("server/discover", (one, exchange) -> {
                if (one.header("Authorization").isEmpty()) {
                    if (isFirst.getAndSet(false)) {
                        signIn("cove", "{}");
                    }
                    FakeMcpServer.send(exchange, 401, "application/json", "{}");
                } else {
                    fake.answer(one, exchange);
                }
            });
            var asked = TestServer.body(server.post("/api/v1/tool-servers/cove/refresh", ""));

            assertThat(asked.path("problem").isNull()).as(asked.toString()).isTrue();
            assertThat(asked.path("signIn").path("state").asText()).isEqualTo("signed_in");
        }
    }

    @Test
    void tokens_are_renewed_before_they_are_over() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("weir", fake, "");
            lets.tokensLast(10);
            signIn("weir", "{}");
            lets.tokensLast(3600);
            server.post("/api/v1/tool-servers/weir/refresh", "");

            assertThat(lets.grants()).startsWith("authorization_code", "refresh_token");
            assertThat(fake.asked().stream()
                            .filter(one -> one.header("Authorization").isEmpty()))
                    .hasSize(4);
        }
    }

    @Test
    void a_sign_in_that_was_revoked_is_over_until_somebody_signs_in_again() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("dock", fake, "");
            signIn("dock", "{}");
            lets.forgetTokens();
            lets.refuses("invalid_grant");
            var over = TestServer.body(server.post("/api/v1/tool-servers/dock/refresh", ""));

            assertThat(over.path("problem").asText()).contains("gives no token", "invalid_grant", "Sign in again");
            assertThat(over.path("signIn").path("state").asText()).isEqualTo("ended");
            int asked = lets.asked("/token").size();
            assertThat(called("dock")).contains("invalid_grant");
            assertThat(lets.asked("/token")).hasSize(asked);

            lets.refuses("");
            assertThat(signIn("dock", "{}").statusCode()).isEqualTo(303);
            assertThat(lets.asked("/register")).hasSize(1);
            assertThat(called("dock")).contains("called tide_at");
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
    void more_permissions_are_asked_for_beside_those_that_were_given() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:read")) {
            define("ferry", fake, "");
            signIn("ferry", "{}");
            assertThat(called("ferry")).contains("wants more permissions than the sign-in gave: tides:read");
            assertThat(shown("ferry").path("signIn").path("state").asText()).isEqualTo("more");

            signIn("ferry", "{}");
            assertThat(lets.asked("/authorize").getLast().field("scope")).isEqualTo("tides:list tides:read");
            assertThat(called("ferry")).contains("called tide_at");
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
    void signing_out_while_a_token_is_renewed_has_the_last_word() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("ebb", fake, "");
            signIn("ebb", "{}");
            lets.forgetTokens();
            lets.beforeTokens(() -> server.send(
                    server.request("/api/v1/tool-servers/ebb/sign-in").DELETE()));
            var asked = TestServer.body(server.post("/api/v1/tool-servers/ebb/refresh", ""));
            lets.beforeTokens(() -> {});

            assertThat(lets.grants()).containsExactly("authorization_code", "refresh_token");
            assertThat(asked.path("problem").asText()).contains("signed out of \"ebb\"", "Sign in again");
            assertThat(shown("ebb").path("signIn").isNull()).isTrue();
        }
    }

    @Test
    void signing_in_anew_while_a_token_is_renewed_has_the_last_word() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("flow", fake, "");
            signIn("flow", "{}");
            lets.forgetTokens();
            lets.beforeTokens(() -> {
                lets.beforeTokens(() -> {});
                server.send(server.request("/api/v1/tool-servers/flow/sign-in").DELETE());
                signIn("flow", "{}");
            });
            server.post("/api/v1/tool-servers/flow/refresh", "");

            assertThat(lets.grants()).containsExactly("authorization_code", "refresh_token", "authorization_code");
            assertThat(called("flow")).contains("called tide_at");
            assertThat(shown("flow").path("signIn").path("state").asText()).isEqualTo("signed_in");
        }
    }

    @Test
    void signing_out_lets_go_of_everything() {
        try (var lets = new FakeAuthorizationServer();
                var fake = lets.protects(new FakeMcpServer().tools(TIDE), "tides:list")) {
            define("slip", fake, "");
            signIn("slip", "{}");
            var out = server.send(
                    server.request("/api/v1/tool-servers/slip/sign-in").DELETE());
            assertThat(TestServer.body(out).path("signIn").isNull()).isTrue();
            assertThat(called("slip")).contains("wants somebody to sign in");
        }
    }

    @Test
    void says_what_it_is_to_authorization_servers_that_read_it() {
        var client = TestServer.body(ask(server.uri("/api/v1/sign-ins/client").toString(), ""));

        assertThat(client.path("client_id").asText()).endsWith("/api/v1/sign-ins/client");
        assertThat(client.path("grant_types").toString()).contains("refresh_token");
        assertThat(client.path("redirect_uris").get(0).asText()).endsWith("/api/v1/sign-ins/callback");
    }
}
