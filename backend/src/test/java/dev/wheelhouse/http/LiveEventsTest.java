package dev.wheelhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
@PlatformTest
@Property(name = TestAgents.ON, value = "true")
class LiveEventsTest {

    @Inject
    TestServer server;

    @Test
    void run_that_has_ended_is_replayed_and_the_stream_closes() throws Exception {
        String run = run("go on", 10);

        var stream = open(run, null);

        assertThat(stream.response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(stream.response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(stream.response.headers().firstValue("X-Accel-Buffering")).contains("no");
        assertThat(stream.response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(stream.response.headers().firstValue("Connection")).isEmpty();
        var lines = stream.untilEnd();
        assertThat(lines.getFirst()).isEqualTo("retry: 1000");
        assertThat(lines).containsSubsequence("id: 1", "event: run.created", "id: 2", "event: run.succeeded");
    }

    @Test
    void stream_goes_on_after_the_last_event_that_was_seen() throws Exception {
        String run = run("go on", 10);

        assertThat(open(run, "1").untilEnd()).contains("id: 2").doesNotContain("id: 1");
        assertThat(openAfter(run, "1").untilEnd()).contains("id: 2").doesNotContain("id: 1");
        assertThat(open(run, "2").untilEnd()).noneMatch(line -> line.startsWith("id:"));
    }

    @Test
    void text_comes_while_it_is_told_and_who_comes_late_gets_it_whole() throws Exception {
        String run = run("hold", 0);

        try (var first = open(run, null)) {
            first.until(line -> line.contains("three\""));
            assertThat(first.lines).anyMatch(line -> line.equals("event: step.running"));
            try (var late = open(run, "1")) {
                var said = late.until(line -> line.contains("one two three"));
                assertThat(said).contains("\"offset\":0").contains(run);
                late.until(line -> line.equals(": hb"));
                letGo();
                assertThat(late.untilEnd()).contains("event: step.succeeded", "event: run.succeeded");
            }
            assertThat(first.untilEnd()).contains("event: run.succeeded");
        }
    }

    @Test
    void closing_a_stream_ends_nothing_but_the_look() throws Exception {
        String run = run("hold", 0);
        try (var stream = open(run, null)) {
            stream.until(line -> line.contains("three"));
        }

        letGo();

        assertThat(open(run, null).untilEnd()).contains("event: run.succeeded");
        assertThat(server.get("/api/v1/runs/" + run).body()).contains("\"state\":\"succeeded\"");
    }

    @Test
    void cancelled_run_ends_its_streams_with_the_fact() throws Exception {
        String run = run("hold", 0);
        try (var stream = open(run, null)) {
            stream.until(line -> line.contains("three"));

            assertThat(server.post("/api/v1/runs/" + run + "/cancel", "").statusCode())
                    .isEqualTo(202);

            assertThat(stream.untilEnd()).contains("event: run.cancelled");
        }
    }

    @Test
    void hundred_clients_see_the_same_log() throws Exception {
        String run = run("hold", 0);
        var streams = new ArrayList<Stream>();
        for (int count = 0; count < 100; count++) {
            streams.add(open(run, null));
        }

        letGo();

        for (var stream : streams) {
            var ids = stream.untilEnd().stream()
                    .filter(line -> line.startsWith("id: "))
                    .toList();
            assertThat(ids).containsExactly("id: 1", "id: 2", "id: 3");
        }
    }

    /// After a second or two a stream of many is taken off the framework, in the middle of whatever it is being told,
    /// and its client knows that the connection ends with it.
    @Test
    void streams_that_last_are_told_everything_once_and_in_order() throws Exception {
        String run = run("count", 0);
        var streams = new ArrayList<Stream>();
        for (int count = 0; count < LiveEvents.FEW + 30; count++) {
            streams.add(open(run, null));
        }
        assertThat(streams.getFirst().response.headers().firstValue("Connection"))
                .isEmpty();
        assertThat(streams.getLast().response.headers().firstValue("Connection"))
                .contains("close");

        for (var stream : streams) {
            var told = new StringBuilder();
            for (var line : stream.untilEnd()) {
                if (line.startsWith("data: ") && line.contains("\"offset\"")) {
                    told.append(Json.read(line.substring(6)).get("text").asText());
                }
            }
            assertThat(told.toString().strip().split(" "))
                    .hasSize(TestAgents.NUMBERS)
                    .endsWith("" + TestAgents.NUMBERS);
            assertThat(stream.lines).contains("id: 1", "id: 2", "id: 3", "event: run.succeeded");
        }
    }

    @Test
    void log_is_a_page_for_who_does_not_ask_for_a_stream() throws Exception {
        String run = run("go on", 10);

        var first = TestServer.body(server.get("/api/v1/runs/" + run + "/events?limit=1"));
        var second = TestServer.body(server.get("/api/v1/runs/" + run + "/events?limit=1&after="
                + first.get("nextCursor").asText()));

        assertThat(first.at("/data/0/type").asText()).isEqualTo("run.created");
        assertThat(first.get("hasMore").asBoolean()).isTrue();
        assertThat(second.at("/data/0/type").asText()).isEqualTo("run.succeeded");
        assertThat(second.get("hasMore").asBoolean()).isFalse();
    }

    private void letGo() {
        server.bean(TestAgents.class).held.release();
    }

    private String run(String input, int wait) {
        var response = server.send(server.json("/api/v1/agents/assistant/runs", "{\"input\":\"%s\"}".formatted(input))
                .header("Prefer", "wait=" + wait));
        assertThat(response.statusCode()).isEqualTo(201);
        return TestServer.body(response).get("id").asText();
    }

    private Stream open(String run, String lastEvent) throws IOException, InterruptedException {
        var request = server.request("/api/v1/runs/" + run + "/events")
                .header("Accept", "text/event-stream")
                .header("Accept-Encoding", "gzip");
        if (lastEvent != null) {
            request.header("Last-Event-ID", lastEvent);
        }
        return new Stream(server.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    private Stream openAfter(String run, String after) throws IOException, InterruptedException {
        var request =
                server.request("/api/v1/runs/" + run + "/events?after=" + after).header("Accept", "text/event-stream");
        return new Stream(server.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    private static final class Stream implements AutoCloseable {
        private final HttpResponse<java.io.InputStream> response;
        private final BufferedReader reader;
        private final List<String> lines = new ArrayList<>();

        Stream(HttpResponse<java.io.InputStream> response) {
            this.response = response;
            this.reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        String until(Predicate<String> condition) throws IOException {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (condition.test(line)) {
                    return line;
                }
            }
            throw new AssertionError("The stream ended after " + lines);
        }

        List<String> untilEnd() throws IOException {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
