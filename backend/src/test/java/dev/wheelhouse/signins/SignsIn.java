package dev.wheelhouse.signins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.mcp.FakeMcpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// A server with tool servers that want a sign-in, and a browser that goes their way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SignsIn {

    static final String TIDE = """
            {"name":"tide_at","description":"Tells the tide","annotations":{"readOnlyHint":true},
             "inputSchema":{"type":"object","properties":{"port":{"type":"string"}}}}""";

    final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start(Map.of(
                "tool-servers.private-hosts", List.of("localhost"),
                "tool-servers.check-after", "0s",
                "secrets.master-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    }

    @AfterAll
    void stop() {
        server.close();
        browser.close();
    }

    HttpResponse<String> put(String path, String type, String body) {
        return server.send(server.request(path).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));
    }

    JsonNode define(String name, FakeMcpServer fake, String more) {
        String text = "name: %s\nnewTools: on\nmcp:\n  url: '%s'\n%s".formatted(name, fake.url(), more);
        var answer = put("/api/v1/tool-servers/" + name, "application/yaml", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.body(answer);
    }

    JsonNode shown(String name) {
        return TestServer.body(server.get("/api/v1/tool-servers/" + name));
    }

    HttpResponse<String> begin(String name, String body) {
        return server.post("/api/v1/tool-servers/" + name + "/sign-in", body);
    }

    static String cookie(HttpResponse<String> begun) {
        return begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    String agreed(HttpResponse<String> begun) {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        return ask(TestServer.body(begun).path("link").asText(), "")
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    HttpResponse<String> ask(String url, String cookie) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url));
            if (!cookie.isEmpty()) {
                request.header("Cookie", cookie);
            }
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> signIn(String name, String body) {
        var begun = begin(name, body);
        return ask(agreed(begun), cookie(begun));
    }

    String called(String name) {
        put(
                "/api/v1/agents/sailor-" + name,
                "application/yaml",
                "name: sailor-%s\ninstructions: Help\ntools: [%s.*]\n".formatted(name, name));
        var made = server.send(server.json(
                        "/api/v1/agents/sailor-" + name + "/runs",
                        "{\"input\":\"use %s__tide_at {\\\"port\\\":\\\"Kiel\\\"}\"}".formatted(name))
                .header("Prefer", "wait=25"));
        assertThat(made.statusCode()).as(made.body()).isLessThan(300);
        return server.get("/api/v1/runs/" + TestServer.body(made).path("id").asText() + "/steps")
                .body();
    }
}
