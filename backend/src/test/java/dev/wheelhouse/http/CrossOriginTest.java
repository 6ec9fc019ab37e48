package dev.wheelhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PlatformTest
@Property(name = "http.allow-origins", value = "https://app.example.org,http://localhost:5173")
class CrossOriginTest {

    @Inject
    TestServer server;

    private HttpResponse<String> ask(String path, String origin) {
        return server.send(server.request(path)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type"));
    }

    private static String header(HttpResponse<?> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    @Test
    void listed_origin_may_call_and_read() {
        var asked = ask("/api/v1/threads", "https://app.example.org");
        var called = server.send(server.request("/api/v1/threads").header("Origin", "https://app.example.org"));

        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(header(asked, "Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
        assertThat(header(asked, "Access-Control-Allow-Methods")).contains("GET", "POST");
        assertThat(header(asked, "Access-Control-Allow-Headers"))
                .contains("Authorization", "Idempotency-Key", "If-Match");
        assertThat(header(called, "Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
        assertThat(header(called, "Access-Control-Expose-Headers")).contains("ETag", "X-Request-Id");
        assertThat(header(called, "Vary")).contains("Origin", "Accept-Encoding");
        assertThat(header(called, "Access-Control-Allow-Credentials")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example.org",
                "https://app.example.org:8443",
                "https://app.example.org.evil.example",
                "https://APP.example.org",
                "null",
                "*"
            })
    void other_origin_is_refused_by_the_name_of_the_setting(String origin) {
        var asked = ask("/api/v1/threads", origin);
        var called = server.send(server.request("/api/v1/threads").header("Origin", origin));

        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(TestServer.body(asked).path("hint").asText()).contains("http.allow-origins", "HTTP_ALLOW_ORIGINS");
        assertThat(header(called, "Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void options_without_an_origin_says_which_methods_there_are() {
        var answer = server.send(server.request("/api/v1/threads").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void options_of_a_name_are_not_those_of_an_id_in_its_place() {
        var answer =
                server.send(server.request("/api/v1/collections/search").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(header(answer, "Allow")).isEqualTo("OPTIONS, POST");
    }
}
