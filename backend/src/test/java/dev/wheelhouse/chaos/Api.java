package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client of the platform that holds one key and knows all replicas. It goes on to the next replica where one does
/// not answer or is not ready, as a client behind a proxy would see it.
final class Api {

    /// @param status 0 where nobody answered at all
    record Answer(int status, JsonNode body) {

        Answer expect(int... wanted) {
            for (int one : wanted) {
                if (status == one) {
                    return this;
                }
            }
            throw new IllegalStateException("The platform answered %d: %s".formatted(status, body));
        }
    }

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Supplier<List<String>> urls;
    private final String key;
    private final AtomicInteger next = new AtomicInteger();

    Api(Supplier<List<String>> urls, String key) {
        this.urls = urls;
        this.key = key;
    }

    /// The same platform as another caller.
    Api as(String otherKey) {
        return new Api(urls, otherKey);
    }

    /// The same caller, at one replica only.
    Api onlyAt(Replica replica) {
        return new Api(() -> List.of(replica.url()), key);
    }

    String key() {
        return key;
    }

    Answer get(String path) throws InterruptedException {
        return persist("GET", path, null, null);
    }

    /// Asked again until somebody answers, so the platform must be told by the key that it is the same wish.
    Answer post(String path, String body, String idempotencyKey) throws InterruptedException {
        return persist("POST", path, body, idempotencyKey);
    }

    /// Starts a run of the agent and gives its id; the message's second word is the run's name in the load.
    String start(String agent, String message) throws InterruptedException {
        String body = "{\"input\":" + Json.quote(message) + "}";
        return post("/api/v1/agents/" + agent + "/runs", body, message.replace(' ', ':'))
                .expect(201)
                .body()
                .path("id")
                .asText();
    }

    /// Publishes an agent from its YAML.
    void publish(String name, String yaml) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            var answer = once(url(), "PUT", "/api/v1/agents/" + name, yaml, null, "application/yaml");
            if (answer.status() == 200 || answer.status() == 201 || tries == 20) {
                answer.expect(200, 201);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /// Defines a workflow, a trigger or a webhook from its YAML.
    Answer define(String path, String yaml) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            var answer = once(url(), "PUT", path, yaml, null, "application/yaml");
            if (answer.status() == 200 || answer.status() == 201 || tries == 20) {
                return answer.expect(200, 201);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private Answer persist(String method, String path, @Nullable String body, @Nullable String idempotencyKey)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            var answer = once(url(), method, path, body, idempotencyKey, "application/json");
            if (answer.status() != 0 && answer.status() < 500 || System.nanoTime() > end) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String url() {
        var all = urls.get();
        // Where none is alive the refused connection says so.
        return all.isEmpty() ? "http://127.0.0.1:1" : all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }

    /// One try at one replica; status 0 where it does not answer.
    Answer once(
            String url, String method, String path, @Nullable String body, @Nullable String idempotencyKey, String type)
            throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), tree(response.body()));
        } catch (IOException e) {
            return new Answer(0, Json.mapper().createObjectNode().put("detail", e.toString()));
        }
    }

    private static JsonNode tree(String body) {
        return body.startsWith("{") || body.startsWith("[")
                ? Json.read(body)
                : Json.mapper().createObjectNode().put("text", body);
    }
}
