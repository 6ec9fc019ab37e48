package dev.wheelhouse.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console's files, and a server that asks nobody who they are.
@PlatformTest
@Property(name = "auth.mode", value = "none")
class ConsoleFilesTest implements TestPropertyProvider {

    @TempDir
    static Path folder;

    @Inject
    TestServer server;

    @Override
    public Map<String, String> getProperties() {
        try {
            Files.createDirectories(folder.resolve("assets"));
            Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Console</title>");
            Files.writeString(folder.resolve("assets/app-1a2b.js"), "console.log(1)");
            Files.writeString(folder.resolveSibling("secret.txt"), "secret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("console.dir", folder.toString());
    }

    @Test
    void browser_gets_the_console_at_every_address_of_its_own() {
        for (String path : new String[] {"/", "/runs/x", "/threads", "/sign-in", "/chat"}) {
            var page = get(path, "text/html,*/*");
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).contains("<title>Console</title>");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.headers().firstValue("Content-Security-Policy")).contains(ConsoleFiles.POLICY);
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.headers().firstValue("Referrer-Policy")).isPresent();
        }
    }

    @Test
    void files_with_a_hash_are_kept_for_good() {
        var script = get("/assets/app-1a2b.js", "*/*");

        assertThat(script.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(script.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(get("/assets/gone.js", "text/html").statusCode()).isEqualTo(404);
    }

    @Test
    void programs_get_the_api_and_its_problems() {
        assertThat(get("/", "application/json").body()).contains("\"links\"");
        assertThat(get("/api/v1/nothing", "text/html").statusCode()).isEqualTo(404);
        assertThat(get("/nothing", "application/json").body()).contains("/problems#not-found");
    }

    @Test
    void nothing_outside_the_folder_is_served() {
        for (String path : new String[] {"/../secret.txt", "/assets/..%2f..%2fsecret.txt", "/%2e%2e/secret.txt"}) {
            assertThat(get(path, "*/*").body())
                    .as(path)
                    .doesNotContain("secret\n")
                    .isNotEqualTo("secret");
        }
    }

    @Test
    void pages_of_strangers_can_neither_send_nor_read() {
        var sent = server.send(HttpRequest.newBuilder(server.uri("/api/v1/threads"))
                .header("Content-Type", "application/json")
                .header("Origin", "https://stranger.example")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(sent.statusCode()).isEqualTo(403);

        assertThat(rebound("stranger.example")).contains(" 403 ").contains("is not this server");
        assertThat(rebound("localhost:" + server.port())).contains(" 200 ");
    }

    @Test
    void folder_without_a_console_is_refused_at_the_start() {
        assertThatThrownBy(() -> new ConsoleFiles(
                        new ConsoleFiles.Config(folder.resolve("assets").toString())))
                .hasMessageContaining("has no index.html");
    }

    /// A name that a stranger's page has pointed at the loopback address.
    private String rebound(String host) {
        try (var socket = new java.net.Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/runs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes());
            return new String(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path, String accept) {
        return server.send(HttpRequest.newBuilder(server.uri(path)).header("Accept", accept));
    }
}
