package dev.wheelhouse.signins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.mcp.FakeMcpServer;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What becomes of the tokens of a sign-in: renewed, revoked, widened, let go of.
class TokensTest extends SignsIn {

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
}
