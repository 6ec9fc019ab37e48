package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Retry, fork, replay and compare over HTTP, with the demo model and real tools.
@PlatformTest
class RunsFromRunsTest {

    private static final Pattern MODEL_CALLS =
            Pattern.compile("(?m)^gen_ai_client_operation_duration_seconds_count\\{.*} (\\d+)(?:\\.0)?$");

    @Inject
    TestServer server;

    private String stranger;

    @BeforeAll
    void start() {
        stranger = server.keyOf("stranger");
        put("brief", "You are brief.", "");
        put("brief", "You are very brief.", "");
        put("sums", "You add.", "");
        server.bean(Agents.class).put(TenantId.DEFAULT, "sums", yaml("sums", "You add up.", "", "[calculator]"), true);
    }

    private void put(String name, String instructions, String more) {
        server.bean(Agents.class)
                .put(
                        TenantId.DEFAULT,
                        name,
                        yaml(name, instructions, more, "[calculator, clock, notes_write, notes_read, wait]"),
                        true);
    }

    private static String yaml(String name, String instructions, String more, String tools) {
        return "name: %s\ninstructions: %s\ntools: %s\n%s".formatted(name, instructions, tools, more);
    }

    private JsonNode ended(String agent, String input) {
        return ended(server.post("/api/v1/agents/" + agent + "/runs", "{\"input\":\"" + input + "\"}"));
    }

    private JsonNode ended(HttpResponse<String> made) {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return awaited(TestServer.body(made));
    }

