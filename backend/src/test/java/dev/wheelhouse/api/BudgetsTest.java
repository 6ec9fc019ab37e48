package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Budgets as clients set them and meet them.
@PlatformTest
class BudgetsTest {

    @Inject
    TestServer server;

    @AfterEach
    void removeAll() {
        for (var budget : TestServer.body(server.get("/api/v1/budgets")).get("data")) {
            server.send(server.request("/api/v1/budgets/" + budget.get("id").asText())
                    .DELETE());
        }
    }

    private JsonNode set(String scope, String subject, String unit, String period, long cap) {
        String whose = subject.isEmpty() ? "" : "\"subject\":\"%s\",".formatted(subject);
        var response = server.post(
                "/api/v1/budgets",
                "{\"scope\":\"%s\",%s\"unit\":\"%s\",\"period\":\"%s\",\"cap\":%d,\"note\":\"test\"}"
                        .formatted(scope, whose, unit, period, cap));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return TestServer.body(response);
    }

    private HttpResponse<String> change(JsonNode budget, String body) {
        return server.send(server.request("/api/v1/budgets/" + budget.get("id").asText())
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> run(String body, String... headers) {
        var request = server.json("/api/v1/agents/assistant/runs", body).header("Prefer", "wait=20");
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        return server.send(request);
    }

    @Test
    void budget_is_set_shown_changed_and_removed() {
        var made = set("user", "mia", "time", "month", 60);
        assertThat(made.get("cap").asLong()).isEqualTo(60);
        assertThat(made.get("createdBy").asText()).isEqualTo("bootstrap");
        assertThat(made.get("periodEndsAt").asText()).contains("-01T00:00:00");

        assertThat(TestServer.body(change(made, "{\"cap\":90}")).get("left").asLong())
                .isEqualTo(90);
        assertThat(change(made, "{\"caps\":90}").body()).contains("Did you mean \\\"cap\\\"?");
        assertThat(TestServer.body(server.get("/api/v1/budgets")).get("data")).hasSize(1);

        var gone = server.send(
                server.request("/api/v1/budgets/" + made.get("id").asText()).DELETE());
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(TestServer.body(server.get("/api/v1/budgets")).get("data")).isEmpty();
    }

    @Test
    void every_mistake_of_a_budget_is_told_at_once() {
        var refused =
                server.post("/api/v1/budgets", "{\"scope\":\"usr\",\"unit\":\"cals\",\"period\":\"week\",\"cap\":-1}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(refused).get("errors").findValuesAsText("path"))
                .containsExactlyInAnyOrder("/scope", "/unit", "/period", "/cap");
        assertThat(refused.body()).contains("Did you mean \\\"user\\\"?", "Did you mean \\\"calls\\\"?");
        assertThat(server.post("/api/v1/budgets", "{\"scope\":\"user\",\"unit\":\"calls\",\"period\":\"day\"}")
                        .body())
                .contains("\\\"cap\\\" is missing", "\\\"subject\\\" is missing");
    }

    @Test
    void run_without_budget_for_one_call_is_refused_until_it_is_raised() {
        assertThat(run("{\"input\":\"say one\"}", "Idempotency-Key", "before").statusCode())
                .isEqualTo(201);
        var budget = set("tenant", "", "calls", "total", 0);

        var refused = run("{\"input\":\"say two\"}", "Idempotency-Key", "after");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(TestServer.body(refused).get("type").asText()).isEqualTo("/problems#over-budget");
        assertThat(refused.body()).contains("reached: 0 of 0 calls spent", "An admin can raise it");
        assertThat(refused.headers().firstValue("x-should-retry")).contains("false");

        assertThat(run("{\"input\":\"say one\"}", "Idempotency-Key", "before").statusCode())
                .as("who asks again for a run that was started in time gets it")
                .isEqualTo(201);

        change(budget, "{\"cap\":1}");
        assertThat(TestServer.body(run("{\"input\":\"say two\"}", "Idempotency-Key", "after"))
                        .get("state")
                        .asText())
                .isEqualTo("succeeded");
    }

    @Test
    void run_under_way_fails_where_its_next_call_is_not_paid_for() {
        set("agent", "assistant", "calls", "day", 1);

        var run = TestServer.body(run("{\"input\":\"what is 17 * 23\"}"));

        assertThat(run.get("state").asText()).isEqualTo("failed");
        assertThat(run.get("error").get("code").asText()).isEqualTo("over_budget");
        assertThat(run.get("error").get("message").asText())
                .isEqualTo("Daily call budget of agent \"assistant\" reached: 1 of 1 call spent;"
                        + " this call needs up to 1 call");
        assertThat(run.get("error").get("hint").asText())
                .startsWith("Resets on ")
                .endsWith("An admin can raise it");
    }

    @Test
    void refused_run_is_retried_from_its_failed_step_after_a_raise() {
        var budget = set("agent", "assistant", "calls", "total", 1);
        String failed = TestServer.body(run("{\"input\":\"what is 17 * 23\"}"))
                .get("id")
                .asText();
        change(budget, "{\"cap\":2}");

        var retried = server.send(
                server.json("/api/v1/runs/" + failed + "/retry", "{}").header("Prefer", "wait=20"));

        assertThat(retried.statusCode()).as(retried.body()).isEqualTo(201);
        String id = TestServer.body(retried).get("id").asText();
        var ended = awaitEnd(id);
        assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.get("output").asText()).contains("391");
        assertThat(TestServer.body(server.get("/api/v1/budgets"))
                        .at("/data/0/spent")
                        .asLong())
                .as("what was kept is not paid again")
                .isEqualTo(2);
    }

    private JsonNode awaitEnd(String id) {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        while (true) {
            var run = TestServer.body(server.get("/api/v1/runs/" + id));
            if (!run.get("endedAt").isNull() || System.nanoTime() > end) {
                return run;
            }
        }
    }

    @Test
    void each_user_has_a_budget_of_their_own_and_the_list_shows_who_spent() {
        set("user", "*", "calls", "month", 1);

        assertThat(run("{\"input\":\"say a\",\"user\":\"mia\"}").statusCode()).isEqualTo(201);
        assertThat(run("{\"input\":\"say b\",\"user\":\"mia\"}").statusCode()).isEqualTo(429);
        assertThat(run("{\"input\":\"say c\",\"user\":\"max\"}").statusCode()).isEqualTo(201);

        var budget = TestServer.body(server.get("/api/v1/budgets")).get("data").get(0);
        assertThat(budget.get("subjects").findValuesAsText("subject")).containsExactlyInAnyOrder("mia", "max");
        assertThat(budget.get("spent").asLong()).isEqualTo(1);
        assertThat(run("{\"input\":\"say d\",\"user\":\" \"}").statusCode()).isEqualTo(400);
    }

    @Test
    void period_that_ends_soon_says_when_to_ask_again() {
        String url = TestDatabase.fresh();
        try (var soon = TestServer.start(Map.of("database.url", url))) {
            TestDatabase.execute(url, """
                    CREATE OR REPLACE FUNCTION budget_ends(period text) RETURNS timestamptz LANGUAGE sql STABLE AS
                    $$ SELECT now() + interval '30 minutes' $$""");
            soon.post("/api/v1/budgets", "{\"scope\":\"tenant\",\"unit\":\"calls\",\"period\":\"day\",\"cap\":0}");

            var refused = soon.post("/api/v1/agents/assistant/runs", "{\"input\":\"say hi\"}");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElse("0")))
                    .isBetween(1_700, 1_801);
        }
    }

