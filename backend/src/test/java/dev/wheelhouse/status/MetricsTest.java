package dev.wheelhouse.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.http.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a Prometheus reads of a replica on which agents have worked.
class MetricsTest {

    private static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

    private static TestServer server;

    @BeforeAll
    static void work() {
        server = TestServer.start(Map.of("metrics.tenants", "top 2"));
        run(TestServer.KEY, "calculate 6 * 7");
        run(TestServer.KEY, "fail");
        server.send(server.request("/api/v1/runs").setHeader("Authorization", "Bearer wh_default_wrong"));
    }

    private static void run(String key, String message) {
        server.send(server.json(
                        "/api/v1/agents/assistant/runs",
                        "{\"input\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]}")
                .setHeader("Prefer", "wait=20")
                .setHeader("Authorization", "Bearer " + key));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String scrape(String key, String... accept) {
        HttpRequest.Builder request = server.request("/metrics").setHeader("Authorization", "Bearer " + key);
        for (String one : accept) {
            request.header("Accept", one);
        }
        var response = server.send(request);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | open",
                "application/openmetrics-text | open",
                "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | open",
                "text/plain;version=0.0.4;q=0.8,application/openmetrics-text;q=0.5 | plain",
                "application/openmetrics-text;q=0 | plain",
                "text/plain | plain",
                "application/vnd.google.protobuf;q=0.9,text/plain;q=0.4 | plain",
                "*/* | plain"
            })
    void form_is_the_one_that_is_asked_for(String accept, String form) {
        var response = server.send(server.request("/metrics").header("Accept", accept));

        assertThat(response.headers().firstValue("Content-Type")).hasValue(form.equals("open") ? OPEN : PLAIN);
        assertThat(response.body().endsWith("# EOF\n")).isEqualTo(form.equals("open"));
    }

    @Test
    void slow_bucket_names_the_run_whose_time_fell_into_it() {
        String newest =
                TestServer.body(server.get("/api/v1/runs?limit=10")).path("data").findValuesAsText("id").stream()
                        .map(id -> id.replace("-", ""))
                        .collect(Collectors.joining("|"));

        assertThat(scrape(TestServer.KEY, "application/openmetrics-text"))
                .containsPattern(
                        "wheelhouse_runs_duration_seconds_bucket\\{[^}]*} [\\d.]+ # \\{span_id=\"[0-9a-f]{16}\",trace_id=\"("
                                + newest + ")\"}");
    }

    /// Prometheus 2.42 refuses a page that has them anywhere else.
    @Test
    void examples_stand_at_buckets_and_counters_only() {
        assertThat(scrape(TestServer.KEY, "application/openmetrics-text")
                        .lines()
                        .filter(line -> line.contains(" # {")))
                .isNotEmpty()
                .allMatch(line -> line.matches("\\w+_(bucket|total)\\{.*"));
    }

    @Test
    void every_family_of_ours_says_what_it_is() {
        var lines = scrape(TestServer.KEY).lines().toList();

        var typed = names(lines, "# TYPE (\\w+) .*");
        assertThat(names(lines, "# HELP (\\w+) \\S.*")).containsAll(typed);
        assertThat(names(lines, "# HELP (\\w+) {2}$")).isEmpty();
        assertThat(typed).noneMatch(name -> name.endsWith("_seconds_max"));
    }

    private static TreeSet<String> names(List<String> lines, String pattern) {
        var form = Pattern.compile(pattern);
        return lines.stream()
                .map(form::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wheelhouse_build_info{",
                "wheelhouse_runs_ended_total{agent=\"assistant\",state=\"cancelled\",tenant=\"default\"} 0.0",
                "wheelhouse_runs_taken_over_total{tenant=\"default\"} 0.0",
                "wheelhouse_runs_stale_writes_rejected_total 0.0",
                "wheelhouse_runs_waiting{why=\"approval\"} 0.0",
                "wheelhouse_runs_oldest_due_seconds 0.0",
                "wheelhouse_approvals_oldest_seconds 0.0",
                "wheelhouse_webhooks_tried_total{outcome=\"failed\",tenant=\"*\"} 0.0",
                "wheelhouse_auth_refused_total{reason=\"forbidden\"} 0.0",
                "wheelhouse_auth_refused_total{reason=\"unauthenticated\"} 1.0",
                "wheelhouse_database_duration_seconds_bucket{store=\"runs\",le=\"0.1\"}",
                "wheelhouse_database_duration_seconds_bucket{store=\"definitions\",le=\"0.05\"}",
                "wheelhouse_database_wait_seconds_bucket{pool=\"app\",le=\"0.1\"}",
                "wheelhouse_database_connections{pool=\"engine\",state=\"busy\"}",
                "wheelhouse_runs_duration_seconds_bucket{state=\"succeeded\",tenant=\"default\",le=\"10.0\"}",
                "http_server_request_duration_seconds_bucket{",
                "process_cpu_seconds_total "
            })
    void series_is_there(String series) {
        assertThat(scrape(TestServer.KEY)).contains(series);
    }

    @Test
    void tenants_beyond_the_first_share_a_label_and_read_only_their_own() {
        for (String name : List.of("second", "third", "other")) {
            String key = server.keyOf(name);
            server.bean(dev.wheelhouse.agents.Agents.class)
                    .put(
                            new dev.wheelhouse.base.TenantId(name),
                            "assistant",
                            "name: assistant\ninstructions: You help.\n",
                            true);
            run(key, "hello");
        }

        assertThat(scrape(TestServer.KEY))
                .contains("tenant=\"second\"", "tenant=\"other\"")
                .doesNotContain("tenant=\"third\"");
        assertThat(scrape(server.keyOf("second"))).contains("tenant=\"second\"").doesNotContain("tenant=\"other\"");
        assertThat(scrape(server.keyOf("third"))).doesNotContain("tenant=");
        assertThat(scrape(server.keyOf("other"))).doesNotContain("tenant=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "top", "top 0", "top -1", "top 10001", "ten", "ALL", "top all", "some"})
    void setting_that_says_nothing_about_tenants_is_refused(String tenants) {
        assertThatThrownBy(() -> TestServer.start(Map.of("metrics.tenants", tenants)))
                .hasStackTraceContaining(
                        "metrics.tenants is \"%s\", which says nothing about tenants".formatted(tenants));
    }

    /// With Prometheus's own judge, where `promtool` is on the path or named by PROMTOOL.
    @Test
    void promtool_has_nothing_to_say() throws IOException, InterruptedException {
        var promtool = promtool();
        Assumptions.assumeTrue(promtool != null, "no promtool: set PROMTOOL");
        var process = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(scrape(TestServer.KEY).getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    private static Path promtool() {
        String named = System.getenv("PROMTOOL");
        if (named != null) {
            return Path.of(named);
        }
        return java.util.Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
