package dev.wheelhouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent on a raw connection to the whole server, and what comes back: `src/test/resources/wire/probes.txt`.
@PlatformTest
class ConformanceTest {

    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: h\r\n\r\n";

    @Inject
    TestServer server;

    record Probe(String expected, boolean staysOpen, String name, String request) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Probe> probes() throws IOException {
        try (var file = ConformanceTest.class.getResourceAsStream("/wire/probes.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("\t", 3))
                            .map(parts ->
                                    new Probe(parts[0].split(" ")[0], parts[0].endsWith(" open"), parts[1], parts[2]))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("probes")
    void request_is_answered_by_the_letter(Probe probe) throws IOException {
        try (var connection = new RawConnection(server.port())) {
            var statuses = new ArrayList<String>();
            var expected = List.of(probe.expected.split(","));
            String[] parts = probe.request.split("\\{wait}", 2);
            connection.send(RawConnection.bytes(parts[0]));
            for (String status : expected) {
                statuses.add(connection.answer(status.endsWith("h")).status() + (status.endsWith("h") ? "h" : ""));
                if (parts.length == 2 && statuses.size() == 1) {
                    connection.send(RawConnection.bytes(parts[1]));
                }
            }

            assertThat(statuses).isEqualTo(expected);
            if (probe.staysOpen) {
                connection.send(HEALTH.getBytes(StandardCharsets.US_ASCII));
                assertThat(connection.answer(false).status()).isEqualTo("200");
            } else {
                assertThat(connection.isClosed()).as("closed").isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("probes")
    void request_that_comes_in_pieces_is_answered_the_same(Probe probe) throws IOException {
        byte[] whole = RawConnection.bytes(probe.request.replace("{wait}", ""));
        if (whole.length > 2_000 || probe.expected.contains("100")) {
            return;
        }
        try (var connection = new RawConnection(server.port())) {
            connection.sendSlowly(whole);

            for (String status : probe.expected.split(",")) {
                assertThat(connection.lastAnswer(status.endsWith("h")).status()).isEqualTo(status.replace("h", ""));
            }
        }
    }

    @Test
    void refusal_is_a_problem_with_a_remedy_and_an_id() throws IOException {
        try (var connection = new RawConnection(server.port())) {
            connection.send("GET /health HTTP/1.1\r\nX : a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            var answer = connection.answer(false);

            assertThat(answer.head()).contains("application/problem+json", "X-Request-Id", "onnection: close");
            assertThat(answer.body()).contains("A header's name has a space", "Send name, colon, value");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/openapi.json", "/api/v1/nothing"})
    void head_has_the_headers_of_the_answer_to_get(String path) throws IOException {
        String rest = " %s HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\nX-Request-Id: one\r\n\r\n".formatted(path);
        try (var connection = new RawConnection(server.port())) {
            connection.send(("HEAD" + rest + "GET" + rest).getBytes(StandardCharsets.US_ASCII));

            var head = connection.answer(true).head().lines().filter(line -> !line.startsWith("date"));
            var get = connection.answer(false).head().lines().filter(line -> !line.startsWith("date"));

            assertThat(head).containsExactlyElementsOf(get.toList());
        }
    }

    @Test
    void head_of_a_stream_does_not_wait_for_its_end() throws IOException {
        var run = TestServer.body(server.post("/api/v1/agents/assistant/runs", "{\"input\":\"ask me\"}"));
        try (var connection = new RawConnection(server.port())) {
            connection.send(("HEAD /api/v1/runs/" + run.path("id").asText()
                            + "/events HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                            + TestServer.KEY + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(connection.answer(true).head())
                    .startsWith("HTTP/1.1 200")
                    .contains("text/event-stream");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    /// Whoever has said the last word in the middle of a request gets nothing done.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hea",
                "GET /health HTTP/1.1\r\nHost: h\r\n",
                "POST /api/v1/threads HTTP/1.1\r\nHost: h\r\n{K}Content-Length: 14\r\n\r\n{\"title\":\"a\"}",
                "POST /api/v1/threads HTTP/1.1\r\nHost: h\r\n{K}Transfer-Encoding: chunked\r\n\r\nd\r\n{\"title\":\"a\"}",
                "POST /api/v1/threads HTTP/1.1\r\nHost: h\r\n{K}Transfer-Encoding: chunked\r\n\r\nd\r\n{\"title\":\"a\"}\r\n0\r\n"
            })
    void request_that_ends_in_the_middle_is_not_carried_out(String request) throws IOException {
        try (var connection = new RawConnection(server.port())) {
            connection.send(request.replace("{K}", "Authorization: Bearer " + TestServer.KEY + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            connection.endSending();

            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void answer_to_an_old_client_comes_without_chunks() throws IOException {
        var run = TestServer.body(server.post("/api/v1/agents/assistant/runs", "{\"input\":\"say a\"}"));
        try (var connection = new RawConnection(server.port())) {
            connection.send(("GET /api/v1/runs/" + run.path("id").asText()
                            + "/events HTTP/1.0\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + TestServer.KEY
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            String all = connection.rest();

            assertThat(all).startsWith("HTTP/1.").contains("run.succeeded").doesNotContainIgnoringCase("chunked");
            assertThat(all.substring(all.indexOf("\r\n\r\n"))).startsWith("\r\n\r\nretry: ");
        }
    }

    @Test
    void client_cannot_pass_for_a_refused_request() throws IOException {
        try (var connection = new RawConnection(server.port())) {
            connection.send("GET /health HTTP/1.1\r\nHost: h\r\n%s: x HOST\r\n\r\n"
                    .formatted(Wire.HEADER)
                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(connection.answer(false).status()).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void answer_is_compressed_only_where_the_client_allows_it(String accepted, boolean isCompressed)
            throws IOException {
        try (var connection = new RawConnection(server.port())) {
            connection.send("GET /openapi.json HTTP/1.1\r\nHost: h\r\nAccept-Encoding: %s\r\n\r\n"
                    .formatted(accepted)
                    .getBytes(StandardCharsets.US_ASCII));

            String head = connection.answer(false).head().toLowerCase();

            assertThat(head.contains("content-encoding: gzip")).isEqualTo(isCompressed);
            assertThat(head).contains("vary: accept-encoding").doesNotContain("snappy");
        }
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> accepted() {
        return Stream.of(
                        "* true",
                        "gzip true",
                        "gzip;q=0 false",
                        "*;q=0,identity false",
                        "br,zstd,snappy false",
                        "identity false",
                        "GZIP true",
                        "gzip;q=0.5,identity;q=1 false",
                        "*;q=0,gzip true",
                        "x-gzip true")
                .map(line -> line.split(" "))
                .map(parts -> org.junit.jupiter.params.provider.Arguments.arguments(
                        parts[0], Boolean.parseBoolean(parts[1])));
    }
}
