package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.notices.Notices;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens here starts runs: once each, over two replicas, and no circle goes on for ever.
class EventTriggersTest {

    private final String database = TestDatabase.fresh();
    private TestServer server;
    private TestServer other;

    @BeforeEach
    void start() {
        server = TestServer.start(Map.of("database.url", database));
        other = TestServer.start(Map.of("database.url", database));
    }

    @AfterEach
    void stop() {
        other.close();
        server.close();
    }

    private void define(String name, String yaml) throws InterruptedException {
        var answer = server.send(server.request("/api/v1/triggers/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("name: " + name + "\nagent: assistant\n" + yaml)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        for (var replica : java.util.List.of(server, other)) {
            var notices = replica.bean(Notices.class);
            Await.until("It is watched", () -> notices.isWatched(TenantId.DEFAULT));
        }
    }

    private JsonNode run(TestServer on, String input) {
        return TestServer.body(
                on.send(on.json("/api/v1/agents/assistant/runs", "{\"input\":%s}".formatted(Json.quote(input)))
                        .header("Prefer", "wait=25")));
    }

    private String query(String sql) {
        return TestDatabase.query(database, sql);
    }

    @Test
    void end_of_a_run_starts_another_once() throws InterruptedException {
        define("echo", """
                when: "!has(event.run.metadata.trigger)"
                input: "Before: ${event.run.id} ${event.run.state}"
                event: {types: [run.succeeded], agent: assistant}
                """);
        for (int n = 0; n < 10; n++) {
            run(n % 2 == 0 ? server : other, "hello");
        }
        Await.until("All have fired", () -> query("SELECT count(*) FROM firings WHERE state = 'started'")
                .equals("10"));
        Await.until(
                "Their own ends are passed over", () -> query("SELECT count(*) FROM firings WHERE state = 'skipped'")
                        .equals("10"));
        assertThat(query("SELECT count(*) FROM runs WHERE metadata LIKE '%echo%'"))
                .isEqualTo("10");
        assertThat(query("SELECT created FROM runs WHERE metadata LIKE '%echo%' LIMIT 1"))
                .contains("Before: ", "succeeded");
    }

    @Test
    void circle_comes_to_an_end_and_says_so() throws InterruptedException {
        define("circle", "input: Again\nevent: {types: [run.succeeded]}\n");
        run(server, "hello");

        Await.until("It has ended", () -> query("SELECT count(*) FROM firings WHERE state = 'skipped'")
                .equals("1"));
        assertThat(query("SELECT count(*) FROM firings WHERE state = 'started'"))
                .isEqualTo("5");
        assertThat(query("SELECT reason FROM firings WHERE state = 'skipped'"))
                .isEqualTo("5 triggers in a row led to it, which may be a circle");
    }

    @Test
    void cancelled_runs_and_approvals_are_events_too() throws InterruptedException {
        define("cancelled", "input: '${event.run.id}'\nevent: {types: [run.cancelled]}\n");
        define("asked", "input: '${event.approval.tool}'\nevent: {types: [approval.opened]}\n");
        define("decided", "input: '${event.approval.decision}'\nevent: {types: [approval.decided]}\n");
        var approval = ApprovalsTest.asked(server);
        server.post("/api/v1/approvals/" + approval.path("id").asText() + "/decision", "{\"decision\":\"reject\"}");
        var waiting = ApprovalsTest.asked(server);
        server.post("/api/v1/runs/" + waiting.path("run").asText() + "/cancel", "{}");

        Await.until("All have fired", () -> query("SELECT count(*) FROM firings WHERE state = 'started'")
                .equals("4"));
        assertThat(query("SELECT string_agg(trigger, ' ' ORDER BY trigger) FROM firings"))
                .isEqualTo("asked asked cancelled decided");
    }

    @Test
    void who_is_not_watched_writes_nothing() {
        run(server, "hello");
        assertThat(query("SELECT count(*) FROM notices")).isEqualTo("0");
    }
}
