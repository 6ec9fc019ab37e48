package dev.wheelhouse.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.TestOutbound;
import dev.wheelhouse.secrets.TestSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real server on loopback, reached only where a test's setting lets loopback through.
class HttpFetchToolTest {

    private final AtomicInteger reached = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        answer(
                "/page",
                "text/html; charset=utf-8",
                "<html><head><title>T</title></head><body><p>Tide <b>tables</b></p></body></html>");
        answer("/large", "text/plain", "x".repeat(5_000));
        answer("/image", "image/png", "x");
        redirect("/to-page", "/page");
        redirect("/round", "/round");
        redirect("/to-metadata", "http://169.254.169.254/latest/meta-data/");
        redirect("/to-file", "file:///etc/passwd");
        redirect("/to-other", "http://other.example/");
        redirect("/to-nowhere", "http://[not an address");
        redirect("/to-forbidden", "http://127.0.0.1:" + server.getAddress().getPort() + "/page");
        server.createContext("/endless", HttpFetchToolTest::writeForEver);
        server.createContext("/silent", exchange -> {});
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(String path, String type, String body) {
        server.createContext(path, exchange -> {
            reached.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static void writeForEver(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 0);
        byte[] some = "on and on ".repeat(400).getBytes(StandardCharsets.UTF_8);
        try (var body = exchange.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
                body.write(some);
            }
        }
    }

    private void redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private ToolResult fetch(boolean allowPrivate, TestOutbound.Leads names, String url, String... hosts)
            throws InterruptedException {
        var tool = new HttpFetchTool(
                new HttpFetchConfig(allowPrivate, 2_000, Duration.ofSeconds(60)),
                TestOutbound.with(names),
                TestSecrets.none());
        return new Tools(List.of(tool))
                .call(
                        "http_fetch",
                        "{\"url\":" + Json.quote(url) + "}",
                        Set.of("http_fetch"),
                        new TestToolContext("k", List.of(hosts)));
    }

    private ToolResult fetchHere(String path) throws InterruptedException {
        return fetch(
                true,
                InetAddress::getAllByName,
                "http://localhost:" + server.getAddress().getPort() + path,
                "localhost");
    }

    @Test
    void page_comes_as_readable_text() throws Exception {
        var json = Json.read(String.valueOf(fetchHere("/page").json()));
        assertThat(json.path("status").asInt()).isEqualTo(200);
        assertThat(json.path("text").asText()).contains("Tide tables").doesNotContain("<p>");
    }

    @Test
    void redirect_is_followed_to_an_allowed_page_and_a_circle_is_left() throws Exception {
        assertThat(fetchHere("/to-page").json()).contains("Tide tables");
        assertThat(fetchHere("/round").failure().message()).contains("redirects more than 5 times");
    }

    @Test
    void large_body_is_cut_and_other_than_text_is_left_out() throws Exception {
        assertThat(Json.read(String.valueOf(fetchHere("/large").json()))
                        .path("cut_at_bytes")
                        .asInt())
                .isEqualTo(2_000);
        assertThat(fetchHere("/image").json()).contains("Not text");
    }

    @Test
    void body_without_end_is_cut_and_not_waited_for() throws Exception {
        var json = Json.read(String.valueOf(fetchHere("/endless").json()));

        assertThat(json.path("cut_at_bytes").asInt()).isEqualTo(2_000);
    }

    @Test
    void server_that_says_nothing_is_left_when_the_time_is_up() throws Exception {
        var tool = new HttpFetchTool(
                new HttpFetchConfig(true, 2_000, Duration.ofMillis(300)), Outbound.direct(), TestSecrets.none());
        var result = new Tools(List.of(tool))
                .call(
                        "http_fetch",
                        "{\"url\":\"http://localhost:%d/silent\"}"
                                .formatted(server.getAddress().getPort()),
                        Set.of("http_fetch"),
                        new TestToolContext("k", List.of("localhost")));

        assertThat(result.failure().code()).isEqualTo("timeout");
    }

    @Test
    void what_cannot_be_reached_is_told_in_a_sentence_without_insides() throws Exception {
        TestOutbound.Leads none = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(fetch(true, none, "http://gone.example/", "gone.example")
                        .failure()
                        .message())
                .isEqualTo("Cannot fetch \"http://gone.example/\": its host name could not be resolved");
        assertThat(fetch(true, InetAddress::getAllByName, "http://localhost:1/", "localhost")
                        .failure()
                        .message())
                .endsWith("its host did not answer properly");
    }

    @Test
    void certificate_that_nobody_vouches_for_is_refused() throws Exception {
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        secure.setExecutor(threads);
        secure.setHttpsConfigurator(new HttpsConfigurator(ownCertificate()));
        secure.createContext("/", exchange -> reached.incrementAndGet());
        secure.start();
        try {
            String url = "https://localhost:" + secure.getAddress().getPort() + "/";
            assertThat(fetch(true, InetAddress::getAllByName, url, "localhost")
                            .failure()
                            .message())
                    .endsWith("its certificate is not accepted");
            assertThat(reached).hasValue(0);
        } finally {
            secure.stop(0);
        }
    }

    private SSLContext ownCertificate() throws Exception {
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
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /// Even a host that somebody put on an agent's list is not reached at a forbidden address.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "017700000001",
                "0177.0.0.1",
                "localhost",
                "0.0.0.0",
                "0",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:127.0.0.1]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[2002:7f00:1::]",
                "169.254.169.254",
                "2852039166",
                "0xa9fea9fe",
                "[::ffff:a9fe:a9fe]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "10.0.0.1",
                "192.168.1.1",
                "100.100.100.200"
            })
    void listed_host_at_a_forbidden_address_is_not_reached(String host) throws Exception {
        String url = "http://" + host + ":" + server.getAddress().getPort() + "/page";

        assertThat(fetch(false, InetAddress::getAllByName, url, host).failure()).isNotNull();
        assertThat(reached).hasValue(0);
    }

    @Test
    void connection_goes_to_the_checked_address_after_one_look_up() throws Exception {
        var asked = new AtomicInteger();
        TestOutbound.Leads ours = host -> {
            asked.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        String url = "http://pinned.example:" + server.getAddress().getPort() + "/page";

        assertThat(fetch(true, ours, url, "pinned.example").json()).contains("Tide tables");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/to-metadata", "/to-file", "/to-other", "/to-nowhere", "/to-forbidden"})
    void redirect_to_what_may_not_be_reached_is_refused(String path) throws Exception {
        assertThat(fetchHere(path).failure()).isNotNull();
    }

    @Test
    void host_not_on_the_list_is_refused_and_an_empty_list_allows_none() throws Exception {
        String url = "http://localhost:" + server.getAddress().getPort() + "/page";
        assertThat(fetch(true, InetAddress::getAllByName, url, "example.org")
                        .failure()
                        .hint())
                .contains("example.org");
        assertThat(fetch(true, InetAddress::getAllByName, url).failure().hint()).isEqualTo("The list is empty");
        assertThat(reached).hasValue(0);
    }

    @Test
    void name_that_leads_to_a_private_address_is_refused_at_every_resolution() throws Exception {
        var asked = new AtomicInteger();
        TestOutbound.Leads rebinding = host -> new InetAddress[] {
            asked.getAndIncrement() == 0 ? InetAddress.getByName("93.184.215.14") : InetAddress.getByName("127.0.0.1")
        };
        TestOutbound.Leads mixed =
                host -> new InetAddress[] {InetAddress.getByName("93.184.215.14"), InetAddress.getByName("10.0.0.1")};

        assertThat(fetch(false, mixed, "http://mixed.example/", "mixed.example")
                        .failure()
                        .message())
                .contains("10.0.0.1");
        assertThat(asked).hasValue(0);
        asked.set(1);
        assertThat(fetch(false, rebinding, "http://re.example/", "re.example")
                        .failure()
                        .message())
                .contains("127.0.0.1");
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1/",
                "http://0x7f.1/",
                "http://0177.0.0.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[0:0:0:0:0:ffff:7f00:1]/",
                "http://169.254.169.254/",
                "http://[fe80::1%25lo]/",
                "http://localhost/",
                "http://LOCALHOST/",
                "http://localhost./",
                "http://example.org@127.0.0.1/",
                "http://127.0.0.1#@example.org/",
                "http://127.0.0.1\\@example.org/",
                "http://example.org:80@127.0.0.1/",
                "https://user:pw@example.org/",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "jar:http://example.org!/",
                "data:text/plain,x",
                "javascript:alert(1)",
                "//127.0.0.1/",
                "http:/127.0.0.1/",
                "http:///127.0.0.1/",
                "http://",
                "http://?",
                "http:127.0.0.1",
                "http://①②⑦.⓪.⓪.①/",
                "http://127。0。0。1/",
                "http://%31%32%37.0.0.1/",
                "http://0/",
                "http://[::]/",
                "http://example.org.127.0.0.1/",
                "http://exam\nple.org/",
                "http://example.org\u0000.evil/",
                " ",
                "x",
                "http://evil.example/",
                "HTTP://10.0.0.1/"
            })
    void spelling_that_leads_elsewhere_than_the_listed_host_is_refused(String url) throws Exception {
        TestOutbound.Leads nobody = host -> {
            reached.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        assertThat(fetch(false, nobody, url, "example.org").failure()).isNotNull();
        assertThat(reached).as("names that were resolved").hasValue(0);
    }
}
