package dev.wheelhouse.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.clock.SystemClock;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Announcements to a real server, from a real Postgres.
class WebhookTest {

    private static final byte[] SECRET = "thirty-two bytes of a test secret".getBytes(StandardCharsets.UTF_8);

    private record Received(String id, String time, String signature, String body) {}

    private final String url = TestDatabase.fresh();
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Outbound outbound = Outbound.direct();
    private Database database;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        server.stop(0);
        outbound.close();
        database.close();
    }

    private ApprovalsConfig config() {
        return new ApprovalsConfig(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/hook",
                "whsec_" + Base64.getEncoder().encodeToString(SECRET),
                Duration.ofMillis(50),
                "https://console.example.org/",
                List.of());
    }

    private AnnounceApprovals announcer() {
        return new AnnounceApprovals(TestApprovals.store(database), config(), outbound, new SystemClock());
    }

    private void ask(int count) {
        TestDatabase.execute(url, """
                INSERT INTO runs (tenant, id, thread, revision, epoch, seq, agent, state, created)
                SELECT 'default', id, id, 1, 1, 1, 'careful', 'waiting', '{"input":[]}'
                FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, %d)) AS new;
                INSERT INTO questions (tenant, id, run, step, round, kind, question, hash)
                SELECT tenant, gen_random_uuid(), id, 1, 1, 'tool', '{"tool":"t","message":"Really?","arguments":{"pin":"1234"}}', 'h'
                FROM runs""".formatted(count));
    }

    private Received next() throws InterruptedException {
        var next = received.poll(Await.LONGEST.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("an announcement").isNotNull();
        return next;
    }

    @Test
    void question_that_opens_is_announced_signed_and_without_its_arguments() throws Exception {
        ask(1);
        try (var announcer = announcer()) {
            var hook = next();

            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            String signed = hook.id() + "." + hook.time() + "." + hook.body();
            assertThat(hook.signature())
                    .isEqualTo("v1,"
                            + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
            var data = Json.read(hook.body()).path("data");
            assertThat(data.path("message").asText()).isEqualTo("Really?");
            assertThat(data.path("url").asText()).startsWith("https://console.example.org/approvals?approval=");
            assertThat(hook.body()).doesNotContain("1234");
        }
    }

    @Test
    void failed_announcement_is_retried_with_the_same_id_a_few_times() throws Exception {
        failures.set(2);
        ask(1);
        try (var announcer = announcer()) {
            var first = next();
            assertThat(next().id()).isEqualTo(first.id());
            assertThat(next().id()).isEqualTo(first.id());
            awaitAnnounced(1);
            assertThat(received).isEmpty();
        }
    }

    @Test
    void several_replicas_announce_each_question_once() throws Exception {
        ask(50);
        try (var one = announcer();
                var two = announcer();
                var three = announcer()) {
            awaitAnnounced(50);
            assertThat(received).hasSize(50);
            assertThat(received.stream().map(Received::id)).doesNotHaveDuplicates();
        }
    }

    private void awaitAnnounced(int count) {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        String announced = "";
        while (!announced.equals("" + count)) {
            assertThat(System.nanoTime()).as("announced: %s", announced).isLessThan(end);
            announced = TestDatabase.query(url, "SELECT count(*) FROM announcements WHERE notified_at IS NOT NULL");
        }
    }

    @Test
    void settings_that_cannot_work_are_refused_together_without_the_secret() {
        var wrong = new ApprovalsConfig("hook", "whsec_c2hvcnQ=", Duration.ofSeconds(1), null, null);

        assertThatThrownBy(() -> new Webhook(wrong, outbound)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.mistakes())
                    .extracting(Problem.Mistake::path)
                    .isEqualTo(List.of("approvals.webhook-url", "approvals.webhook-secret"));
            assertThat(problem.mistakes().toString()).doesNotContain("c2hvcnQ");
        });
    }
}
