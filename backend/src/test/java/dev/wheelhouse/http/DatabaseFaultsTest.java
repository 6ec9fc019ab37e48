package dev.wheelhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.FaultProxy;
import dev.wheelhouse.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A Postgres that refuses, breaks off or falls silent behind a server that goes on. Small forms of the experiments
/// D4 and D12 of the bar.
class DatabaseFaultsTest {

    private static final int ASKED = 20;

    private final long seed = System.nanoTime();
    private final String url = TestDatabase.fresh();
    private final FaultProxy proxy = new FaultProxy(Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1")), seed);

    @AfterEach
    void close() {
        proxy.close();
    }

    private TestServer server(Map<String, Object> more) {
        var settings = new java.util.HashMap<String, Object>(Map.of("database.url", proxy.before(url)));
        settings.putAll(more);
        return TestServer.start(settings);
    }

    @Test
    void replica_cut_off_without_a_word_is_not_ready_until_it_is_back() throws Exception {
        try (var server = server(Map.of())) {
            awaitStatus(server, 200);

            proxy.fallSilent();
            awaitStatus(server, 503);
            var answer = server.get("/ready");
            proxy.speak();
            awaitStatus(server, 200);

            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("Postgres");
        }
    }

    @Test
    void readiness_is_told_at_once_while_postgres_is_silent() throws Exception {
        try (var server = server(Map.of())) {
            proxy.fallSilent();

            long began = System.nanoTime();
            for (int n = 0; n < ASKED; n++) {
                server.get("/ready");
            }

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("each that asked Postgres would hang for 3 s")
                    .isLessThan(Duration.ofSeconds(3).multipliedBy(ASKED / 2));
        }
    }

    /// How soon it is so, `make chaos` measures.
    private static void awaitStatus(TestServer server, int wanted) throws InterruptedException {
        Await.until("/ready says " + wanted, () -> server.get("/ready").statusCode() == wanted);
    }

    @Test
    void statements_that_fail_for_a_moment_are_never_an_error_of_ours() throws Exception {
        try (var server = server(Map.of("database.connections", 2))) {
            var run = server.post("/api/v1/agents/assistant/runs", "{\"input\":\"hello\"}");
            String id = TestServer.body(run).path("id").asText();
            proxy.fail(0.3);
            var calls = new ArrayList<Callable<HttpResponse<String>>>();
            for (int n = 0; n < 120; n++) {
                calls.add(
                        switch (n % 4) {
                            case 0 -> () -> post(server, "/api/v1/agents/assistant/runs", "{\"input\":\"hello\"}");
                            case 1 -> () -> get(server, "/api/v1/runs/" + id);
                            case 2 -> () -> get(server, "/api/v1/runs/" + id + "/steps");
                            default -> () -> get(server, "/api/v1/threads");
                        });
            }

            var answers = together(calls);
            proxy.fail(0);

            assertThat(proxy.met(FaultProxy.Fault.DEADLOCK) + proxy.met(FaultProxy.Fault.RESET_BEFORE))
                    .as("faults that hit, seed %d", seed)
                    .isPositive();
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 503);
                if (answer.statusCode() == 503) {
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                }
            });
        }
    }

    private static HttpResponse<String> get(TestServer server, String path) throws Exception {
        return send(server, server.request(path));
    }

    private static HttpResponse<String> post(TestServer server, String path, String body) throws Exception {
        return send(server, server.json(path, body));
    }

    private static HttpResponse<String> send(TestServer server, HttpRequest.Builder request) throws Exception {
        return server.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<HttpResponse<String>> together(List<Callable<HttpResponse<String>>> calls) {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var call : calls) {
            var answer = new CompletableFuture<HttpResponse<String>>();
            answers.add(answer);
            Thread.ofVirtual().start(() -> {
                try {
                    answer.complete(call.call());
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
