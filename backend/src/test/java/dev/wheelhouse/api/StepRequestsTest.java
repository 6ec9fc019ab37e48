package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelListener;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.testing.Await;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a model was sent, read back over HTTP, against what it got.
@PlatformTest
@Property(name = "test.heard", value = "yes")
class StepRequestsTest {

    /// Keeps the calls that models answered, as they got them.
    @Singleton
    @Requires(property = "test.heard")
    static final class Heard implements ModelListener {
        final List<ModelCall> calls = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void called(ModelCall call, ModelReply reply, Duration took, Duration toFirstDelta) {
            calls.add(call);
        }

        @Override
        public void failed(ModelCall call, String provider, String name, String code, Duration took) {}
    }

    @Inject
    TestServer server;

    @Inject
    Heard heard;

    @BeforeAll
    void start() {
        put("plain", "tools: [clock, calculator, notes_write, notes_read, wait]");
        put("warm", "temperature: 0.7\nmaxOutputTokens: 500\ntools: [clock]");
        put("poor", "limits: {money: 5}\ntools: [clock]");
        put(
                "shaped",
                "output: {schema: {type: object, properties: {text: {type: string, pattern: '^x+$'}}, required: [text]}}");
        put("boss", "tools: [call_agent]\nagents: [plain]");
    }

    @BeforeEach
    void forget() {
        heard.calls.clear();
    }

    private void put(String name, String more) {
        server.bean(Agents.class)
                .put(TenantId.DEFAULT, name, "name: %s\ninstructions: You help.\n%s".formatted(name, more), true);
    }

    private JsonNode ended(String path, String body) throws InterruptedException {
        var made = server.post(path, body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return awaited(TestServer.body(made));
    }

    private JsonNode awaited(JsonNode run) throws InterruptedException {
        var id = run.path("id").asText();
        server.bean(Runs.class).await(TenantId.DEFAULT, RunId.parse(id), Await.LONGEST);
        return TestServer.body(server.get("/api/v1/runs/" + id));
    }

    private JsonNode ended(String agent, String input, String more) throws InterruptedException {
        return ended("/api/v1/agents/" + agent + "/runs", "{\"input\":%s%s}".formatted(Json.quote(input), more));
    }

    private List<JsonNode> steps(JsonNode run) {
        var page = TestServer.body(server.get(
                "/api/v1/runs/%s/steps?limit=200".formatted(run.path("id").asText())));
        return StreamSupport.stream(page.path("data").spliterator(), false).toList();
    }

    private JsonNode request(JsonNode run, int step) {
        var response = server.get(
                "/api/v1/runs/%s/steps/%d/request".formatted(run.path("id").asText(), step));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestServer.body(response);
    }

    /// Every call that the run's models got is found again, in its order and to the letter.
    private List<JsonNode> checked(JsonNode run) {
        var requests = steps(run).stream()
                .filter(step -> step.path("kind").asText().equals("model") && step.has("model"))
                .map(step -> request(run, step.path("number").asInt()))
                .toList();
        assertThat(requests).isNotEmpty().hasSameSizeAs(heard.calls);
        for (int at = 0; at < requests.size(); at++) {
            check(requests.get(at), heard.calls.get(at));
        }
        return requests;
    }

    private static void check(JsonNode request, ModelCall call) {
        assertThat(request.path("same").asText()).as(request.toString()).isEqualTo("true");
        assertThat(request.path("model").asText()).isEqualTo(call.alias());
        assertThat(request.path("instructions").asText()).isEqualTo(call.instructions());
        assertThat(texts(request.path("messages"), "content"))
                .isEqualTo(call.messages().stream().map(ModelMessage::text).toList());
        assertThat(texts(request.path("tools"), "name"))
                .isEqualTo(call.tools().stream().map(tool -> tool.name()).toList());
        var parameters = request.path("parameters");
        assertThat(parameters.path("temperature").asText()).isEqualTo(String.valueOf(call.temperature()));
        assertThat(parameters.path("maxOutputTokens").asText()).isEqualTo(String.valueOf(call.maxOutputTokens()));
        assertThat(parameters.path("mustCall").asBoolean()).isEqualTo(call.mustCall());
        assertThat(parameters.path("schema").toString()).isEqualTo(String.valueOf(call.schema()));
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path(field).asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | say ahoy | 1",
                "plain | what is 17 * 23 and what time is it | 2",
                "warm | what time is it | 2",
                "poor | say ahoy | 1",
                "shaped | say ahoy | 3",
            })
    void every_answer_of_a_run_has_its_request(String agent, String input, int answers) throws Exception {
        assertThat(checked(ended(agent, input, ""))).hasSize(answers);
    }

