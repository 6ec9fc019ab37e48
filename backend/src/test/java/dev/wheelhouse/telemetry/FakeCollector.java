package dev.wheelhouse.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands in for a collector that takes OTLP as JSON over HTTP, and can refuse.
public final class FakeCollector implements AutoCloseable {

    private final HttpServer server;
    private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile int asked;

    public FakeCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            asked++;
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Key")));
            if (status == 200) {
                Json.read(body).path("resourceSpans").forEach(resource -> resource.path("scopeSpans")
                        .forEach(scope -> scope.path("spans").forEach(spans::add)));
            }
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    public void answer(int with) {
        status = with;
    }

    public int asked() {
        return asked;
    }

    public List<String> keys() {
        return keys;
    }

    /// All spans of a run, by its id.
    public List<JsonNode> of(String run) {
        var found = new ArrayList<JsonNode>();
        String trace = spans.stream()
                .filter(span -> attribute(span, "wheelhouse.run.id").equals(run))
                .map(span -> span.path("traceId").asText())
                .findFirst()
                .orElse("");
        spans.stream()
                .filter(span -> span.path("traceId").asText().equals(trace))
                .forEach(found::add);
        return found;
    }

    public static String attribute(JsonNode span, String key) {
        for (var attribute : span.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                var value = attribute.path("value");
                return value.path("stringValue").asText(value.path("intValue").asText());
            }
        }
        return "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
