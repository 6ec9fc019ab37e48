package dev.wheelhouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests to a real server on loopback.
class OutboundTest {

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(threads);
        server.createContext("/page", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("X-Token"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("X-Token"));
            exchange.getResponseHeaders().add("Location", "http://other.example:" + port() + "/page");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/falls-silent", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("x".repeat(2_000).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static Outbound toLoopback() {
        return TestOutbound.with(host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    }

    @Test
    void bound_header_goes_to_its_place_and_is_left_out_after_a_redirect() throws Exception {
        var to = Destination.parse("http://bound.example:" + port()).orElseThrow();
        var header = new BoundHeader("X-Token", "sesame-open-up", to::contains);
        try (var outbound = toLoopback()) {
            var sending = Sending.get("http://bound.example:" + port() + "/elsewhere", Map.of(), List.of(header));
            var reach = Reach.listed(List.of("*.example"), true);
            assertThat((int) outbound.send(sending, reach, (head, _) -> head.status()))
                    .isEqualTo(200);
        }

        assertThat(tokens)
                .containsExactly("bound.example:" + port() + " sesame-open-up", "other.example:" + port() + " null");
        assertThat(header.toString()).doesNotContain("sesame");
    }

    @Test
    void answer_without_end_is_left_when_the_time_is_up_and_cut_where_asked() throws Exception {
        try (var outbound = toLoopback()) {
            String url = "http://slow.example:" + port() + "/falls-silent";
            var reach = Reach.listed(List.of("slow.example"), true);
            var sending = Sending.get(url, Map.of(), List.of());

            assertThatThrownBy(() -> outbound.send(
                            sending.within(Duration.ofMillis(300), 9_999), reach, (_, body) -> body.readAllBytes()
                                    .length))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("it took longer than");
            int length = outbound.send(
                    sending.within(Duration.ofSeconds(90), 1_234), reach, (_, body) -> body.readAllBytes().length);
            assertThat(length).isEqualTo(1_234);
        }
    }

    @Test
    void only_the_operators_webhook_reaches_a_private_address() throws Exception {
        var sending = Sending.post("http://hook.example:" + port() + "/page", Map.of(), "{}");
        try (var outbound = toLoopback()) {
            assertThatThrownBy(() -> outbound.send(sending, Reach.anywherePublic(), (head, _) -> head.status()))
                    .hasMessage("\"hook.example\" leads to 127.0.0.1, which is this computer itself");
            assertThat((int) outbound.send(sending, outbound.operators(), (head, _) -> head.status()))
                    .isEqualTo(200);
        }
        try (var strict = TestOutbound.with(new OutboundConfig(null, false), ProxyConfig.NONE, Map.of(), host ->
                new InetAddress[] {InetAddress.getLoopbackAddress()})) {
            assertThatThrownBy(() -> strict.send(sending, strict.operators(), (head, _) -> head.status()))
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> strict.streaming(new Streaming.Way(Duration.ofSeconds(1), false, null, null))
                            .send(
                                    "POST",
                                    "http://model.example:" + port() + "/page",
                                    Map.of(),
                                    "{}",
                                    Duration.ofSeconds(20)))
                    .isInstanceOf(Problem.class);
        }
        assertThat(tokens).hasSize(1);
    }

    @Test
    void certificate_of_an_own_authority_is_accepted_where_it_is_named() throws Exception {
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        secure.setExecutor(threads);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate()));
        secure.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        secure.start();
        String url = "https://localhost:" + secure.getAddress().getPort() + "/";
        try (var stranger = Outbound.direct();
                var trusting = TestOutbound.trusting(folder.resolve("ca.pem").toString())) {
            var sending = Sending.get(url, Map.of(), List.of());
            assertThatThrownBy(() -> stranger.send(sending, stranger.operators(), (head, _) -> head.status()))
                    .hasMessageEndingWith("its certificate is not accepted");
            assertThat((int) trusting.send(sending, trusting.operators(), (head, _) -> head.status()))
                    .isEqualTo(200);
            var streamed = trusting.streaming(new Streaming.Way(Duration.ofSeconds(60), true, null, null))
                    .send("GET", url, Map.of(), "", Duration.ofSeconds(20));
            streamed.body().close();
            assertThat(streamed.status()).isEqualTo(200);
        } finally {
            secure.stop(0);
        }
    }

    /// In a process of its own: a JVM's trust is the same for all that runs in it.
    @Test
    void clients_that_know_nothing_of_the_file_trust_its_authorities_too() throws Exception {
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate()));
        secure.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        secure.start();
        try {
            String url = "https://localhost:" + secure.getAddress().getPort() + "/";
            assertThat(trustingProcess(folder.resolve("ca.pem").toString(), url))
                    .isEqualTo("HttpClient 204, URL 204, TLS ok");
            assertThat(trustingProcess("", url)).contains("PKIX path building failed");
        } finally {
            secure.stop(0);
        }
    }

    private String trustingProcess(String bundle, String url) throws Exception {
        var said = folder.resolve("said");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrustingProcess.class.getName(),
                        bundle,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.waitFor();
        return Files.readString(said).strip();
    }

    private SSLContext certificate() throws Exception {
        var file = folder.resolve("keys");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        String pem = Base64.getMimeEncoder()
                .encodeToString(keys.getCertificate("test").getEncoded());
        Files.writeString(
                folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void file_of_authorities_that_cannot_be_read_is_refused_in_words() throws Exception {
        var text = Files.writeString(folder.resolve("text.pem"), "no certificate at all");
        var empty = Files.writeString(folder.resolve("empty.pem"), "");

        for (var file : List.of(folder.resolve("missing.pem"), folder, text, empty)) {
            assertThatThrownBy(() -> TestOutbound.trusting(file.toString()))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.mistakes().getFirst().path()).isEqualTo("outbound.ca-bundle");
                        assertThat(problem.mistakes().getFirst().message()).contains(file.toString());
                    });
        }
    }

    /// The example of the specification's own libraries.
    @Test
    void webhook_is_signed_by_both_keys_while_they_change() {
        String key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        var at = Instant.ofEpochSecond(1_614_265_330);

        var headers = WebhookKeys.read(key).orElseThrow().sign(id, at, "{\"test\": 2432232314}");

        assertThat(headers)
                .containsEntry("webhook-id", id)
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(WebhookKeys.read(key + " " + other)
                        .orElseThrow()
                        .sign(id, at, "x")
                        .get("webhook-signature"))
                .matches("v1,\\S+ v1,\\S+");
        for (String wrong : List.of("", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%", key.substring(6), key + " x")) {
            assertThat(WebhookKeys.read(wrong)).as(wrong).isEmpty();
        }
    }
}
