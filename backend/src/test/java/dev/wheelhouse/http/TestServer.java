package dev.wheelhouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tenants.Tenants;
import dev.wheelhouse.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/// The whole platform on a free port and a fresh database, spoken to over real HTTP. Every answer in JSON is held to
/// the specification.
@Singleton
public final class TestServer implements AutoCloseable {

    public static final String KEY = "wh_default_" + "k".repeat(40);

    private static final String ASSISTANT = """
            name: assistant
            instructions: You help.
            tools: [clock, calculator, notes_write, notes_read, notes_list, wait]
            """;

    /// What a test's platform is set to unless the test says otherwise.
    private static final Map<String, Object> SETTINGS = Map.of(
            "micronaut.server.host", "127.0.0.1",
            "micronaut.server.port", -1,
            "auth.mode", "keys",
            "auth.bootstrap-key", KEY,
            "runs.poll", "50ms",
            "http.heartbeat", "200ms");

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestServer(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
        bean(Tenants.class).prepare();
        bean(Agents.class).put(TenantId.DEFAULT, "assistant", ASSISTANT, true);
    }

    /// These settings and those that a test does not care about, on a database of its own unless it names one.
    static Map<String, Object> settings(Map<String, Object> wanted) {
        var settings = new HashMap<>(SETTINGS);
        settings.putAll(wanted);
        settings.computeIfAbsent("database.url", key -> TestDatabase.fresh());
        return settings;
    }

    /// One more platform, for a test that needs its own; the test closes it.
    public static TestServer start(Map<String, Object> more) {
        var context = ApplicationContext.builder().properties(settings(more)).start();
        context.getBean(EmbeddedServer.class).start();
        return context.getBean(TestServer.class);
    }

    public static TestServer start() {
        return start(Map.of());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// A key of another tenant, which is made if it is not there.
    public String keyOf(String tenant) {
        var id = new TenantId(tenant);
        bean(Tenants.class).create(id);
        return bean(Tenants.class)
                .createKey(id, "test", EnumSet.allOf(Scope.class), null)
                .secret();
    }

    public String host() {
        return server.getHost();
    }

    public int port() {
        return server.getPort();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + KEY);
    }

    public HttpRequest.Builder json(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var built = request.build();
            var response = client.send(built, HttpResponse.BodyHandlers.ofString());
            Specification.check(
                    built.method(),
                    built.uri().getRawPath(),
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
            return response;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    public HttpResponse<String> post(String path, String body) {
        return send(json(path, body));
    }

    public static JsonNode body(HttpResponse<String> response) {
        return Json.read(response.body());
    }

    public HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        context.close();
    }
}
