package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Triggers over REST: defined, shown with their times, fired by hand, changed, removed.
@PlatformTest
class TriggersTest {

    private static final String MORNING = """
            kind: trigger
            name: morning
            description: Says good morning
            agent: assistant
            input: "It is ${slot}"
            schedule: {cron: "0 7 * * mon-fri", timeZone: Europe/Berlin, missed: once, overlap: queue, jitter: 30s}
            """;

    @Inject
    TestServer server;

    private HttpResponse<String> put(String name, String yaml) {
        return server.send(server.request("/api/v1/triggers/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(yaml)));
    }

    private JsonNode defined(String name, String yaml) {
        var answer = put(name, yaml);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.body(answer);
    }

    private JsonNode ended(JsonNode firing, String trigger) throws InterruptedException {
        Await.until("The firing is over", () -> !state(trigger, firing).equals("due"));
        return found(trigger, firing);
    }

    private String state(String trigger, JsonNode firing) {
        return found(trigger, firing).path("state").asText();
    }

    private JsonNode found(String trigger, JsonNode firing) {
        for (var one : TestServer.body(server.get("/api/v1/triggers/%s/firings".formatted(trigger)))
                .path("data")) {
            if (one.path("id").equals(firing.path("id"))) {
                return one;
            }
        }
        throw new AssertionError("No firing " + firing);
    }

    @Test
    void schedule_is_shown_with_its_next_five_times() {
        var trigger = defined("morning", MORNING);

        assertThat(trigger.path("source").asText()).isEqualTo("schedule");
        var times = new ArrayList<Instant>();
        trigger.path("next").forEach(time -> times.add(Instant.parse(time.asText())));
        assertThat(times).hasSize(5).isSorted();
        assertThat(times.getFirst()).isAfter(Instant.now());
        assertThat(server.get("/api/v1/triggers").body()).contains("\"morning\"");
        assertThat(defined("morning", MORNING.replace("name: morning", "name: morning\nenabled: false"))
                        .path("next"))
                .isEmpty();
    }

    @Test
    void fired_by_hand_it_starts_a_run_once_for_one_key() throws InterruptedException {
        defined("by-hand", MORNING.replace("morning", "by-hand"));
        var request = server.json("/api/v1/triggers/by-hand/run", "{}").header("Idempotency-Key", "one");
        var answer = server.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

        var firing = ended(TestServer.body(answer), "by-hand");

        assertThat(firing.path("state").asText()).as(firing.toString()).isEqualTo("started");
        assertThat(TestServer.body(server.send(request)).path("id")).isEqualTo(firing.path("id"));
        var run =
                TestServer.body(server.get("/api/v1/runs/" + firing.path("run").asText()));
        assertThat(run.path("metadata").path("trigger").asText()).isEqualTo("by-hand");
        assertThat(run.path("input").toString()).contains("It is 20");
    }

    @Test
    void what_cannot_start_says_why() throws InterruptedException {
        defined("broken", """
                name: broken
                agent: assistant
                input: "${body.order}"
                webhook: {open: true}
                """);
        var firing = ended(TestServer.body(server.post("/api/v1/triggers/broken/run", "{\"body\":{}}")), "broken");

        assertThat(firing.path("state").asText()).isEqualTo("failed");
        assertThat(firing.path("reason").asText()).contains("The input has no value", "order");
        var refused = server.post("/api/v1/triggers/broken/run", "{\"event\":{}}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("A webhook has no \\\"event\\\"");
    }

    @Test
    void schedule_is_fired_by_hand_without_a_body() {
        defined("bare", MORNING.replace("morning", "bare"));
        var request =
                server.request("/api/v1/triggers/bare/run").POST(java.net.http.HttpRequest.BodyPublishers.noBody());

        assertThat(server.send(request).statusCode()).isEqualTo(202);
    }

    @Test
    void change_of_what_somebody_else_changed_is_refused() {
        var first = defined("shared", MORNING.replace("morning", "shared"));
        defined("shared", MORNING.replace("morning", "shared").replace("0 7", "0 8"));

        var late = server.send(server.request("/api/v1/triggers/shared")
                .header("Content-Type", "application/yaml")
                .header("If-Match", "\"" + first.path("version").asInt() + "\"")
                .PUT(BodyPublishers.ofString(MORNING.replace("morning", "shared"))));

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(server.send(server.request("/api/v1/triggers/shared").DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.get("/api/v1/triggers/shared").statusCode()).isEqualTo(404);
    }

    @Test
    void new_text_with_the_same_times_keeps_the_next_slot() {
        var before = defined("kept", MORNING.replace("morning", "kept"));
        var after = defined("kept", MORNING.replace("morning", "kept").replace("It is", "Now it is"));

        assertThat(after.path("next")).isEqualTo(before.path("next"));
        assertThat(after.path("version").asInt())
                .isEqualTo(before.path("version").asInt() + 1);
    }

    @Test
    void all_mistakes_are_told_at_once_with_line_and_column() {
        var answer = put("wrong", """
                name: wrong
                agent: asistant
                input: "${slo}"
                when: "1 + 1"
                schedule: {cron: "61 7 * * *", timeZone: Europe/Berlni, missed: twice, jitter: long}
                colour: red
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        var errors = TestServer.body(answer).path("errors");
        assertThat(errors).hasSize(8);
        errors.forEach(error -> {
            assertThat(error.path("line").asInt()).isPositive();
            assertThat(error.path("column").asInt()).isPositive();
        });
        assertThat(answer.body())
                .contains(
                        "There is no agent \\\"asistant\\\"",
                        "undeclared reference to 'slo'",
                        "61 is no minute",
                        "\\\"Europe/Berlni\\\" is no time zone",
                        "Did you mean \\\"Europe/Berlin\\\"?",
                        "\\\"missed\\\" cannot be \\\"twice\\\"",
                        "Unknown key \\\"colour\\\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent: assistant|Nothing makes it fire",
                "webhook: {open: true}|It starts nothing",
                "{agent: assistant, workflow: x, webhook: {open: true}}|It cannot start both an agent and a workflow",
                "{agent: assistant, input: a, schedule: {}}|\\\"cron\\\" is missing",
                "{agent: assistant, schedule: {cron: '@daily'}}|\\\"input\\\" is missing",
                "{agent: assistant, input: a, schedule: {cron: '@daily', timeZone: '+02:00'}}|Name a place",
                "{agent: assistant, input: a, schedule: {cron: '* * * *'}}|This has 4 fields",
                "{agent: assistant, schedule: {cron: '@daily'}, webhook: {open: true}}|It cannot be both schedule and webhook",
                "{agent: assistant, webhook: {}}|Nothing says how the sender is verified",
                "{agent: assistant, webhook: {verify: standard}}|The secret is missing",
                "{agent: assistant, webhook: {verify: standard, open: true}}|It cannot be both open and verified",
                "{agent: assistant, webhook: {open: true, secret: secret://a}}|An open webhook has no secret",
                "{agent: assistant, webhook: {verify: github, secret: abc}}|This is not the name of a secret",
                "{agent: assistant, webhook: {verify: github, secret: secret://none}}|There is no secret \\\"none\\\"",
                "{agent: assistant, webhook: {verify: github, secret: secret://a, header: X}}|only for `verify: hmac`",
                "{agent: assistant, webhook: {verify: hmac, secret: secret://a}}|\\\"header\\\" is missing",
                "{agent: assistant, webhook: {verify: hmac, secret: secret://a, header: 'a b'}}|is no name of a header",
                "{agent: assistant, webhook: {verify: hmac, secret: secret://a, header: X, signed: 'x'}}|leaves the body out",
                "{agent: assistant, webhook: {verify: hmac, secret: secret://a, header: X, signed: '{timestamp}{body}'}}|The time is to be signed",
                "{agent: assistant, event: {}}|\\\"types\\\" is missing",
                "{agent: assistant, event: {types: [run.finished]}}|There is no event \\\"run.finished\\\"",
                "{agent: assistant, event: {types: [run.failed], agent: a, workflow: b}}|It cannot be about both",
                "{workflow: nothing, webhook: {open: true}}|There is no workflow \\\"nothing\\\"",
                "{agent: assistant, when: 'body.x ==', webhook: {open: true}}|mismatched input",
                "{agent: assistant, when: 'slot == 1', webhook: {open: true}}|undeclared reference to 'slot'",
            })
    void definition_is_refused(String yaml, String expected) {
        String text = yaml.startsWith("{") ? "{name: wrong, " + yaml.substring(1) : "name: wrong\n" + yaml;
        var answer = put("wrong", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(expected);
        assertThat(server.get("/api/v1/triggers/wrong").statusCode()).isEqualTo(404);
    }
}
