package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.outbound.WebhookKeys;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Webhooks to a receiver on this computer, from two replicas of one platform.
class WebhooksTest {

    private record Received(String id, String time, String signature, String body, int answered) {
        JsonNode json() {
            return Json.read(body);
        }
    }

    private final String database = TestDatabase.fresh();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<JsonNode> answers = body -> 204;
    private HttpServer receiver;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = answers.applyAsInt(Json.read(body));
            received.add(new Received(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body,
                    status));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
        server = replica();
    }

    private TestServer replica() {
        return TestServer.start(Map.of(
                "database.url",
                database,
                "webhooks.private-hosts",
                List.of("localhost"),
                "webhooks.retry",
                "20ms",
                "secrets.master-key",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.stop(0);
    }

    private HttpResponse<String> put(String path, String yaml) {
        return server.send(
                server.request(path).header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(yaml)));
    }

    private JsonNode subscribed(String name, String events, String more) throws InterruptedException {
        var answer = put(
                "/api/v1/webhooks/" + name,
                "name: %s\nurl: http://localhost:%d/hook\nevents: %s\n%s"
                        .formatted(name, receiver.getAddress().getPort(), events, more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        // Events are noted from the moment on at which the replicas know.
        var notices = server.bean(dev.wheelhouse.notices.Notices.class);
        Await.until("It is watched", () -> notices.isWatched(dev.wheelhouse.base.TenantId.DEFAULT));
        return TestServer.body(answer);
    }

    private JsonNode run(String input) {
        var made =
                server.send(server.json("/api/v1/agents/assistant/runs", "{\"input\":%s}".formatted(Json.quote(input)))
                        .header("Prefer", "wait=25"));
        return TestServer.body(made);
    }

    private JsonNode deliveries(String webhook) {
        return TestServer.body(server.get("/api/v1/webhooks/%s/deliveries".formatted(webhook)))
                .path("data");
    }

    private List<Received> taken() {
        return received.stream().filter(one -> one.answered() < 300).toList();
    }

    @Test
    void end_of_a_run_is_told_signed_and_listed() throws InterruptedException {
        var webhook = subscribed("pager", "[run.succeeded]", "");
        String secret = webhook.path("secret").asText();
        assertThat(secret).startsWith("whsec_");
        assertThat(server.get("/api/v1/webhooks/pager").body()).doesNotContain("whsec_");

        var run = run("hello");

        Await.until("It is told", () -> !received.isEmpty());
        var told = received.getFirst();
        assertThat(told.json().path("type").asText()).isEqualTo("run.succeeded");
        assertThat(told.json().path("data").path("run").path("id")).isEqualTo(run.path("id"));
        assertThat(told.body()).doesNotContain("output");
        var right = WebhookKeys.read(secret)
                .orElseThrow()
                .sign(told.id(), Instant.ofEpochSecond(Long.parseLong(told.time())), told.body());
        assertThat(told.signature()).isEqualTo(right.get("webhook-signature"));
        Await.until(
                "The list knows",
                () -> deliveries("pager").path(0).path("state").asText().equals("delivered"));
        assertThat(deliveries("pager").path(0).path("id").asText()).isEqualTo(told.id());
    }

    @Test
    void only_what_is_wanted_is_told() throws InterruptedException {
        subscribed("failures", "[run.failed]", "");
        subscribed("mine", "[run.succeeded]", "when: \"event.run.metadata.who == 'me'\"\n");
        run("hello");
        server.send(server.json("/api/v1/agents/assistant/runs", "{\"input\":\"hello\",\"metadata\":{\"who\":\"me\"}}")
                .header("Prefer", "wait=25"));

        Await.until("It is told", () -> !received.isEmpty());
        Await.until("Nothing is left", () -> TestDatabase.query(database, "SELECT count(*) FROM notices")
                .equals("0"));
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().body()).contains("\"who\":\"me\"");
        assertThat(deliveries("failures")).isEmpty();
    }

    @Test
    void approval_is_told_before_the_end_of_its_run_though_it_fails_at_first() throws InterruptedException {
        subscribed("all", "['approval.*', run.succeeded, run.failed]", "");
        int[] fails = {3};
        answers = body -> body.path("type").asText().equals("approval.opened") && fails[0]-- > 0 ? 503 : 200;
        var approval = ApprovalsTest.asked(server);
        server.post("/api/v1/approvals/" + approval.path("id").asText() + "/decision", "{\"decision\":\"reject\"}");

        Await.until("The end is told", () -> taken().stream()
                .anyMatch(one -> one.json().path("type").asText().startsWith("run.")));

        assertThat(taken().stream().map(one -> one.json().path("type").asText()).toList())
                .startsWith("approval.opened", "approval.decided");
        assertThat(received.stream()
                        .filter(one -> one.answered() == 503)
                        .map(Received::id)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void everything_about_a_run_is_told_in_its_order() throws InterruptedException {
        subscribed("all", "['*']", "");
        var approval = ApprovalsTest.asked(server);
        server.post("/api/v1/approvals/" + approval.path("id").asText() + "/decision", "{\"decision\":\"reject\"}");

        Await.until("The end is told", () -> typesTold().contains("run.succeeded"));

        assertThat(typesTold())
                .startsWith("run.created", "approval.opened")
                .endsWith("run.succeeded")
                .containsOnlyOnce("run.created", "run.waiting", "approval.decided");
    }

    private List<String> typesTold() {
        return taken().stream().map(one -> one.json().path("type").asText()).toList();
    }

    @Test
    void gone_address_switches_the_webhook_off_until_it_is_changed() throws InterruptedException {
        subscribed("gone", "['run.*']", "");
        answers = body -> 410;
        run("hello");
        Await.until(
                "It is off", () -> server.get("/api/v1/webhooks/gone").body().contains("410 Gone"));
        run("hello again");
        Await.until("Its end is passed over", () -> TestDatabase.query(database, "SELECT count(*) FROM notices")
                .equals("0"));
        assertThat(received).hasSize(1);

        answers = body -> 200;
        subscribed("gone", "['run.*']", "description: mended\n");
        String delivery = deliveries("gone").path(0).path("id").asText();
        assertThat(deliveries("gone").path(0).path("state").asText()).isEqualTo("failed");
        assertThat(server.post("/api/v1/webhooks/gone/deliveries/" + delivery + "/send", "{}")
                        .statusCode())
                .isEqualTo(202);
        Await.until("It is sent again", () -> taken().stream()
                .anyMatch(one -> one.id().equals(delivery)));
    }

    @Test
    void what_fails_for_days_is_given_up_and_switches_the_webhook_off() throws InterruptedException {
        subscribed("broken", "['run.*']", "");
        answers = body -> 500;
        run("hello");
        Await.until("It fails", () -> received.size() > 1);
        TestDatabase.execute(
                database,
                "UPDATE deliveries SET give_up_at = now(), due_at = now();"
                        + " UPDATE webhooks SET failing_since = now() - interval '4 days'");
        Await.until(
                "It is off", () -> server.get("/api/v1/webhooks/broken").body().contains("three days"));
        assertThat(deliveries("broken").path(0).path("state").asText()).isEqualTo("failed");
    }

    @Test
    void test_is_sent_once_and_a_second_secret_signs_beside_the_first() throws InterruptedException {
        String first = subscribed("tried", "['budget.*']", "").path("secret").asText();
        String second = TestServer.body(server.post("/api/v1/webhooks/tried/secret", "{}"))
                .path("secret")
                .asText();
        answers = body -> 500;
        server.post("/api/v1/webhooks/tried/test", "{}");

        Await.until(
                "It was tried",
                () -> deliveries("tried").path(0).path("state").asText().equals("failed"));
        assertThat(received).hasSize(1);
        var told = received.getFirst();
        assertThat(told.json().path("type").asText()).isEqualTo("webhook.test");
        var both = WebhookKeys.read(second + " " + first)
                .orElseThrow()
                .sign(told.id(), Instant.ofEpochSecond(Long.parseLong(told.time())), told.body());
        assertThat(told.signature()).isEqualTo(both.get("webhook-signature"));
    }

    @Test
    void nothing_is_lost_or_out_of_order_in_a_storm() throws InterruptedException {
        subscribed("storm", "['approval.*', run.succeeded, run.failed]", "");
        var random = new java.util.Random(7);
        answers = body -> random.nextBoolean() ? 500 : 200;
        var runs = new TreeSet<String>();
        for (int round = 0; round < 3; round++) {
            var other = replica();
            for (int n = 0; n < 10; n++) {
                var approval = ApprovalsTest.asked(server);
                runs.add(approval.path("run").asText());
                server.post(
                        "/api/v1/approvals/" + approval.path("id").asText() + "/decision", "{\"decision\":\"reject\"}");
            }
            other.bean(Database.class).close();
            other.close();
        }
        Await.until(
                "All runs' ends are told",
                () -> taken().stream()
                                .filter(one -> one.json().path("type").asText().startsWith("run."))
                                .map(one -> one.json()
                                        .path("data")
                                        .path("run")
                                        .path("id")
                                        .asText())
                                .distinct()
                                .count()
                        >= runs.size());

        for (String run : runs) {
            var told = taken().stream()
                    .map(Received::json)
                    .filter(one ->
                            one.path("data").path("run").path("id").asText().equals(run))
                    .map(one -> one.path("type").asText())
                    .toList();
            var first = told.stream().distinct().toList();
            assertThat(first).as(run).hasSize(3).startsWith("approval.opened", "approval.decided");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: https://example.org/|\\\"events\\\" is missing",
                "{url: 'https://example.org/', events: []}|\\\"events\\\" names none",
                "{url: 'https://example.org/', events: [run.ended]}|There is no event \\\"run.ended\\\"",
                "{events: [run.failed]}|\\\"url\\\" is missing",
                "{url: 'ftp://example.org/', events: [run.failed]}|ftp",
                "{url: 'nowhere', events: [run.failed]}|nowhere",
                "{url: 'https://user:pw@example.org/', events: [run.failed]}|url",
                "{url: 'https://example.org/', events: [run.failed], when: 'body.x'}|undeclared reference to 'body'",
                "{url: 'https://example.org/', events: [run.failed], secret: x}|Unknown key \\\"secret\\\"",
            })
    void definition_is_refused(String yaml, String expected) {
        String text = yaml.startsWith("{") ? "{name: wrong, " + yaml.substring(1) : "name: wrong\n" + yaml;
        var answer = put("/api/v1/webhooks/wrong", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(expected);
    }

    @Test
    void address_off_the_public_internet_is_not_reached() throws InterruptedException {
        var answer = put(
                "/api/v1/webhooks/inside",
                "name: inside\nurl: http://127.0.0.1:%d/hook\nevents: ['*']\n"
                        .formatted(receiver.getAddress().getPort()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        server.post("/api/v1/webhooks/inside/test", "{}");

        Await.until(
                "It was refused",
                () -> deliveries("inside").path(0).path("state").asText().equals("failed"));
        assertThat(received).isEmpty();
    }
}
