package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Workflows over the API: stored, refused, run, signalled, cancelled, and spoken to as agents are.
@PlatformTest
class WorkflowsTest {

    @Inject
    TestServer server;

    private HttpResponse<String> put(String name, String text) {
        return server.send(server.request("/api/v1/workflows/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(text)));
    }

    private JsonNode start(String name, String input) {
        return TestServer.body(server.post("/api/v1/workflows/" + name + "/runs", "{\"input\":" + input + "}"));
    }

    private JsonNode ended(JsonNode run) throws InterruptedException {
        var id = RunId.parse(run.path("id").asText());
        server.bean(Runs.class).await(TenantId.DEFAULT, id, Await.LONGEST);
        return TestServer.body(server.get("/api/v1/runs/" + id));
    }

    private void awaitWaiting(JsonNode run, String reason) throws InterruptedException {
        Await.until("The run waits for " + reason, () -> TestServer.body(
                        server.get("/api/v1/runs/" + run.path("id").asText()))
                .path("waiting")
                .path("reason")
                .asText()
                .equals(reason));
    }

    private HttpResponse<String> signal(JsonNode run, String name, String body, String key) {
        return server.send(server.json("/api/v1/runs/" + run.path("id").asText() + "/signals/" + name, body)
                .header("Idempotency-Key", key));
    }

    @Test
    void is_stored_changed_published_and_listed() {
        String text = "kind: workflow\nname: hello\nstates: {done: {succeed: {output: \"%s ${input.message}\"}}}\n";
        assertThat(put("hello", text.formatted("Hello")).statusCode()).isEqualTo(201);
        var changed = put("hello", text.formatted("Goodbye"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(TestServer.body(changed).path("revision").asInt()).isEqualTo(2);

        server.post("/api/v1/workflows/hello/revisions/1/publish", "");

        var read = TestServer.body(server.get("/api/v1/workflows/hello"));
        assertThat(read.path("published").asInt()).isEqualTo(1);
        assertThat(read.path("takesMessage").asBoolean()).isTrue();
        assertThat(server.get("/api/v1/workflows").body()).contains("\"hello\"");
        assertThat(TestServer.body(server.get("/api/v1/workflows/hello/revisions"))
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void mistakes_are_told_with_their_lines() {
        var refused =
                put("wrong", "name: wrong\nstart: a\nstates:\n  a: {agent: nobody, next: b}\n  c: {succeed: {}}\n");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(TestServer.body(refused).path("errors"))
                .extracting(one ->
                        one.path("line").asInt() + " " + one.path("message").asText())
                .contains(
                        "4 There is no agent \"nobody\"",
                        "4 There is no state \"b\"",
                        "5 State \"c\" is never reached");
    }

    @Test
    void input_that_does_not_match_is_refused() {
        put("typed", """
                name: typed
                input: {type: object, required: [n], properties: {n: {type: integer}}}
                states: {done: {succeed: {output: "${input.n}"}}}
                """);

        var refused = server.post("/api/v1/workflows/typed/runs", "{\"input\":{\"n\":\"one\"}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("typed").contains("integer");
        assertThat(server.post("/api/v1/workflows/missing/runs", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void can_be_spoken_to_wherever_an_agent_can() throws Exception {
        put("echo", "name: echo\nstates: {done: {succeed: {output: \"You said ${input.message}\"}}}\n");

        var chat = TestServer.body(server.post("/chat", "{\"agent\":\"echo\",\"message\":\"hi\"}"));
        assertThat(chat.path("answer").asText()).isEqualTo("You said hi");
        assertThat(server.get("/v1/models").body()).contains("\"id\":\"echo\"");
        var completed = server.post(
                "/v1/chat/completions", "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(TestServer.body(completed).at("/choices/0/message/content").asText())
                .isEqualTo("You said hi");
    }

    @Test
    void person_decides_in_an_approval_state() throws Exception {
        put("asked", """
                name: asked
                start: ask
                states:
                  ask: {approval: {message: "May ${input.message}?"}, next: yes, rejected: refused}
                  yes: {succeed: {output: "${states.ask.output.decision}"}}
                  refused: {fail: {code: refused}}
                """);
        var run = start("asked", "{\"message\":\"I\"}");
        awaitWaiting(run, "approval");
        var open = TestServer.body(server.get(
                        "/api/v1/approvals?state=open&run=" + run.path("id").asText()))
                .path("data")
                .path(0);
        assertThat(open.path("message").asText()).isEqualTo("May I?");

        server.post("/api/v1/approvals/" + open.path("id").asText() + "/decision", "{\"decision\":\"approve\"}");

        assertThat(ended(run).path("output").asText()).isEqualTo("approve");
    }

    @Test
    void early_signal_is_kept_and_one_with_a_key_counts_once() throws Exception {
        put("waits", """
                name: waits
                input: {type: object}
                start: first
                states:
                  first: {wait: {signal: paid}, next: second}
                  second: {wait: {signal: paid, timeout: 1h}, next: done}
                  done: {succeed: {output: "${states.first.output.n} ${states.second.output.n}"}}
                """);
        var run = start("waits", "{}");
        assertThat(signal(run, "paid", "{\"n\":1}", "one").statusCode()).isEqualTo(202);
        assertThat(TestServer.body(signal(run, "paid", "{\"n\":1}", "one"))
                        .path("name")
                        .asText())
                .isEqualTo("paid");
        assertThat(signal(run, "paid", "{\"n\":3}", "one").statusCode()).isEqualTo(409);
        awaitWaiting(run, "signal");
        assertThat(server.get("/api/v1/approvals?run=" + run.path("id").asText())
                        .body())
                .contains("\"data\":[]");

        assertThat(signal(run, "paid", "{\"n\":2}", "two").statusCode()).isEqualTo(202);

        assertThat(ended(run).path("output").asText()).isEqualTo("1 2");
        assertThat(signal(run, "paid", "{}", "three").statusCode()).isEqualTo(409);
    }

    @Test
    void cancelled_run_is_undone_by_a_run_of_its_own() throws Exception {
        put("undone", """
                name: undone
                input: {type: object}
                start: write
                states:
                  write: {tool: notes_write, args: {name: undo-me, text: done}, next: wait, undo: {tool: notes_write, args: {name: undo-me, text: undone}}}
                  wait: {wait: {for: 1h}, next: end}
                  end: {succeed: {output: late}}
                """);
        var run = start("undone", "{}");
        awaitWaiting(run, "timer");

        server.post("/api/v1/runs/" + run.path("id").asText() + "/cancel", "");

        assertThat(ended(run).path("state").asText()).isEqualTo("cancelled");
        Await.until(
                "The note is undone",
                () -> server.get("/api/v1/runs?kind=workflow").body().contains("\"Undone\""));
        var read =
                TestServer.body(server.post("/api/v1/agents/assistant/runs", "{\"input\":\"read the note undo-me\"}"));
        assertThat(ended(read).path("state").asText()).isEqualTo("succeeded");
    }
}
