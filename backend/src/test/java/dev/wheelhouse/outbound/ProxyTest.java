package dev.wheelhouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A real proxy that answers by itself and notes what it was asked for and by whom.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ProxyTest {

    private static final TestOutbound.Leads NOWHERE = host -> {
        if (host.equals("127.0.0.1")) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }
        throw new UnknownHostException(host);
    };

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private boolean wantsLogin;
    private HttpServer proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            logins.add(String.valueOf(login));
            boolean isLetIn = !wantsLogin || "Basic dXNlcjpwQHNz".equals(login);
            if (!isLetIn) {
                exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"way out\"");
            }
            byte[] answer = "from the proxy".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isLetIn ? 200 : 407, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
    }

    private String address(String login) {
        return "http://" + login + "127.0.0.1:" + proxy.getAddress().getPort();
    }

    private static String fetch(Outbound outbound, String url, Reach reach) {
        return outbound.send(
                Sending.get(url, Map.of(), List.of()),
                reach,
                (_, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Outbound with(ProxyConfig config, Map<String, String> environment) {
        return TestOutbound.with(OutboundConfig.DEFAULT, config, environment, NOWHERE);
    }

    @Test
    void operators_address_goes_through_the_configured_proxy() throws Exception {
        var settings = new ProxyConfig(address(""), null, null, false);
        for (var outbound : List.of(
                with(settings, Map.of("HTTP_PROXY", "http://127.0.0.1:1")),
                with(ProxyConfig.NONE, Map.of("http_proxy", address(""))),
                with(ProxyConfig.NONE, Map.of("HTTP_PROXY", address("").substring("http://".length()))))) {
            try (outbound) {
                assertThat(fetch(outbound, "http://far.example/x", outbound.operators()))
                        .isEqualTo("from the proxy");
            }
        }
        assertThat(asked).hasSize(3).containsOnly("GET http://far.example/x");
    }

    @Test
    void streamed_answer_comes_through_a_proxy_with_login_at_once() throws Exception {
        wantsLogin = true;
        try (var outbound = with(new ProxyConfig(address("user:p%40ss@"), null, null, false), Map.of())) {
            var answer = outbound.streaming(new Streaming.Way(Duration.ofSeconds(60), false, null, null))
                    .send("POST", "http://models.example/v1", Map.of(), "{}", Duration.ofSeconds(20));
            try (var body = answer.body()) {
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("from the proxy");
            }
        }
        assertThat(asked).containsExactly("POST http://models.example/v1");
    }

    @Test
    void proxy_that_wants_a_login_gets_it_and_nobody_else_does() throws Exception {
        wantsLogin = true;
        try (var outbound = with(new ProxyConfig(address("user:p%40ss@"), null, null, false), Map.of())) {
            assertThat(fetch(outbound, "http://far.example/", outbound.operators()))
                    .isEqualTo("from the proxy");
        }
        assertThat(logins).last().isEqualTo("Basic dXNlcjpwQHNz");

        logins.clear();
        String direct = address("") + "/direct";
        try (var outbound = with(new ProxyConfig(address("user:p%40ss@"), null, null, false), Map.of())) {
            assertThatThrownBy(() -> fetch(outbound, "http://elsewhere.example/", Reach.anywherePublic()))
                    .isInstanceOf(Problem.class);
            outbound.streaming(new Streaming.Way(Duration.ofSeconds(60), false, null, null))
                    .send("GET", direct, Map.of(), "", Duration.ofSeconds(20))
                    .body()
                    .close();
        }
        assertThat(logins).containsExactly("null");
    }

    /// The JDK's server knows no tunnels, so this proxy is made by hand: it lets nobody through.
    @Test
    void encrypted_address_is_reached_by_a_tunnel_for_which_the_login_is_shown() throws Exception {
        try (var tunnels = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuseTunnels(tunnels));
            String address = "http://user:p%40ss@127.0.0.1:" + tunnels.getLocalPort();
            try (var outbound = with(new ProxyConfig(null, address, null, false), Map.of())) {
                assertThatThrownBy(() -> fetch(outbound, "https://far.example/", outbound.operators()))
                        .isInstanceOf(Problem.class);
                assertThat(asked)
                        .containsExactly("CONNECT far.example:443 HTTP/1.1", "CONNECT far.example:443 HTTP/1.1");
                assertThat(logins).containsExactly("null", "Basic dXNlcjpwQHNz");
                assertThatThrownBy(() -> outbound.streaming(new Streaming.Way(Duration.ofSeconds(60), true, null, null))
                                .send("POST", "https://models.example/v1", Map.of(), "{}", Duration.ofSeconds(20)))
                        .isInstanceOf(IOException.class);
            }
        }
        assertThat(asked).contains("CONNECT models.example:443 HTTP/1.1");
        assertThat(logins).last().isEqualTo("Basic dXNlcjpwQHNz");
    }

    private void refuseTunnels(ServerSocket tunnels) {
        while (!tunnels.isClosed()) {
            try (var client = tunnels.accept()) {
                var lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                asked.add(lines.readLine());
                String login = "null";
                for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                    login = line.startsWith("Proxy-Authorization: ") ? line.substring(21) : login;
                }
                logins.add(login);
                String answer = login.equals("null")
                        ? "407 Login\r\nProxy-Authenticate: Basic realm=\"way out\""
                        : "502 Nobody is let through";
                client.getOutputStream()
                        .write(("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                asked.add("closed");
            }
        }
    }

    @Test
    void address_of_a_tenant_takes_no_proxy_unless_the_operator_says_so() throws Exception {
        try (var outbound = with(new ProxyConfig(address(""), null, null, false), Map.of())) {
            assertThatThrownBy(() -> fetch(outbound, "http://far.example/", Reach.anywherePublic()))
                    .hasMessageContaining("its host name could not be resolved");
        }
        assertThat(asked).isEmpty();
        try (var outbound = with(new ProxyConfig(address(""), null, null, true), Map.of())) {
            assertThat(fetch(outbound, "http://far.example/", Reach.anywherePublic()))
                    .isEqualTo("from the proxy");
        }
    }

    @Test
    void tenants_private_address_is_refused_before_the_proxy_is_asked() throws Exception {
        TestOutbound.Leads inside = host -> new InetAddress[] {
            InetAddress.getByAddress(host, new byte[] {10, 0, 0, 7}),
        };
        var through = new ProxyConfig(address(""), null, null, true);
        try (var outbound = TestOutbound.with(OutboundConfig.DEFAULT, through, Map.of(), inside)) {
            assertThatThrownBy(() -> fetch(outbound, "http://inside.example/", Reach.anywherePublic()))
                    .hasMessageContaining("10.0.0.7, which is a private address");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void proxy_that_cannot_be_one_is_refused_and_its_password_is_not_said() {
        var wrong = new ProxyConfig("socks5://u:sesame@host:1080", "http://u:sesame@ho st", null, false);

        assertThatThrownBy(() -> with(wrong, Map.of())).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.mistakes())
                    .extracting(Problem.Mistake::path)
                    .isEqualTo(List.of("outbound.proxy.http", "outbound.proxy.https"));
            assertThat(problem + problem.mistakes().toString()).doesNotContain("sesame");
        });
        assertThat(new ProxyConfig("http://u:sesame@host", null, null, false).toString())
                .doesNotContain("sesame");
        assertThat(WebProxy.read("http://u:sesame@host:3128", "", List.of()).toString())
                .isEqualTo("host:3128");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org           | https://example.org/          | true",
                "example.org           | https://a.example.org/        | true",
                "example.org           | https://badexample.org/       | false",
                ".example.org          | https://a.example.org/        | true",
                "*.example.org         | https://a.example.org/        | true",
                "a.b, example.org:8443 | https://example.org:8443/     | true",
                "a.b, example.org:8443 | https://example.org/          | false",
                "example.org:443       | https://example.org/          | true",
                "10.0.0.0/8            | http://10.1.2.3/              | true",
                "10.0.0.0/8            | http://11.1.2.3/              | false",
                "10.0.0.0/8            | http://ten.example/           | false",
                "fd00::/8              | http://[fd12::1]/             | true",
                "192.168.7.7           | http://192.168.7.7:9/         | true",
                "10.0.0.0/99           | http://10.1.2.3/              | false",
                "*                     | http://anything.example/      | true",
                "nothing.example       | http://localhost:8080/        | true",
                "nothing.example       | http://127.0.0.9/             | true",
                "nothing.example       | http://[::1]:80/              | true"
            })
    void what_is_reached_directly_is_read_as_others_read_it(String noProxy, String url, boolean isDirect) {
        assertThat(NoProxy.read(noProxy).contains(URI.create(url))).isEqualTo(isDirect);
    }
}