    @Test
    void a_runs_own_form_is_part_of_its_request() throws Exception {
        var run = ended("plain", "say ahoy", ",\"output\":{\"schema\":{\"type\":\"object\",\"required\":[\"text\"]}}");

        assertThat(checked(run).getFirst().at("/parameters/schema/required/0").asText())
                .isEqualTo("text");
    }

    @Test
    void earlier_turns_of_the_thread_are_part_of_it() throws Exception {
        var first = ended("plain", "say ahoy", "");
        forget();
        var second = ended(
                "plain",
                "say farewell",
                ",\"thread\":\"%s\"".formatted(first.path("thread").asText()));

        assertThat(texts(checked(second).getFirst().path("messages"), "content"))
                .containsExactly("say ahoy", first.path("output").asText(), "say farewell");
    }

    @Test
    void pictures_stand_in_it_by_their_hashes() throws Exception {
        var run = ended("/api/v1/agents/plain/runs", """
                {"input":[{"role":"user","content":"what do you see","images":["%s"]}]}""".formatted(TestImages.PNG));

        var image = checked(run).getFirst().at("/messages/0/images/0");
        assertThat(image).isEqualTo(run.at("/input/0/images/0"));
    }

    @Test
    void steps_of_retries_and_edited_forks_are_part_of_it() throws Exception {
        var first = ended("plain", "what is 17 * 23", "");
        forget();
        ended("/api/v1/runs/%s/retry".formatted(first.path("id").asText()), "{\"step\":3}");
        assertThat(heard.calls).hasSize(1);
        forget();
        var fork = ended("/api/v1/runs/%s/fork".formatted(first.path("id").asText()), """
                {"step":2,"edits":[{"step":2,"output":{"result":"1234"}}]}""");

        assertThat(heard.calls).hasSize(1);
        check(request(fork, 3), heard.calls.getFirst());
        assertThat(request(fork, 3).at("/messages/2/content").asText()).contains("1234");
    }

    @Test
    void arguments_that_a_person_changed_are_told_in_it() throws Exception {
        var approval = ApprovalsTest.asked(server);
        String decision = "/api/v1/approvals/%s/decision";
        var edited = TestServer.body(server.post(
                decision.formatted(approval.path("id").asText()),
                "{\"decision\":\"approve\",\"arguments\":{\"name\":\"rope\",\"text\":\"20 m\"}}"));
        server.post(decision.formatted(edited.path("id").asText()), "{\"decision\":\"approve\"}");
        var run = awaited(TestServer.body(
                server.get("/api/v1/runs/" + approval.path("run").asText())));

        assertThat(checked(run).getLast().path("messages").toString()).contains("A person changed the arguments to");
    }

    @Test
    void a_bound_that_a_budget_gave_is_part_of_it() throws Exception {
        put("capped", "tools: [clock]");
        server.post("/api/v1/budgets", """
                {"scope":"agent","subject":"capped","unit":"tokens","cap":2000,"period":"day"}""");
        var run = ended("capped", "say ahoy", "");

        assertThat(checked(run).getFirst().at("/parameters/maxOutputTokens").asInt())
                .isBetween(1, 2000);
    }

    @Test
    void a_run_that_calls_another_says_what_it_sent_itself() throws Exception {
        var run = ended("boss", "hand over to plain: what is 2 + 2", "");

        var requests = steps(run).stream()
                .filter(step -> step.path("kind").asText().equals("model"))
                .map(step ->
                        request(run, step.path("number").asInt()).path("same").asText())
                .toList();
        assertThat(requests).containsExactly("true", "true");
    }

    @Test
    void what_the_agent_is_by_now_does_not_change_it() throws Exception {
        put("changing", "tools: [clock]");
        var run = ended("changing", "say ahoy", "");
        put("changing", "description: Another one");

        assertThat(checked(run).getFirst().at("/tools/0/name").asText()).isEqualTo("clock");
    }

    @Test
    void what_asks_no_model_is_refused_with_the_steps_that_do() throws Exception {
        var run = ended("plain", "what is 17 * 23", "");
        String path = "/api/v1/runs/" + run.path("id").asText() + "/steps/";

        var tool = server.get(path + "2/request");
        assertThat(tool.statusCode()).isEqualTo(409);
        assertThat(tool.body()).contains("Step 2", "tool step", "Steps that did: 1, 3");
        assertThat(server.get(path + "9/request").statusCode()).isEqualTo(404);
        assertThat(server.get(path + "4/request").statusCode()).isEqualTo(404);
        assertThat(server.get(path + "x/request").statusCode()).isEqualTo(400);
    }
}
