package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Webhooks that others send, to two replicas of one platform.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HooksTest {

    private static final String OLD =
            "whsec_" + Base64.getEncoder().encodeToString("o".repeat(32).getBytes());
    private static final String NEW =
            "whsec_" + Base64.getEncoder().encodeToString("n".repeat(32).getBytes());
    private static final String PLAIN = "a plain secret";

    private String database;
    private TestServer server;
    private TestServer other;

    @BeforeAll
    void start() {
        database = TestDatabase.fresh();
        Map<String, Object> settings =
                Map.of("database.url", database, "secrets.master-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        server = TestServer.start(settings);
        other = TestServer.start(settings);
        secret("old", OLD);
        secret("new", NEW);
        secret("plain", PLAIN);
        define("standard", "{verify: standard, secrets: ['secret://new', 'secret://old']}", "");
        define("github", "{verify: github, secret: secret://plain}", "when: \"body.action == 'opened'\"\n");
        define(
                "slack",
                "{verify: hmac, secret: secret://plain, header: X-Slack-Signature, prefix: 'v0=',"
                        + " signed: 'v0:{timestamp}:{body}', timestampHeader: X-Slack-Request-Timestamp}",
                "input: \"${body.user_name} says ${body.text}\"\n");
        define("shop", "{verify: hmac, secret: secret://plain, header: X-Shop-Hmac, encoding: base64}", "");
        define("open", "{open: true, idHeader: X-Id}", "input: \"${query.from}: ${body}\"\n");
    }

    @AfterAll
    void stop() {
        other.close();
        server.close();
    }

    private void secret(String name, String value) {
        var answer = server.send(server.request("/api/v1/secrets/" + name)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(
                        "{\"value\":%s,\"hosts\":[\"example.org\"]}".formatted(Json.quote(value)))));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private void define(String name, String webhook, String more) {
        var answer = server.send(server.request("/api/v1/triggers/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(
                        "name: %s\nagent: assistant\nwebhook: %s\n%s".formatted(name, webhook, more))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static byte[] hmac(byte[] key, String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String standard(String secret, String id, long at, String body) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, id + "." + at + "." + body));
    }

    private static HttpRequest.Builder hook(TestServer to, String path, String type, String body) {
        return HttpRequest.newBuilder(to.uri("/hooks/" + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder standard(TestServer to, String id, long at, String sign, String body) {
        return hook(to, "default/standard", "application/json", body)
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(at))
                .header("webhook-signature", sign);
    }

    private static HttpRequest.Builder github(TestServer to, String delivery, String event, String body) {
        return hook(to, "default/github", "application/json", body)
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", delivery)
                .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(PLAIN.getBytes(), body)));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private JsonNode taken(HttpRequest.Builder request) {
        var answer = server.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return TestServer.body(answer);
    }

    private String input(JsonNode taken) {
        return server.get("/api/v1/runs/" + taken.path("run").asText()).body();
    }

    @Test
    void standard_webhooks_are_verified_by_either_key() {
        String body = "{\"order\":7}";
        var first = taken(standard(server, "msg_1", now(), standard(NEW, "msg_1", now(), body), body));
        var second =
                taken(standard(server, "msg_2", now(), "v1,AAAA v2,x " + standard(OLD, "msg_2", now(), body), body));

        assertThat(first.path("run")).isNotEqualTo(second.path("run"));
        assertThat(input(first)).contains("order");
    }

    @Test
    void delivery_that_comes_again_is_answered_with_the_same_run() {
        String body = "{\"order\":8}";
        var first = taken(standard(server, "msg_3", now(), standard(NEW, "msg_3", now(), body), body));
        var again = taken(standard(other, "msg_3", now(), standard(NEW, "msg_3", now(), body), body));

        assertThat(again.path("run")).isEqualTo(first.path("run"));
    }

    @Test
    void delivery_that_comes_to_both_replicas_at_once_runs_once() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = "both-" + round;
            var together = new CyclicBarrier(4);
            var answers = new ArrayList<CompletableFuture<String>>();
            for (int n = 0; n < 4; n++) {
                var to = n % 2 == 0 ? server : other;
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            await(together);
                            return taken(github(to, id, "issues", "{\"action\":\"opened\"}"))
                                    .path("run")
                                    .asText();
                        },
                        command -> Thread.ofVirtual().start(command)));
            }
            var runs = new TreeSet<String>();
            for (var answer : answers) {
                runs.add(answer.get());
            }
            assertThat(runs).as(id).hasSize(1);
        }
        String made = "SELECT count(*) FROM runs WHERE metadata LIKE '%\"github\"%'";
        Await.until("There are as many runs as deliveries", () -> TestDatabase.query(database, made)
                .equals("20"));
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void filtered_and_ping_say_why_there_is_no_run() throws InterruptedException {
        var closed = taken(github(server, "closed", "issues", "{\"action\":\"closed\"}"));
        assertThat(closed.path("run").isNull()).isTrue();
        assertThat(closed.path("reason").asText()).isEqualTo("`when` does not hold");
        assertThat(taken(github(server, "ping", "ping", "{\"zen\":\"x\"}"))
                        .path("reason")
                        .asText())
                .isEqualTo("It is a ping");
        assertThat(taken(github(server, "none", "issues", "{}")).path("reason").asText())
                .contains("`when` has no value");
        Await.until(
                "The list of firings has them",
                () -> server.get("/api/v1/triggers/github/firings").body().split("\"skipped\"", -1).length > 3);
    }

    @Test
    void slack_gets_its_challenge_back_where_it_is_signed() {
        String body = "{\"type\":\"url_verification\",\"token\":\"x\",\"challenge\":\"3eZbrw1a\"}";
        String at = Long.toString(now());
        String sign = "v0=" + HexFormat.of().formatHex(hmac(PLAIN.getBytes(), "v0:" + at + ":" + body));

        var answer = server.send(hook(server, "default/slack", "application/json", body)
                .header("X-Slack-Signature", sign)
                .header("X-Slack-Request-Timestamp", at));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("3eZbrw1a");
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
        var unsigned = server.send(hook(server, "default/slack", "application/json", body));
        assertThat(unsigned.statusCode()).isEqualTo(401);
        assertThat(unsigned.body()).doesNotContain("3eZbrw1a");
    }

    @Test
    void form_is_a_mapping_and_a_plain_signature_covers_its_time() {
        String body = "text=" + URLEncoder.encode("hello & bye", StandardCharsets.UTF_8) + "&user_name=ann";
        String at = Long.toString(now());
        String sign = "v0=" + HexFormat.of().formatHex(hmac(PLAIN.getBytes(), "v0:" + at + ":" + body));
        var taken = taken(hook(server, "default/slack", "application/x-www-form-urlencoded", body)
                .header("X-Slack-Signature", sign)
                .header("X-Slack-Request-Timestamp", at));

        assertThat(input(taken)).contains("ann says hello & bye");
        String old = Long.toString(now() - 1_000);
        String oldSign = "v0=" + HexFormat.of().formatHex(hmac(PLAIN.getBytes(), "v0:" + old + ":" + body));
        assertThat(server.send(hook(server, "default/slack", "application/x-www-form-urlencoded", body)
                                .header("X-Slack-Signature", oldSign)
                                .header("X-Slack-Request-Timestamp", old))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void signature_tells_deliveries_apart_where_nothing_else_does() {
        var one = shop("{\"n\":1}");
        assertThat(shop("{\"n\":1}").path("run")).isEqualTo(one.path("run"));
        assertThat(shop("{\"n\":2}").path("run")).isNotEqualTo(one.path("run"));
    }

    private JsonNode shop(String body) {
        return taken(hook(server, "default/shop", "application/json", body)
                .header("X-Shop-Hmac", Base64.getEncoder().encodeToString(hmac(PLAIN.getBytes(), body))));
    }

    @Test
    void open_webhook_takes_everything_and_tells_ids_apart() {
        var first = taken(
                hook(server, "default/open?from=gate", "text/plain", "knock").header("X-Id", "1"));
        var same = taken(
                hook(other, "default/open?from=gate", "text/plain", "knock").header("X-Id", "1"));
        var next = taken(hook(server, "default/open?from=gate", "text/plain", "knock"));
        var another = taken(hook(server, "default/open?from=gate", "text/plain", "knock"));

        assertThat(input(first)).contains("gate: knock");
        assertThat(same.path("run")).isEqualTo(first.path("run"));
        assertThat(List.of(next.path("run"), another.path("run"), first.path("run")))
                .doesNotHaveDuplicates();
    }

    @Test
    void nobody_learns_what_there_is() {
        String body = "{}";
        String sign = standard(NEW, "msg_9", now(), body);
        var refused = new TreeSet<String>();
        for (var request : List.of(
                standard(server, "msg_9", now() - 301, sign, body),
                standard(server, "msg_9", now() + 301, standard(NEW, "msg_9", now() + 301, body), body),
                standard(server, "msg_8", now(), sign, body),
                standard(server, "msg_9", now(), sign, "{ }"),
                standard(server, "msg_9", now(), sign.replace("v1,", "v2,"), body),
                standard(server, "msg_9", now(), sign.replace("v1,", "v1,A"), body),
                standard(server, "msg_9", now(), "", body),
                standard(server, "msg_9", now(), "v1,", body),
                hook(server, "default/standard", "application/json", body),
                hook(server, "default/nothing", "application/json", body),
                hook(server, "nobody/standard", "application/json", body),
                hook(server, "NOT-a-tenant/standard", "application/json", body),
                hook(server, "default/slack", "application/json", body),
                hook(server, "default/shop", "application/json", body).header("X-Shop-Hmac", "%%%"))) {
            var answer = server.send(request);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
            refused.add(
                    answer.body().replaceAll("\"instance\":\"[^\"]*\"", "").replaceAll("\"requestId\":\"[^\"]*\"", ""));
        }
        assertThat(refused).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "nonsense"})
    void body_that_is_no_json_is_refused_once_its_sender_is_known(String body) {
        assertThat(server.send(github(server, "bad-" + body.length(), "issues", body))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void body_that_is_too_large_is_refused() {
        HttpResponse<String> answer =
                server.send(hook(server, "default/open", "text/plain", "x".repeat((1 << 20) + 1)));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void trigger_that_is_switched_off_is_not_there() {
        define("off", "{open: true}", "");
        taken(hook(server, "default/off", "application/json", "{}"));
        define("off", "{open: true}", "enabled: false\n");
        assertThat(server.send(hook(server, "default/off", "application/json", "{}"))
                        .statusCode())
                .isEqualTo(401);
    }
}
