package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// What runs ask people about, as clients see it.
@PlatformTest
class ApprovalsTest {

    private static final String CAREFUL = """
            {"name": "wary", "instructions": "Keep notes.", "tools": ["notes_write"],
             "approvals": [{"when": "tool.name == 'notes_write'", "message": "Writing a note", "expires": "1h"}]}""";

    @Inject
    TestServer server;

    /// Has a run ask whether it may write a note.
    static JsonNode asked(TestServer server) {
        server.send(server.request("/api/v1/agents/wary")
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(CAREFUL)));
        var run = TestServer.body(server.post("/api/v1/agents/wary/runs", "{\"input\":\"note rope: 40 m\"}"));
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        while (true) {
            var open = TestServer.body(server.get(
                    "/api/v1/approvals?state=open&run=" + run.get("id").asText()));
            var state = TestServer.body(
                            server.get("/api/v1/runs/" + run.get("id").asText()))
                    .get("state");
            if (!open.get("data").isEmpty() && state.asText().equals("waiting")) {
                return open.get("data").get(0);
            }
            assertThat(System.nanoTime()).as("%s", open).isLessThan(end);
        }
    }

    private HttpResponse<String> decide(JsonNode approval, String body) {
        return server.post("/api/v1/approvals/" + approval.get("id").asText() + "/decision", body);
    }

    private JsonNode ended(JsonNode approval) {
        String run = approval.get("run").asText();
        var events =
                server.send(server.request("/api/v1/runs/" + run + "/events").header("Accept", "text/event-stream"));
        assertThat(events.body()).contains("event: run.succeeded");
        return TestServer.body(server.get("/api/v1/runs/" + run));
    }

    @Test
    void approval_is_listed_with_all_a_person_needs_and_can_be_decided() {
        var approval = asked(server);

        assertThat(approval.get("tool").asText()).isEqualTo("notes_write");
        assertThat(approval.get("effect").asText()).isEqualTo("keyed");
        assertThat(approval.get("arguments").toString()).isEqualTo("{\"name\":\"rope\",\"text\":\"40 m\"}");
        assertThat(approval.get("message").asText()).isEqualTo("Writing a note");
        assertThat(approval.get("otherwise").asText()).isEqualTo("reject");
        assertThat(approval.get("expiresAt").asText()).isNotBlank();
        var run =
                TestServer.body(server.get("/api/v1/runs/" + approval.get("run").asText()));
        assertThat(run.path("waiting").path("reason").asText()).isEqualTo("approval");

        var decided = TestServer.body(decide(approval, "{\"decision\":\"approve\",\"reason\":\"fine\"}"));

        assertThat(decided.get("state").asText()).isEqualTo("approved");
        assertThat(decided.get("reason").asText()).isEqualTo("fine");
        assertThat(ended(approval).get("output").asText()).contains("Noted");
        var second = decide(approval, "{\"decision\":\"reject\"}");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("already-decided").contains("decided \\\"approve\\\"");
    }

    @Test
    void edited_arguments_must_fit_the_tool_and_are_asked_about_again() {
        var approval = asked(server);

        var wrong = decide(approval, "{\"decision\":\"approve\",\"arguments\":{\"nam\":\"x\"}}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("nam").contains("/arguments");

        var edited = TestServer.body(
                decide(approval, "{\"decision\":\"approve\",\"arguments\":{\"name\":\"rope\",\"text\":\"20 m\"}}"));
        assertThat(edited.get("state").asText()).isEqualTo("open");
        assertThat(edited.get("replaces").asText()).isEqualTo(approval.get("id").asText());
        assertThat(edited.get("original").get("text").asText()).isEqualTo("40 m");

        TestServer.body(decide(edited, "{\"decision\":\"approve\"}"));
        ended(approval);
        var steps = server.get("/api/v1/runs/" + approval.get("run").asText() + "/steps");
        assertThat(TestServer.body(steps)
                        .get("data")
                        .get(2)
                        .get("input")
                        .get("text")
                        .asText())
                .isEqualTo("20 m");
    }

    @Test
    void what_waits_and_what_became_of_it_is_measured_for_its_tenant_alone() {
        var approval = asked(server);
        awaitMetric("wheelhouse_approvals_opened_total{kind=\"tool\",tenant=\"default\"}");
        TestServer.body(decide(approval, "{\"decision\":\"reject\"}"));

        assertThat(server.get("/metrics").body())
                .contains(
                        "wheelhouse_approvals_waited_seconds_count{kind=\"tool\",outcome=\"reject\",tenant=\"default\"}");
        var stranger = server.send(
                server.request("/metrics").setHeader("Authorization", "Bearer " + server.keyOf("strangers")));
        assertThat(stranger.body()).contains("jvm_").doesNotContain("tenant=\"default\"");
    }

    private void awaitMetric(String series) {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        while (!server.get("/metrics").body().contains(series)) {
            assertThat(System.nanoTime()).as(series).isLessThan(end);
        }
    }

    @Test
    void words_that_mean_nothing_here_are_refused_and_change_nothing() {
        var approval = asked(server);

        assertThat(decide(approval, "{\"decision\":\"aprove\"}").body()).contains("Did you mean");
        assertThat(decide(approval, "{\"decision\":\"happened\"}").statusCode()).isEqualTo(400);
        assertThat(decide(approval, "{\"word\":\"approve\"}").statusCode()).isEqualTo(400);
        assertThat(decide(approval, "{\"decision\":\"approve\",\"hash\":\"0\"}").statusCode())
                .isEqualTo(409);
        assertThat(server.get("/api/v1/approvals?state=opne").body()).contains("Did you mean \\\"open\\\"?");
        assertThat(TestServer.body(server.get(
                                "/api/v1/approvals/" + approval.get("id").asText()))
                        .get("state")
                        .asText())
                .isEqualTo("open");
    }

    @Test
    void key_without_the_scope_may_look_and_not_decide() {
        var approval = asked(server);
        String reader = TestServer.body(server.post("/api/v1/keys", "{\"name\":\"reader\",\"scopes\":[\"read\"]}"))
                .get("secret")
                .asText();
        var path = "/api/v1/approvals/" + approval.get("id").asText();

        var refused = server.send(server.request(path + "/decision")
                .setHeader("Authorization", "Bearer " + reader)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"decision\":\"approve\"}")));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("approve");
    }

    @Test
    void open_approvals_say_what_was_asked_and_are_narrowed_and_counted() {
        var approval = asked(server);
        String of = "agent=wary&tool=notes_write";

        var found = TestServer.body(server.get("/api/v1/approvals?state=open&limit=200&" + of))
                .get("data");
        assertThat(found.findValuesAsText("id")).contains(approval.get("id").asText());
        assertThat(approval.get("request").asText()).isEqualTo("note rope: 40 m");
        assertThat(TestServer.body(server.get("/api/v1/approvals/count?" + of))
                        .get("open")
                        .asInt())
                .isEqualTo(found.size());
        assertThat(TestServer.body(server.get("/api/v1/approvals/count?agent=nobody"))
                        .get("open")
                        .asInt())
                .isZero();
        assertThat(TestServer.body(server.get("/api/v1/approvals?state=open&tool=clock"))
                        .get("data"))
                .isEmpty();
    }

    @Test
    void open_approvals_are_read_page_by_page_by_when_they_expire() {
        asked(server);
        asked(server);
        String sorted = "/api/v1/approvals?state=open&sort=expiry&agent=wary";
        var all = TestServer.body(server.get(sorted + "&limit=200")).get("data").findValuesAsText("id");
        var read = new java.util.ArrayList<String>();
        String after = "";
        do {
            var page = TestServer.body(server.get(sorted + "&limit=1" + after));
            read.addAll(page.get("data").findValuesAsText("id"));
            after = page.get("nextCursor").isNull()
                    ? ""
                    : "&after="
                            + java.net.URLEncoder.encode(
                                    page.get("nextCursor").asText(), java.nio.charset.StandardCharsets.UTF_8);
        } while (!after.isEmpty());

        assertThat(all).hasSizeGreaterThanOrEqualTo(2);
        assertThat(read).isEqualTo(all);
        assertThat(server.get(sorted + "&after=x").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/approvals?sort=expiry").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/approvals?state=open&sort=newst").body()).contains("Did you mean");
    }
}