    @Test
    void openai_clients_meet_429_at_the_start_and_400_in_the_middle() {
        var budget = set("key", "bootstrap", "calls", "month", 1);
        var inTheMiddle = server.post(
                "/v1/chat/completions",
                "{\"model\":\"assistant\",\"messages\":[{\"role\":\"user\",\"content\":\"what is 17 * 23\"}]}");
        // Another try would run into the same budget, and clients try again after a 429.
        assertThat(inTheMiddle.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(inTheMiddle).at("/error/code").asText()).isEqualTo("over_budget");

        var atTheStart = server.post(
                "/v1/chat/completions",
                "{\"model\":\"assistant\",\"messages\":[{\"role\":\"user\",\"content\":\"say hi\"}]}");
        assertThat(atTheStart.statusCode()).isEqualTo(429);
        assertThat(TestServer.body(atTheStart).at("/error/type").asText()).isEqualTo("rate_limit_error");
        assertThat(atTheStart.headers().firstValue("x-should-retry")).contains("false");
        assertThat(budget.get("subject").asText()).isEqualTo("bootstrap");
    }

    @Test
    void run_shows_what_it_may_use_and_has_used() {
        var id = TestServer.body(run("{\"input\":\"what is 17 * 23\"}"))
                .get("id")
                .asText();

        var limits = TestServer.body(server.get("/api/v1/runs/" + id)).get("limits");

        assertThat(limits.at("/steps/used").asInt()).isEqualTo(3);
        assertThat(limits.at("/calls/used").asInt()).isEqualTo(2);
        assertThat(limits.at("/tokens/cap").asLong()).isEqualTo(200_000);
        assertThat(limits.at("/tokens/used").asLong()).isPositive();
        assertThat(limits.at("/money/cap").isNull()).isTrue();
        assertThat(limits.at("/money/used").asLong()).isZero();
        assertThat(limits.at("/output/used").asLong()).isPositive();
        assertThat(limits.at("/depth/used").asInt()).isZero();
    }

