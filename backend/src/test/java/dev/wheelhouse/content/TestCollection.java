package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A collection over REST, for tests: puts documents in, waits for them, searches.
public final class TestCollection {

    private static final String BOUNDARY = "boundary-of-the-test";

    private final TestServer server;
    private final String key;
    private final String id;

    private TestCollection(TestServer server, String key, String id) {
        this.server = server;
        this.key = key;
        this.id = id;
    }

    public static TestCollection make(TestServer server, String name) {
        return make(server, TestServer.KEY, "{\"name\":\"%s\"}".formatted(name));
    }

    /// As whoever has the key.
    public static TestCollection make(TestServer server, String key, String body) {
        var made = server.send(HttpRequest.newBuilder(server.uri("/api/v1/collections"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new TestCollection(server, key, TestServer.body(made).path("id").asText());
    }

    /// One that is there, by its name.
    public static TestCollection of(TestServer server, String name) {
        return new TestCollection(server, TestServer.KEY, name);
    }

    public String id() {
        return id;
    }

    public String path() {
        return "/api/v1/collections/" + id;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri(path)).header("Authorization", "Bearer " + key);
    }

    public HttpResponse<String> get(String path) {
        return server.send(request(path));
    }

    public HttpResponse<String> delete(String path) {
        return server.send(request(path).DELETE());
    }

    public HttpResponse<String> post(String path, String body) {
        return server.send(
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> put(String path, byte[] bytes) {
        return server.send(request(path)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    public HttpResponse<String> addText(String name, String text) {
        return post(path() + "/documents", "{\"name\":%s,\"text\":%s}".formatted(Json.quote(name), Json.quote(text)));
    }

    /// A form with one file.
    public HttpResponse<String> upload(String name, String type, byte[] bytes) {
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                        .formatted(BOUNDARY, name, type);
        return server.send(request(path() + "/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(bytes),
                        BodyPublishers.ofString("\r\n--%s--\r\n".formatted(BOUNDARY)))));
    }

    /// The document once it has ended.
    public JsonNode ended(HttpResponse<String> added) {
        assertThat(added.statusCode()).as(added.body()).isIn(200, 201);
        return ended(TestServer.body(added).path("id").asText());
    }

    public JsonNode ended(String document) {
        try {
            Await.until("document " + document + " has ended", () -> List.of("ready", "failed", "cancelled")
                    .contains(read(document).path("state").asText()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return read(document);
    }

    private JsonNode read(String document) {
        return TestServer.body(get("/api/v1/documents/" + document));
    }

    public JsonNode ready(HttpResponse<String> added) {
        var document = ended(added);
        assertThat(document.path("state").asText()).as(document.toString()).isEqualTo("ready");
        return document;
    }

    public JsonNode search(String query) {
        return search(query, "");
    }

    /// @param more further fields, such as `,"k":3`
    public JsonNode search(String query, String more) {
        var answer = post(
                "/api/v1/collections/search",
                "{\"collections\":[\"%s\"],\"query\":%s%s}".formatted(id, Json.quote(query), more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.body(answer);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
