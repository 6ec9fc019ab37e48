package dev.wheelhouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.faults.FakeEnvelopes;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ProfileTest {

    private static FakeEnvelopes envelopes;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        envelopes = new FakeEnvelopes();
        server = TestServer.start(Map.of("faults.dsn", envelopes.dsn(), "faults.environment", "test"));
    }

    @AfterAll
    static void stop() {
        server.close();
        envelopes.close();
    }

    @Test
    void profile_is_a_page_of_its_own_and_leaves_a_trail() throws Exception {
        var first = CompletableFuture.supplyAsync(() -> server.post("/api/v1/profile?seconds=2", ""));
        Await.until("it has begun", () -> server.get("/api/v1/profile").body().contains("\"endedAt\":null"));

        HttpResponse<String> second = server.post("/api/v1/profile?seconds=1", "");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("A profile is being recorded already");

        var page = first.join();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox allow-scripts;");
        assertThat(page.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(page.body()).contains("<canvas", "Wheelhouse, replica");
        var latest = TestServer.body(server.get("/api/v1/profile")).path("data").path(0);
        assertThat(latest.path("seconds").asInt()).isEqualTo(2);
        assertThat(latest.path("askedBy").asText()).isNotEmpty();
        assertThat(latest.path("bytes").asInt()).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "121", "-1", "ten", "1.5", "99999999999"})
    void time_that_is_none_is_refused(String seconds) {
        assertThat(server.post("/api/v1/profile?seconds=" + seconds, "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void other_tenants_see_neither_profiles_nor_faults() {
        String key = server.keyOf("acme");
        for (String path : new String[] {"/api/v1/profile", "/api/v1/faults"}) {
            var answer = server.send(server.request(path).setHeader("Authorization", "Bearer " + key));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("may not look at the platform as a whole");
        }
    }

    @Test
    void faults_are_listed_and_sent() throws Exception {
        LoggerFactory.getLogger("dev.wheelhouse.Some")
                .error("Thing {} broke.", "of-somebody", new IllegalStateException("of-somebody"));

        Await.until("an envelope", () -> !envelopes.taken().isEmpty());
        Await.until(
                "it counts as sent", () -> server.get("/api/v1/faults").body().contains("\"sends\":\"on\",\"sent\":1"));
        var fault = TestServer.body(server.get("/api/v1/faults")).path("data").path(0);
        assertThat(fault.path("form").asText()).isEqualTo("Thing {} broke.");
        assertThat(fault.path("error").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(fault.path("count").asInt()).isEqualTo(1);
        assertThat(fault.toString() + envelopes.taken()).doesNotContain("of-somebody");
    }
}
