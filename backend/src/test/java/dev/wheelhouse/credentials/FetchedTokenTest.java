package dev.wheelhouse.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Streaming;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tokens of Google and Entra from a server that stands in for theirs: asked for rightly, kept, renewed.
class FetchedTokenTest {

    private static final URI MODEL = URI.create("https://model.test/");
    private static final KeyPair PAIR = pair();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-30T00:00:00Z");
    private final InstantSource clock = () -> now;
    private HttpServer server;

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String next = answers.isEmpty() ? token("t" + asked.size(), 3600) : answers.removeFirst();
            byte[] body = next.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(next.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String home() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String token(String text, int seconds) {
        return "200 {\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}".formatted(text, seconds);
    }

    private static Streaming streaming() {
        return Outbound.direct().streaming(new Streaming.Way(Duration.ofSeconds(20), false, null, null));
    }

    private Credentials google() {
        String key = Base64.getMimeEncoder().encodeToString(PAIR.getPrivate().getEncoded());
        var account = Map.of(
                "type", "service_account",
                "client_email", "robot@p.iam.gserviceaccount.com",
                "private_key_id", "k1",
                "private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
                "token_uri", home() + "/token");
        return Credentials.google(Json.write(account), "vertex \"g\"", streaming(), clock);
    }

    private Credentials entra() {
        String id = "11111111-2222-3333-4444-555555555555";
        return Credentials.azure(home() + "/" + id + ":" + id + ":s~ecret.of", "azure \"g\"", streaming(), clock);
    }

    private static String sent(Credentials credentials) throws Exception {
        return credentials.headers(MODEL, "").get("Authorization");
    }

    @Test
    void service_account_signs_for_itself_and_is_given_a_token() throws Exception {
        assertThat(sent(google())).isEqualTo("Bearer t1");

        String assertion = asked.getFirst().replaceFirst(".*assertion=([^&]+).*", "$1");
        String[] parts = assertion.split("\\.");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(PAIR.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(json(parts[0])).isEqualTo(Json.read("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}"));
        assertThat(json(parts[1]).path("aud").asText()).isEqualTo(home() + "/token");
        assertThat(json(parts[1]).path("iss").asText()).startsWith("robot@");
        assertThat(json(parts[1]).path("exp").asLong()
                        - json(parts[1]).path("iat").asLong())
                .isEqualTo(3600);
    }

    private static JsonNode json(String part) {
        return Json.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    @Test
    void application_of_entra_asks_with_its_secret() throws Exception {
        assertThat(sent(entra())).isEqualTo("Bearer t1");

        assertThat(asked.getFirst())
                .contains("/oauth2/v2.0/token", "grant_type=client_credentials", "client_secret=s%7Eecret.of")
                .contains("scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default");
    }

    @Test
    void token_is_kept_until_little_of_its_time_is_left() throws Exception {
        var google = google();
        sent(google);
        now = now.plusSeconds(3000);
        assertThat(sent(google)).isEqualTo("Bearer t1");

        now = now.plusSeconds(400);

        assertThat(sent(google)).isEqualTo("Bearer t2");
        assertThat(asked).hasSize(2);
    }

    @Test
    void good_token_is_used_where_no_new_one_is_to_be_had() throws Exception {
        var google = google();
        sent(google);
        answers.add("503 busy");
        now = now.plusSeconds(3400);

        assertThat(sent(google)).isEqualTo("Bearer t1");
        assertThat(sent(google)).isEqualTo("Bearer t3");
    }

    @Test
    void refused_token_is_fetched_anew_and_one_that_never_was_is_not() throws Exception {
        var google = google();
        assertThat(google.renew()).isFalse();
        sent(google);

        assertThat(google.renew()).isTrue();
        assertThat(sent(google)).isEqualTo("Bearer t2");
    }

    @Test
    void many_at_once_share_one_token() throws Exception {
        var google = google();
        var threads = new ArrayList<Thread>();
        var sent = new CopyOnWriteArrayList<String>();
        for (int at = 0; at < 20; at++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    sent.add(sent(google));
                } catch (Exception e) {
                    sent.add(e.toString());
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(sent).hasSize(20).containsOnly("Bearer t1");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 {\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"} | refused | Invalid JWT",
                "401 {\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid secret\"} | refused | AADSTS7000215",
                "200 {} | refused | answered with 200",
                "200 <html> | refused | answered with 200",
                "503 busy | provider_error | answered with 503",
                "429 slow | provider_error | answered with 429"
            })
    void refusal_is_told_in_words_and_without_secrets(String answer, String code, String says) {
        answers.add(answer);

        var failure = catchThrowableOfType(TryFailed.class, () -> sent(entra()));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).contains(says, "127.0.0.1").doesNotContain("ecret.of");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"service_account\"} | It lacks client_email, private_key",
                "{\"type\":\"authorized_user\",\"client_id\":\"c\"} | It lacks client_secret, refresh_token",
                "{\"type\":\"external_account\"} | Its type is \"external_account\"",
                "{} | Its type is \"\"",
                "{\"type\": | It begins like JSON",
                "{\"type\":\"service_account\",\"client_email\":\"c\",\"private_key\":\"x\"} | private_key cannot be read"
            })
    void account_that_lacks_something_is_refused_by_what_it_lacks(String account, String says) {
        assertThatThrownBy(() -> Credentials.checkGoogle(account))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(says);
    }

    @Test
    void key_of_azure_is_sent_as_a_key_and_a_token_as_a_token() throws Exception {
        assertThat(Credentials.azure("abc", "p", streaming(), clock).headers(MODEL, ""))
                .containsOnly(Map.entry("api-key", "abc"));
        assertThat(Credentials.azure("eyJh.eyJi.c", "p", streaming(), clock).headers(MODEL, ""))
                .containsOnly(Map.entry("Authorization", "Bearer eyJh.eyJi.c"));
    }
}
