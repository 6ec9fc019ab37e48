package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Threads are named, pinned, put away and deleted, and go on from an earlier turn in a branch.
@PlatformTest
class UpkeepOfThreadsTest {

    @Inject
    TestServer server;

    private JsonNode ran(String input, String more) {
        var body = "{\"input\":\"%s\"%s}".formatted(input, more);
        return TestServer.body(
                server.send(server.json("/api/v1/agents/assistant/runs", body).header("Prefer", "wait=20")));
    }

    private JsonNode threadOf(JsonNode run) {
        return TestServer.body(server.get("/api/v1/threads/" + run.get("thread").asText()));
    }

    private JsonNode changed(JsonNode run, String change) {
        return TestServer.body(server.send(
                server.request("/api/v1/threads/" + run.get("thread").asText())
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(change))));
    }

    private int deleted(JsonNode run) {
        return server.send(server.request("/api/v1/threads/" + run.get("thread").asText())
                        .DELETE())
                .statusCode();
    }

    private List<String> listed(String shown) {
        var page = TestServer.body(server.get("/api/v1/threads?limit=200&shown=" + shown));
        return StreamSupport.stream(page.get("data").spliterator(), false)
                .map(thread -> thread.get("id").asText())
                .toList();
    }

    @Test
    void renamed_thread_keeps_its_time_and_takes_its_first_message_back() {
        var run = ran("What is 17 * 23?", "");
        var before = threadOf(run);

        assertThat(changed(run, "{\"title\":\"Rope\"}").get("title").asText()).isEqualTo("Rope");
        assertThat(threadOf(run).get("createdAt")).isEqualTo(before.get("createdAt"));
        assertThat(threadOf(run).get("agent").asText()).isEqualTo("assistant");
        assertThat(changed(run, "{\"title\":\"\"}").get("title").asText()).isEqualTo("What is 17 * 23?");
    }

    @Test
    void thread_stands_once_in_every_list_that_it_belongs_to() {
        var run = ran("hello", "");
        String id = run.get("thread").asText();

        changed(run, "{\"pinned\":true}");
        assertThat(listed("usual")).containsOnlyOnce(id);
        assertThat(listed("pinned")).containsOnlyOnce(id);

        changed(run, "{\"archived\":true}");
        assertThat(listed("usual")).doesNotContain(id);
        assertThat(listed("pinned")).doesNotContain(id);
        assertThat(listed("archived")).containsOnlyOnce(id);

        changed(run, "{\"archived\":false,\"pinned\":false}");
        assertThat(listed("usual")).containsOnlyOnce(id);
        assertThat(listed("archived")).doesNotContain(id);
    }

    @Test
    void archived_thread_goes_on_and_stays_archived() {
        var run = ran("hello", "");
        String id = run.get("thread").asText();
        changed(run, "{\"archived\":true}");

        ran("and again", ",\"thread\":\"%s\"".formatted(id));

        assertThat(listed("archived")).containsOnlyOnce(id);
        assertThat(listed("usual")).doesNotContain(id);
    }

    @Test
    void deleted_thread_leaves_nothing_that_can_be_read_or_found() {
        var run = ran("note quarterdeckword: 40 m", "");
        String id = run.get("id").asText();
        server.send(server.request("/api/v1/runs/%s/feedback".formatted(id))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"rating\":\"up\"}")));

        assertThat(deleted(run)).isEqualTo(204);

        assertThat(server.get("/api/v1/threads/" + run.get("thread").asText()).statusCode())
                .isEqualTo(404);
        assertThat(server.get("/api/v1/runs/" + id).statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/runs/" + id + "/events").statusCode()).isEqualTo(404);
        assertThat(TestServer.body(server.get("/api/v1/search?q=quarterdeckword"))
                        .get("data"))
                .isEmpty();
        assertThat(server.get("/api/v1/feedback?limit=200").body()).doesNotContain(id);
        assertThat(listed("usual")).doesNotContain(run.get("thread").asText());
        assertThat(deleted(run)).isEqualTo(404);
    }

    @Test
    void thread_that_is_at_work_is_not_deleted() throws InterruptedException {
        String name = "h" + UUID.randomUUID().toString().substring(0, 8);
        var run = TestServer.body(
                server.post("/api/v1/agents/assistant/runs", "{\"input\":\"hold %s\"}".formatted(name)));

        assertThat(deleted(run)).isEqualTo(409);

        server.post("/api/v1/runs/%s/cancel".formatted(run.get("id").asText()), "");
        Await.until("the cancelled run has ended", () -> deleted(run) == 204);
    }

    @Test
    void branch_outlives_the_thread_that_it_came_from() throws InterruptedException {
        var first = ran("note rope: 40 m", "");
        var second = ran(
                "What is 1 + 1?",
                ",\"thread\":\"%s\"".formatted(first.get("thread").asText()));
        var branch = TestServer.body(server.post(
                "/api/v1/runs/%s/fork".formatted(second.get("id").asText()),
                "{\"step\":0,\"input\":\"What is 2 + 2?\"}"));

        for (var run : List.of(second, branch)) {
            var ways = TestServer.body(server.get(
                    "/api/v1/threads/%s/branches".formatted(run.get("thread").asText())));
            assertThat(ways.get("data")).hasSize(1);
            assertThat(ways.at("/data/0/run")).isEqualTo(branch.get("id"));
            assertThat(ways.at("/data/0/origin")).isEqualTo(second.get("id"));
        }

        Await.until("the thread is deleted", () -> deleted(first) == 204);
        Await.until(
                "the branch has answered",
                () -> threadOf(branch).get("activeRun").isNull());
        var next = ran(
                "What is 3 + 3?",
                ",\"thread\":\"%s\"".formatted(branch.get("thread").asText()));
        assertThat(next.get("state").asText()).isEqualTo("succeeded");
    }

    @Test
    void thread_says_what_it_waits_for_and_what_it_has_used() {
        var run = ran("What is 17 * 23?", "");
        var thread = threadOf(run);

        assertThat(thread.get("tokens").asLong()).isPositive();
        assertThat(thread.at("/cost/microUnits").isNumber()).isTrue();
        assertThat(thread.at("/lastRun/waiting").isNull()).isTrue();

        var asked = ApprovalsTest.asked(server);
        assertThat(TestServer.body(server.get(
                                "/api/v1/threads/" + asked.get("thread").asText()))
                        .at("/lastRun/waiting")
                        .asText())
                .isEqualTo("approval");
    }

    @Test
    void change_that_makes_no_sense_is_refused_whole() {
        var run = ran("hello", "");
        var refused = changed(run, "{\"title\":7,\"pinned\":\"yes\",\"colour\":\"red\"}");

        assertThat(refused.get("status").asInt()).isEqualTo(400);
        assertThat(refused.get("errors")).hasSize(3);
    }
}
