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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A platform that an edge brings everything to under a prefix.
@PlatformTest
@Property(name = "http.base-path", value = "/apps/wheelhouse")
class BasePathTest implements TestPropertyProvider {

    @TempDir
    static Path folder;

    @Inject
    TestServer server;

    private static final Pattern LINK = Pattern.compile("\"(/[^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public Map<String, String> getProperties() {
        try {
            Files.createDirectories(folder.resolve("assets"));
            Files.writeString(
                    folder.resolve("index.html"),
                    "<meta name=\"base-path\" content=\"./\"><script src=\"./assets/app-1a2b.js\"></script>");
            Files.writeString(folder.resolve("assets/app-1a2b.js"), "console.log(1)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("console.dir", folder.toString());
    }

    @Test
    void api_answers_with_the_prefix_and_without_it() {
        for (String prefix : new String[] {"", "/apps/wheelhouse"}) {
            assertThat(get(prefix + "/health", "*/*").statusCode()).isEqualTo(200);
            assertThat(get(prefix + "/api/v1/agents?limit=1", "*/*").statusCode())
                    .as(prefix)
                    .isEqualTo(200);
        }
    }

    @Test
    void page_names_its_files_under_the_prefix_wherever_it_is_opened() {
        for (String path : new String[] {"", "/", "/runs/x", "/sign-in?to=%2Fruns"}) {
            assertThat(get("/apps/wheelhouse" + path, "text/html").body())
                    .as(path)
                    .contains("content=\"/apps/wheelhouse/\"", "src=\"/apps/wheelhouse/assets/app-1a2b.js\"");
        }
        assertThat(get("/runs/x", "text/html").body()).contains("content=\"/\"", "src=\"/assets/app-1a2b.js\"");
        assertThat(get("/apps/wheelhouse/assets/app-1a2b.js", "*/*").body()).isEqualTo("console.log(1)");
    }

    @Test
    void addresses_in_answers_carry_the_prefix_of_their_request() {
        for (String prefix : new String[] {"", "/apps/wheelhouse"}) {
            var made = send(post(prefix + "/api/v1/threads", "{\"agent\": \"assistant\"}"));
            assertThat(made.headers().firstValue("Location").orElseThrow()).startsWith(prefix + "/api/v1/threads/");
            var missing = TestServer.body(get(prefix + "/api/v1/threads/none", "*/*"));
            assertThat(missing.get("type").asText()).startsWith(prefix + "/problems#");
            assertThat(missing.get("instance").asText()).isEqualTo(prefix + "/api/v1/threads/none");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/apps/wheelhouse"})
    void every_link_of_an_answer_can_be_followed(String prefix) {
        var found = new ArrayList<String>();
        found.add(post(prefix, "/api/v1/agents/assistant/runs", "{\"input\": \"hello\"}"));
        found.add(
                post(prefix, "/api/v1/keys", "{\"name\": \"k%s\", \"scopes\": [\"read\"]}".formatted(prefix.length())));
        found.add(post(
                prefix,
                "/api/v1/budgets",
                "{\"scope\": \"tenant\", \"unit\": \"calls\", \"period\": \"%s\", \"cap\": 100}"
                        .formatted(prefix.isEmpty() ? "day" : "month")));
        for (String path : List.of("/", "/nowhere", "/api/v1/nowhere", "/api/v1/runs/none", "/api/v1/agents?limit=x")) {
            var link = LINK.matcher(get(prefix + path, "application/json").body());
            while (link.find()) {
                found.add(link.group(1).replaceFirst("#.*| .*", ""));
            }
        }

        assertThat(found).hasSizeGreaterThan(12).allMatch(link -> link.startsWith(prefix + "/"));
        assertThat(found)
                .allSatisfy(link -> assertThat(get(link, "application/json").statusCode())
                        .as(link)
                        .isIn(200, 400, 404, 405));
        assertThat(found.stream().filter(link -> link.matches(".*/(health|problems|openapi.json)")))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(get(link, "*/*").statusCode()).as(link).isEqualTo(200));
    }

    /// Where what was made is.
    private String post(String prefix, String path, String body) {
        var made = send(post(prefix + path, body));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void session_is_sent_below_the_prefix_only() {
        var response = send(post("/apps/wheelhouse/api/v1/session", "{\"key\": \"%s\"}".formatted(TestServer.KEY)));

        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow()).contains("Path=/apps/wheelhouse/");
    }

    @Test
    void prefix_is_not_believed_to_clients_nor_found_inside_words() {
        var request = HttpRequest.newBuilder(server.uri("/api/v1/nothing"))
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("X-Forwarded-Prefix", "//stranger.example");
        assertThat(send(request).body()).contains("\"/problems#").doesNotContain("stranger");
        assertThat(get("/apps/wheelhouses/health", "application/json").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wheelhouse", "/wheelhouse/", "//x", "/a b", "/../x"})
    void prefix_of_another_form_is_refused_at_the_start(String prefix) {
        assertThatThrownBy(
                        () -> TestServer.start(Map.of("http.base-path", prefix)).close())
                .hasStackTraceContaining("http.base-path is \"%s\", which is not a path".formatted(prefix));
    }

    private HttpResponse<String> get(String path, String accept) {
        return send(HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("Accept", accept));
    }

    /// Past the test server, which holds answers to what the specification says of their path.
    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }
}