    @Test
    void metrics_tell_what_is_left_and_what_was_refused() {
        set("tenant", "", "calls", "day", 1);
        run("{\"input\":\"what is 17 * 23\"}");

        assertThat(server.get("/metrics").body())
                .containsPattern("wheelhouse_budgets_left\\{[^}]*scope=\"tenant\"[^}]*unit=\"calls\"[^}]*} 0.0")
                .containsPattern("wheelhouse_budgets_refused_total\\{[^}]*unit=\"calls\"[^}]*} 1.0");
    }

    @Test
    void run_stopped_while_it_answers_shows_what_the_budget_was_charged() throws Exception {
        var money = set("tenant", "", "money", "total", 100_000_000);
        var tokens = set("tenant", "", "tokens", "total", 100_000_000);
        var run = TestServer.body(
                server.post("/api/v1/agents/assistant/runs", "{\"input\":\"hold stopped-in-the-middle\"}"));
        String address = "/api/v1/runs/" + run.get("id").asText();
        Await.until("the model is asked", () -> spent(tokens, "reserved") > 0);
        assertThat(TestServer.body(server.get(address)).get("stoppedMidway").isNull())
                .isTrue();

        server.post(address + "/cancel", "");
        Await.until(
                "the run is stopped and settled",
                () -> spent(tokens, "reserved") == 0
                        && "cancelled"
                                .equals(TestServer.body(server.get(address))
                                        .get("state")
                                        .asText()));

        var stopped = TestServer.body(server.get(address)).get("stoppedMidway");
        assertThat(stopped.get("tokens").asLong()).isPositive().isEqualTo(spent(tokens, "spent"));
        assertThat(stopped.at("/cost/microUnits").asLong()).isEqualTo(spent(money, "spent"));
    }

    private long spent(JsonNode budget, String field) {
        for (var one : TestServer.body(server.get("/api/v1/budgets")).get("data")) {
            if (one.get("id").equals(budget.get("id"))) {
                return one.get(field).asLong();
            }
        }
        throw new AssertionError("The budget is gone");
    }
}
