package dev.wheelhouse.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// Stands in for a server of embeddings with OpenAI's wire: texts with the same words are near each other. It can be
/// away, and refuse some texts.
public final class FakeEmbeddingServer implements AutoCloseable {

    private static final int DIMENSIONS = 64;

    private final HttpServer server;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile Refusal refusal = new Refusal(400, _ -> false);

    private record Refusal(int status, Predicate<String> of) {}

    public FakeEmbeddingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/embeddings", exchange -> {
            var body = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(body);
            int with = status == 200 && isRefused(body) ? refusal.status() : status;
            byte[] answer = (with == 200 ? answer(body) : "{\"error\":{\"message\":\"Out for lunch\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(with, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /// What it answers from now on: 200, or that it is away.
    public void answer(int with) {
        status = with;
    }

    /// What is sent with one of these texts is refused from now on, the others beside it too.
    public void refuse(int with, Predicate<String> texts) {
        refusal = new Refusal(with, texts);
    }

    private boolean isRefused(JsonNode body) {
        for (var text : body.path("input")) {
            if (refusal.of().test(text.asText())) {
                return true;
            }
        }
        return false;
    }

    public List<JsonNode> asked() {
        return asked;
    }

    private static String answer(JsonNode body) {
        var answer = Json.mapper()
                .createObjectNode()
                .put("object", "list")
                .put("model", body.path("model").asText());
        var data = answer.putArray("data");
        body.path("input").forEach(text -> {
            var one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            var numbers = one.putArray("embedding");
            for (float number : vector(text.asText())) {
                numbers.add(number);
            }
        });
        answer.putObject("usage").put("prompt_tokens", 3 * data.size()).put("total_tokens", 3 * data.size());
        return answer.toString();
    }

    private static float[] vector(String text) {
        float[] vector = new float[DIMENSIONS];
        vector[0] = 0.1f;
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            vector[Math.floorMod(word.hashCode() * 31, DIMENSIONS)] += 1;
        }
        return vector;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