    private JsonNode awaited(JsonNode run) {
        try {
            server.bean(Runs.class).await(TenantId.DEFAULT, RunId.parse(id(run)), Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        var ended = TestServer.body(server.get("/api/v1/runs/" + id(run)));
        assertThat(ended.path("endedAt").isNull()).as(ended.toString()).isFalse();
        return ended;
    }

    private List<JsonNode> steps(JsonNode run) {
        var page = TestServer.body(server.get("/api/v1/runs/" + id(run) + "/steps?limit=200"));
        return StreamSupport.stream(page.get("data").spliterator(), false).toList();
    }

    private static String id(JsonNode run) {
        return run.get("id").asText();
    }

    private HttpResponse<String> post(JsonNode run, String action, String body) {
        return server.post("/api/v1/runs/" + id(run) + "/" + action, body);
    }

    private String refused(JsonNode run, String action, String body, int status) {
        var response = post(run, action, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var problem = TestServer.body(response);
        return problem.get("detail").asText() + " | " + problem.path("hint").asText();
    }

    private long modelCalls() {
        return MODEL_CALLS
                .matcher(server.get("/metrics").body())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    @Test
    void fork_goes_on_from_a_tools_other_result() {
        var first = ended("brief", "what is 17 * 23");
        assertThat(first.get("output").asText()).contains("391");

        var fork = ended(post(first, "fork", """
                {"step":2,"edits":[{"step":2,"output":{"result":"1234"}}]}"""));

        assertThat(fork.get("output").asText()).contains("1234").doesNotContain("391");
        assertThat(fork.get("thread").asText()).isEqualTo(id(fork));
        assertThat(fork.get("origin").get("how").asText()).isEqualTo("fork");
        assertThat(fork.get("origin").get("run").asText()).isEqualTo(id(first));
        assertThat(steps(fork)).hasSize(3);
    }

    @Test
    void fork_goes_on_from_a_models_other_calls_and_text() {
        var first = ended("brief", "what is 17 * 23");

        var fork = ended(post(first, "fork", """
                {"step":1,"edits":[{"step":1,"output":{"toolCalls":[
                  {"id":"mine","name":"calculator","arguments":{"expression":"2 + 2"}}]}}]}"""));
        assertThat(steps(fork).get(1).get("output").toString()).contains("4");

        var told = ended(post(first, "fork", """
                {"step":3,"edits":[{"step":3,"output":{"text":"I say so"}}]}"""));
        assertThat(told.get("output").asText()).isEqualTo("I say so");
        assertThat(told.get("steps").asInt()).isEqualTo(3);
    }

    @Test
    void fork_goes_on_with_another_input_revision_or_agent() {
        var first = ended("brief", "what is 17 * 23");
        assertThat(first.get("revision").asInt()).isEqualTo(2);

        var anew = ended(post(first, "fork", "{\"step\":0,\"input\":\"what is 3 * 3\"}"));
        assertThat(anew.get("output").asText()).contains("9").doesNotContain("391");
        assertThat(ended(post(first, "fork", "{\"step\":2,\"revision\":1}"))
                        .get("revision")
                        .asInt())
                .isEqualTo(1);
        var other = ended(post(first, "fork", "{\"step\":2,\"agent\":\"sums\"}"));
        assertThat(other.get("agent").asText()).isEqualTo("sums");
        assertThat(other.get("output").asText()).contains("391");
    }

    @Test
    void fork_says_what_may_be_edited() {
        var first = ended("brief", "what is 17 * 23");

        assertThat(refused(first, "fork", "{}", 400)).contains("\"step\" is missing");
        assertThat(refused(first, "fork", "{\"step\":9}", 400)).contains("Use 0 to 3");
        assertThat(refused(first, "fork", "{\"step\":1,\"edits\":[{\"step\":2,\"output\":1}]}", 400))
                .contains("Step 2 is not kept")
                .contains("may be edited: [1]");
        assertThat(refused(first, "fork", "{\"step\":2,\"edits\":[{\"step\":1,\"output\":{\"toolCalls\":[]}}]}", 400))
                .contains("Steps after step 1 were made for its tool calls");
        assertThat(refused(first, "fork", "{\"step\":1,\"edits\":[{\"step\":1,\"output\":{\"txt\":\"x\"}}]}", 400))
                .contains("no field \"txt\"");
        assertThat(refused(first, "fork", "{\"step\":1,\"edits\":[{\"step\":1,\"output\":\"x\"}]}", 400))
                .contains("must be an object");
        assertThat(refused(first, "fork", "{\"step\":1,\"edits\":[{\"step\":1}]}", 400))
                .contains("\"output\" is missing");
        assertThat(refused(first, "fork", "{\"step\":1,\"agent\":\"brif\"}", 404))
                .contains("brief");
        assertThat(refused(first, "fork", "{\"step\":1,\"revision\":99}", 404)).contains("no revision 99");
        String deep = "[".repeat(40) + "]".repeat(40);
        assertThat(refused(first, "fork", "{\"step\":2,\"edits\":[{\"step\":2,\"output\":" + deep + "}]}", 400))
                .contains("too large");
    }

    @Test
    void calls_of_a_fork_are_held_against_the_rules_of_who_does_them() {
        put("strict", "You ask.", "approvals: [{when: 'tool.name == \"calculator\"', message: Is it so}]\n");
        var first = ended("brief", "what is 17 * 23 and what time is it");
        assertThat(steps(first)).hasSize(4);

        var fork = TestServer.body(post(first, "fork", "{\"step\":1,\"agent\":\"strict\"}"));
        var question = question(fork);
        assertThat(question.get("message").asText()).isEqualTo("Is it so");
        server.post("/api/v1/approvals/" + id(question) + "/decision", "{\"decision\":\"approve\"}");
        assertThat(awaited(fork).get("state").asText()).isEqualTo("succeeded");
        assertThat(steps(fork))
                .extracting(step -> step.get("kind").asText())
                .containsExactly("model", "decision", "tool", "tool", "model");

        var edited = TestServer.body(post(awaited(fork), "fork", """
                {"step":1,"edits":[{"step":1,"output":{"toolCalls":[
                  {"id":"x","name":"calculator","arguments":{"expression":"1+1"}}]}}]}"""));
        server.post("/api/v1/approvals/" + id(question(edited)) + "/decision", "{\"decision\":\"reject\"}");
        assertThat(awaited(edited).get("state").asText()).isEqualTo("succeeded");
        assertThat(steps(edited).get(2).get("error").get("code").asText()).isEqualTo("rejected");

        // The word was about a call of the first run; the fork does a call of its own.
        var again = TestServer.body(post(awaited(fork), "fork", "{\"step\":2}"));
        assertThat(question(again).get("state").asText()).isEqualTo("open");
        post(again, "cancel", "");
        // A replay has the word on record.
        assertThat(ended(post(fork, "replay", "")).get("state").asText()).isEqualTo("succeeded");

        // Where some of an answer's calls are done already, the others cannot be asked about any more.
        put("late", "You ask.", "approvals: [{when: 'tool.name == \"clock\"'}]\n");
        assertThat(steps(first).get(1).get("name").asText()).isEqualTo("calculator");
        assertThat(refused(first, "fork", "{\"step\":2,\"agent\":\"late\"}", 400))
                .contains("Call 2 of step 1 needs an approval")
                .contains("Continue from step 1");
        assertThat(ended(post(first, "fork", "{\"step\":2,\"agent\":\"strict\"}"))
                        .get("state")
                        .asText())
                .isEqualTo("succeeded");
    }

    private JsonNode question(JsonNode run) {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        while (System.nanoTime() < end) {
            var open = TestServer.body(server.get("/api/v1/approvals?state=open&run=" + id(run)));
            if (!open.get("data").isEmpty()) {
                return open.get("data").get(0);
            }
        }
        throw new AssertionError(
                "Nobody is asked by " + server.get("/api/v1/runs/" + id(run)).body());
    }

    @Test
    void replay_calls_nobody_costs_nothing_and_is_no_turn() {
        var first = ended("brief", "note rope: 40 m, then read note rope");
        ended("brief", "note rope: 50 m");
        long before = modelCalls();

        var replay = ended(post(first, "replay", ""));

        assertThat(replay.get("state").asText()).isEqualTo("succeeded");
        assertThat(replay.get("output")).isEqualTo(first.get("output"));
        assertThat(replay.get("usage").toString())
                .isEqualTo("{\"inputTokens\":0,\"cachedTokens\":0,\"outputTokens\":0}");
        assertThat(replay.get("cost").get("microUnits").asInt()).isZero();
        assertThat(modelCalls()).isEqualTo(before);
        assertThat(ended("brief", "read note rope").get("output").asText()).contains("50 m");
        assertThat(server.get("/api/v1/threads/" + first.get("thread").asText() + "/messages")
                        .body())
                .doesNotContain(id(replay));
        assertThat(server.get("/api/v1/threads?limit=200").body()).doesNotContain(id(replay));
        var compared = TestServer.body(server.get("/api/v1/runs/" + id(first) + "/compare/" + id(replay)));
        assertThat(compared.get("steps"))
                .isNotEmpty()
                .allMatch(
                        pair -> !pair.get("left").isNull() && !pair.get("right").isNull());
        assertThat(compared.get("steps").findValuesAsText("same")).containsOnly("true");
    }

    @Test
    void replay_of_an_agent_that_asks_for_more_says_where() {
        var first = ended("brief", "what is 17 * 23");
        var cut = ended(post(first, "fork", """
                {"step":3,"edits":[{"step":3,"output":{"text":"wait","toolCalls":[
                  {"id":"x","name":"clock","arguments":{}}]}}]}"""));
        assertThat(cut.get("state").asText()).isEqualTo("succeeded");
        var shorter = ended(post(cut, "fork", """
                {"step":3,"edits":[{"step":3,"output":{"text":"done","toolCalls":[]}}]}"""));

        // The record of the shorter run has no clock.
        var replayed = ended(post(shorter, "replay", "{\"revision\":\"draft\"}"));
        assertThat(replayed.get("state").asText()).isEqualTo("succeeded");
        assertThat(replayed.get("revision").asInt()).isEqualTo(2);
        var limited = ended("brief", "fail");
        assertThat(ended(post(limited, "replay", "{\"agent\":\"sums\"}"))
                        .get("error")
                        .get("code"))
                .isEqualTo(limited.get("error").get("code"));
    }

    @Test
    void retry_does_the_failed_step_again_in_the_place_of_the_first() {
        var failed = ended("brief", "fail");
        assertThat(failed.get("state").asText()).isEqualTo("failed");
        assertThat(refused(ended("brief", "say ahoy"), "retry", "", 400)).contains("has succeeded");
        assertThat(refused(failed, "retry", "{\"step\":7}", 400)).contains("Use 1 to 2");

        var retry = ended(post(failed, "retry", ""));

        assertThat(retry.get("origin").toString())
                .isEqualTo("{\"run\":\"%s\",\"step\":1,\"how\":\"retry\"}".formatted(id(failed)));
        assertThat(retry.get("thread")).isEqualTo(failed.get("thread"));
        String messages =
                server.get("/api/v1/threads/" + id(failed) + "/messages").body();
        assertThat(messages).contains(id(retry)).doesNotContain("\"run\":\"" + id(failed));
        assertThat(refused(ended(post(failed, "replay", "")), "retry", "", 409)).contains("is a replay");
    }

    @Test
    void busy_thread_takes_no_retry_and_a_request_needs_no_body() {
        var failed = ended("brief", "fail");
        var open = TestServer.body(server.post(
                "/api/v1/agents/brief/runs", "{\"input\":\"hold open\",\"thread\":\"%s\"}".formatted(id(failed))));

        assertThat(refused(failed, "retry", "", 409)).contains("has a run that has not ended");
        post(open, "cancel", "");
        for (String action : List.of("retry", "replay")) {
            assertThat(ended(server.send(server.request("/api/v1/runs/" + id(failed) + "/" + action)
                                    .POST(BodyPublishers.noBody())))
                            .get("state")
                            .asText())
                    .isEqualTo("failed");
        }
    }

    @Test
    void keyed_effect_of_the_retried_run_is_done_once() {
        var first = ended("brief", "note mast: 9 m");
        ended("brief", "note mast: 12 m");

        var retry = ended(post(first, "retry", "{\"step\":2}"));

        assertThat(retry.get("state").asText()).isEqualTo("succeeded");
        // The note was written by its key before, so the newer one stays.
        assertThat(ended("brief", "read note mast").get("output").asText()).contains("12 m");
        var fork = ended(post(first, "fork", "{\"step\":1}"));
        assertThat(fork.get("state").asText()).isEqualTo("succeeded");
        assertThat(ended("brief", "read note mast").get("output").asText()).contains("9 m");
    }

    @Test
    void retried_turn_stands_where_it_stood_and_forks_know_what_was_said_before() {
        var first = ended("brief", "say one");
        String thread = first.get("thread").asText();
        var second = inThread(thread, "say two");
        var third = inThread(thread, "say three");
        assertThat(steps(third).getFirst().get("input").toString()).isEqualTo("{\"messages\":5}");

        var retry = ended(post(second, "retry", "{\"step\":1}"));
        assertThat(steps(retry).getFirst().get("input").toString()).isEqualTo("{\"messages\":3}");
        var said = TestServer.body(server.get("/api/v1/threads/" + thread + "/messages"));
        assertThat(said.get("data").findValuesAsText("content"))
                .filteredOn(content -> content.startsWith("say"))
                .containsExactly("say one", "say two", "say three");
        assertThat(said.get("data").findValuesAsText("run")).contains(id(retry)).doesNotContain(id(second));
        assertThat(steps(inThread(thread, "say four")).getFirst().get("input").toString())
                .isEqualTo("{\"messages\":7}");

        var fork = ended(post(third, "fork", "{\"step\":0}"));
        assertThat(steps(fork).getFirst().get("input").toString()).isEqualTo("{\"messages\":5}");
        var on = inThread(fork.get("thread").asText(), "say five");
        assertThat(steps(on).getFirst().get("input").toString()).isEqualTo("{\"messages\":7}");
    }

    private JsonNode inThread(String thread, String input) {
        return ended(server.post(
                "/api/v1/agents/brief/runs", "{\"input\":\"%s\",\"thread\":\"%s\"}".formatted(input, thread)));
    }

    @Test
    void message_that_was_interrupted_stays_part_of_the_conversation() {
        var first = TestServer.body(server.post("/api/v1/agents/brief/runs", "{\"input\":\"hold interrupted\"}"));
        var second = ended(server.post(
                "/api/v1/agents/brief/runs",
                "{\"input\":\"say ahoy\",\"thread\":\"%s\",\"whenBusy\":\"interrupt\"}"
                        .formatted(first.get("thread").asText())));

        assertThat(second.get("state").asText()).isEqualTo("succeeded");
        assertThat(TestServer.body(server.get("/api/v1/runs/" + id(first)))
                        .get("state")
                        .asText())
                .isEqualTo("cancelled");
        assertThat(steps(second).getFirst().get("input").toString()).isEqualTo("{\"messages\":2}");
    }

    @Test
    void open_run_is_paused_but_neither_retried_nor_replayed() {
        var open = TestServer.body(server.post("/api/v1/agents/brief/runs", "{\"input\":\"hold open\"}"));
        assertThat(refused(open, "retry", "", 409)).contains("has not ended");
        assertThat(refused(open, "replay", "", 409)).contains("has not ended");
        assertThat(TestServer.body(post(open, "pause", "")).get("paused").asBoolean())
                .isTrue();
        assertThat(TestServer.body(post(open, "resume", "")).get("paused").asBoolean())
                .isFalse();
        var queued = TestServer.body(server.post(
                "/api/v1/agents/brief/runs",
                "{\"input\":\"say x\",\"thread\":\"%s\",\"whenBusy\":\"queue\"}"
                        .formatted(open.get("thread").asText())));
        assertThat(queued.get("behind").asBoolean()).isTrue();
        assertThat(server.post("/api/v1/agents/brief/runs", "{\"input\":\"x\",\"whenBusy\":\"wait\"}")
                        .body())
                .contains("reject, queue, interrupt");
        post(queued, "cancel", "");
        post(open, "cancel", "");
        assertThat(refused(queued, "pause", "", 409)).contains("has cancelled");
    }

    @Test
    void same_idempotency_key_makes_one_run() {
        var first = ended("brief", "what is 17 * 23");
        var one = keyed(first, "fork", "{\"step\":2}");
        assertThat(id(TestServer.body(keyed(first, "fork", "{\"step\":2}")))).isEqualTo(id(TestServer.body(one)));
        assertThat(keyed(first, "fork", "{\"step\":1}").statusCode()).isEqualTo(409);
        assertThat(keyed(first, "replay", "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void run_of_a_kind_without_an_agents_limits_is_shown_all_the_same() {
        var run = ended("brief", "say ahoy");
        server.bean(Database.class)
                .engine()
                .update("UPDATE runs SET kind = 'counting' WHERE id = ?", UUID.fromString(id(run)));

        var shown = TestServer.body(server.get("/api/v1/runs/" + id(run)));

        assertThat(shown.at("/program/kind").asText()).isEqualTo("counting");
        assertThat(shown.has("limits")).isFalse();
    }

    private HttpResponse<String> keyed(JsonNode run, String action, String body) {
        return server.send(server.json("/api/v1/runs/" + id(run) + "/" + action, body)
                .header("Idempotency-Key", "once-" + id(run)));
    }

    @Test
    void run_of_another_tenant_is_not_there() {
        var ours = ended("brief", "say ahoy");
        String path = "/api/v1/runs/" + id(ours);
        for (String action : List.of("retry", "fork", "replay", "pause", "resume")) {
            assertThat(server.send(HttpRequest.newBuilder(server.uri(path + "/" + action))
                                    .header("Authorization", "Bearer " + stranger)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"step\":0}")))
                            .statusCode())
                    .as(action)
                    .isEqualTo(404);
        }
        assertThat(server.get(path + "/compare/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
        var theirs = server.send(HttpRequest.newBuilder(server.uri(path + "/compare/" + id(ours)))
                .header("Authorization", "Bearer " + stranger));
        assertThat(theirs.statusCode()).isEqualTo(404);
    }
}
