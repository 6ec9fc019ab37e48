package dev.wheelhouse.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Stands in for an index at Pinecone: keeps vectors by namespace and says which are nearest. It can be away.
final class FakePinecone implements AutoCloseable {

    static final String KEY = "pc-key";

    private final HttpServer server;
    private final Map<String, Map<String, float[]>> spaces = new ConcurrentHashMap<>();
    private volatile int status = 200;

    FakePinecone() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean isKnown = KEY.equals(exchange.getRequestHeaders().getFirst("Api-Key"))
                    && exchange.getRequestHeaders().containsKey("X-Pinecone-Api-Version");
            answer(exchange, isKnown ? status : 401, isKnown && status == 200 ? done(exchange, body) : "{}");
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String done(HttpExchange exchange, JsonNode body) {
        var space = space(body.path("namespace").asText());
        return switch (exchange.getRequestURI().getPath()) {
            case "/vectors/upsert" -> {
                body.path("vectors").forEach(one -> space.put(one.path("id").asText(), numbers(one.path("values"))));
                yield "{\"upsertedCount\":%d}".formatted(body.path("vectors").size());
            }
            case "/vectors/delete" -> {
                body.path("ids").forEach(id -> space.remove(id.asText()));
                yield "{}";
            }
            case "/query" ->
                near(space, numbers(body.path("vector")), body.path("topK").asInt());
            case String other -> throw new IllegalStateException(other);
        };
    }

    private static String near(Map<String, float[]> space, float[] asked, int most) {
        var answer = Json.mapper().createObjectNode();
        var matches = answer.putArray("matches");
        space.entrySet().stream()
                .sorted(Comparator.comparingDouble(one -> -product(asked, one.getValue())))
                .limit(most)
                .forEach(one ->
                        matches.addObject().put("id", one.getKey()).put("score", product(asked, one.getValue())));
        return answer.toString();
    }

    private static double product(float[] left, float[] right) {
        double sum = 0;
        for (int at = 0; at < left.length; at++) {
            sum += left[at] * right[at];
        }
        return sum;
    }

    private static float[] numbers(JsonNode list) {
        float[] numbers = new float[list.size()];
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] = (float) list.path(at).asDouble();
        }
        return numbers;
    }

    Map<String, float[]> space(String name) {
        return spaces.computeIfAbsent(name, _ -> new ConcurrentHashMap<>());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answer(int with) {
        status = with;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
