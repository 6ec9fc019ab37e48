package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.http.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPortTest {

    private final HttpClient client = HttpClient.newHttpClient();

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> get(int port, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void port_of_metrics_answers_without_a_key_and_serves_nothing_else() throws Exception {
        int port = freePort();
        try (var server = TestServer.start(Map.of("http.metrics-port", port))) {
            var metrics = get(port, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.body()).contains("jvm_memory_used_bytes", "wheelhouse_runs_at_once");
            for (String other :
                    new String[] {"/api/v1/runs", "/v1/models", "/health", "/ready", "/openapi.json", "/"}) {
                assertThat(get(port, other, "Authorization", "Bearer " + TestServer.KEY)
                                .statusCode())
                        .as(other)
                        .isEqualTo(404);
            }
            assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
            assertThat(get(server.port(), "/metrics").statusCode()).isEqualTo(401);
            assertThat(get(server.port(), "/health").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void number_that_is_no_port_is_refused_in_words(int port) {
        assertThatThrownBy(() -> TestServer.start(Map.of("http.metrics-port", port)))
                .hasStackTraceContaining("http.metrics-port is %d, which is not a port".formatted(port));
    }
}
