package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.outbound.WebhookKeys;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The operator's webhook for approvals, which the settings name, told by the machinery of everybody's webhooks.
class OperatorsWebhookTest {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    private record Received(String id, String time, String signature, String body) {
        JsonNode data() {
            return Json.read(body).path("data");
        }
    }

    private final String database = TestDatabase.fresh();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer receiver;
    private TestServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? 500 : 204, -1);
            exchange.close();
        });
        receiver.start();
        server = replica(announced());
        awaitWatchers("1");
    }

    private Map<String, Object> announced() {
        return Map.of(
                "approvals.webhook-url",
                "http://127.0.0.1:%d/hook".formatted(receiver.getAddress().getPort()),
                "approvals.webhook-secret",
                SECRET,
                "approvals.webhook-retry",
                "20ms",
                "approvals.console-url",
                "https://console.example.org/");
    }

    private TestServer replica(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("database.url", database);
        return TestServer.start(settings);
    }

    private void awaitWatchers(String count) throws InterruptedException {
        Await.until("Somebody watches", () -> TestDatabase.query(database, "SELECT count(*) FROM watchers")
                .equals(count));
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.stop(0);
    }

    private void awaitTold(int count) throws InterruptedException {
        Await.until("They are told", () -> received.size() >= count);
        Await.until("Nothing is left to send", () -> TestDatabase.query(
                        database,
                        "SELECT (SELECT count(*) FROM notices) + count(*) FROM deliveries WHERE state = 'due'")
                .equals("0"));
    }

    @Test
    void approval_is_told_signed_with_a_link_and_without_its_arguments() throws InterruptedException {
        var approval = ApprovalsTest.asked(server);
        awaitTold(1);

        var told = received.getFirst();
        var right = WebhookKeys.read(SECRET)
                .orElseThrow()
                .sign(told.id(), Instant.ofEpochSecond(Long.parseLong(told.time())), told.body());
        assertThat(told.signature()).isEqualTo(right.get("webhook-signature"));
        assertThat(told.id()).isEqualTo("approval_" + approval.path("id").asText());
        assertThat(told.data().path("approval").path("url").asText())
                .isEqualTo("https://console.example.org/approvals?approval="
                        + approval.path("id").asText());
        assertThat(told.data().path("run").path("id")).isEqualTo(approval.path("run"));
        assertThat(told.body()).doesNotContain("40 m");
    }

    @Test
    void nothing_but_open_approvals_is_told_and_no_tenant_sees_the_address() throws InterruptedException {
        var approval = ApprovalsTest.asked(server);
        server.post("/api/v1/approvals/" + approval.path("id").asText() + "/decision", "{\"decision\":\"reject\"}");
        Await.until("It has ended", () -> TestServer.body(
                        server.get("/api/v1/runs/" + approval.path("run").asText()))
                .path("state")
                .asText()
                .equals("succeeded"));
        awaitTold(1);

        assertThat(received).hasSize(1);
        assertThat(TestServer.body(server.get("/api/v1/webhooks")).path("data")).isEmpty();
        assertThat(TestDatabase.query(database, "SELECT count(*) FROM deliveries"))
                .isEqualTo("1");
    }

    @Test
    void approval_that_stands_in_for_an_edited_one_is_told_too() throws InterruptedException {
        var approval = ApprovalsTest.asked(server);
        var edited = server.post(
                "/api/v1/approvals/" + approval.path("id").asText() + "/decision",
                "{\"decision\":\"approve\",\"arguments\":{\"name\":\"rope\",\"text\":\"50 m\"}}");
        assertThat(edited.statusCode()).as(edited.body()).isLessThan(300);
        awaitTold(2);

        assertThat(received.stream().map(Received::id).distinct()).hasSize(2);
    }

    @Test
    void failed_message_is_sent_again_with_the_same_id() throws InterruptedException {
        failures.set(2);
        ApprovalsTest.asked(server);
        awaitTold(3);

        assertThat(received.stream().map(Received::id).distinct()).hasSize(1);
    }

    @Test
    void several_replicas_tell_each_approval_once() throws InterruptedException {
        try (var other = replica(announced())) {
            for (int count = 0; count < 10; count++) {
                ApprovalsTest.asked(count % 2 == 0 ? server : other);
            }
            awaitTold(10);
        }

        assertThat(received.stream().map(Received::id)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void without_the_setting_nobody_is_told_any_more() throws InterruptedException {
        try (var other = replica(Map.of())) {
            awaitWatchers("0");
            ApprovalsTest.asked(other);
        }

        assertThat(TestDatabase.query(
                        database, "SELECT (SELECT count(*) FROM notices) + (SELECT count(*) FROM webhooks)"))
                .isEqualTo("0");
    }
}
