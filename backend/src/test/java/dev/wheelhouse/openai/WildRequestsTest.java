package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.images.TestImages;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients, chat programs, coding assistants and frameworks send: each gets its answer, or is told the field that
/// stands in the way. The requests are in `wild-requests.csv`, written after what those programs do, not copied.
@PlatformTest
class WildRequestsTest {

    @Inject
    TestServer server;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/openai/wild-requests.csv",
            delimiter = '|',
            quoteCharacter = '\u0000',
            maxCharsPerColumn = 20_000)
    void a_request_of_the_wild_is_answered_or_refused_by_name(
            String client, String path, String body, String expected) {
        String sent = body.strip().replace('\'', '"').replace("PNG", TestImages.PNG);
        var response = server.post("/v1/" + path.strip(), sent);

        String[] words = expected.strip().split(" ", 2);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(Integer.parseInt(words[0]));
        if (response.statusCode() == 200) {
            assertThat(response.body()).contains(words[1]);
        } else {
            assertThat(TestServer.body(response).path("error").path("param").asText())
                    .isEqualTo(words[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({"what is 6 * 7, stop", "long answer, length", "use get_weather for Rome, tool_calls"})
    void usage_is_told_whatever_ends_a_stream(String said, String finish) {
        String body = """
                {"model":"assistant","stream":true,"stream_options":{"include_usage":true},"max_tokens":40,
                "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{}}}}],
                "messages":[{"role":"user","content":"%s"}]}""".formatted(said);
        var response = server.post("/v1/chat/completions", body);

        var frames = response.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Json.read(line.substring(6)))
                .toList();
        var last = frames.get(frames.size() - 2).path("choices").get(0);
        assertThat(last.path("finish_reason").asText()).isEqualTo(finish);
        assertThat(frames.getLast().path("choices")).isEmpty();
        assertThat(frames.getLast().path("usage").path("total_tokens").asInt()).isPositive();
    }
}
