package dev.wheelhouse.status;

import static dev.wheelhouse.telemetry.FakeCollector.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.telemetry.FakeCollector;
import dev.wheelhouse.testing.Await;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private static FakeCollector collector;
    private static TestServer server;
    private static FakeCollector away;
    private static TestServer other;

    // A run is sent some seconds after its end, when no commit can be under way. All are started first, so that the
    // tests wait for them together.
    private static String called;
    private static String fine;
    private static String unsampled;
    private static String failed;
    private static String missed;

    @BeforeAll
    static void start() throws Exception {
        collector = new FakeCollector();
        server = TestServer.start(
                Map.of("traces.url", collector.url(), "traces.sample", 0, "traces.headers.x-key", "ours"));
        away = new FakeCollector();
        away.answer(503);
        other = TestServer.start(Map.of("traces.url", away.url(), "traces.sample", 100));
        missed = run(other, "hello", "");
        called = run("calculate 6 * 7", "00-" + TRACE + "-" + CALLER + "-01");
        fine = run("hello", "");
        unsampled = run("hello", "00-" + TRACE.replace('4', '5') + "-" + CALLER + "-00");
        failed = run("fail", "");
    }

    @AfterAll
    static void stop() {
        other.close();
        away.close();
        server.close();
        collector.close();
    }

    private static String run(String message, String traceparent) {
        return run(server, message, traceparent);
    }

    private static String run(TestServer server, String message, String traceparent) {
        var request = server.json(
                        "/api/v1/agents/assistant/runs",
                        "{\"input\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]}")
                .header("Prefer", "wait=20");
        if (!traceparent.isEmpty()) {
            request.header("traceparent", traceparent);
        }
        return TestServer.body(server.send(request)).path("id").asText();
    }

    private static void awaitSpans(String run, int count) throws Exception {
        Await.until(
                count + " spans of run " + run + ", not " + collector.of(run),
                () -> collector.of(run).size() == count);
    }

    @Test
    void run_is_part_of_its_callers_trace() throws Exception {
        awaitSpans(called, 4);

        var spans = collector.of(called);
        var root = spans.getFirst();
        assertThat(root.path("traceId").asText()).isEqualTo(TRACE);
        assertThat(root.path("parentSpanId").asText()).isEqualTo(CALLER);
        assertThat(root.path("name").asText()).isEqualTo("invoke_agent assistant");
        assertThat(attribute(root, "gen_ai.agent.version")).isEqualTo("1");
        assertThat(spans.subList(1, 4))
                .allMatch(span -> span.path("parentSpanId")
                        .asText()
                        .equals(root.path("spanId").asText()))
                .extracting(span -> span.path("name").asText())
                .containsExactly("chat default", "execute_tool calculator", "chat default");
        assertThat(attribute(spans.get(1), "gen_ai.request.model")).isEqualTo("demo");
        assertThat(attribute(spans.get(2), "gen_ai.tool.call.id")).isNotEmpty();
        assertThat(spans)
                .allMatch(span -> Long.parseLong(span.path("startTimeUnixNano").asText())
                        <= Long.parseLong(span.path("endTimeUnixNano").asText()));
        assertThat(spans.toString()).doesNotContain("6 * 7");
        assertThat(collector.keys()).contains("ours");
        assertThat(server.get("/traces").body()).contains(TRACE);
    }

    @Test
    void failed_run_is_sent_whatever_the_sample() throws Exception {
        awaitSpans(failed, 2);

        var root = collector.of(failed).getFirst();
        assertThat(root.path("traceId").asText()).isEqualTo(failed.replace("-", ""));
        assertThat(root.has("parentSpanId")).isFalse();
        assertThat(root.path("status").path("code").asInt()).isEqualTo(2);
        assertThat(attribute(root, "error.type")).isEqualTo("refused");
        assertThat(collector.of(fine)).isEmpty();
        assertThat(collector.of(unsampled)).isEmpty();
    }

    @Test
    void collector_that_was_away_gets_what_it_missed_once() throws Exception {
        Await.until("a refused try", () -> away.asked() > 1);
        away.answer(200);

        Await.until("its spans", () -> !away.of(missed).isEmpty());
        assertThat(away.of(missed))
                .hasSize(2)
                .extracting(span -> span.path("spanId").asText())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "nonsense"
            })
    void broken_traceparent_is_passed_over(String header) {
        String run = run("hello", header);

        assertThat(server.get("/traces").body()).contains(run.replace("-", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "traces.url | ftp://collector | is not an address",
                "traces.url | collector:4318 | is not an address",
                "traces.sample | 101 | how many of 100 runs",
                "traces.sample | -1 | how many of 100 runs",
                "traces.slow | 0s | such as 10s",
                "traces.link | https://jaeger.example.org/trace | leads to no trace"
            })
    void setting_that_cannot_work_is_refused_in_words(String key, String value, String says) {
        var settings = new HashMap<String, Object>(Map.of("traces.url", "http://collector:4318/v1/traces"));
        settings.put(key, value);
        assertThatThrownBy(() -> TestServer.start(settings)).satisfies(refusal -> {
            Throwable cause = refusal;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            assertThat(((Problem) cause).mistakes().toString()).contains(key, says);
        });
    }
}
