package dev.wheelhouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a server that answers with the very bytes that a test says, and closes a connection where it says so.
class PlainClientTest {

    private static final String CLOSES = "<closes>";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Streaming streaming = Outbound.direct().streaming(new Streaming.Way(LONG, false, null, null));
    private volatile String answer = "";
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try {
                    var connection = server.accept();
                    connections.add(connection);
                    Thread.startVirtualThread(() -> serve(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                heads.add(head);
                if (!answer.startsWith("HTTP/1.1 413")) {
                    in.skipNBytes(Long.parseLong(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
                }
                String text = answer;
                connection.getOutputStream().write(text.replace(CLOSES, "").getBytes(StandardCharsets.ISO_8859_1));
                if (text.endsWith(CLOSES)) {
                    connection.shutdownOutput();
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                    return;
                }
            }
        } catch (IOException gone) {
            // The client has hung up.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private Streaming.Answer ask(String body, Duration most) throws IOException, InterruptedException {
        String url = "http://127.0.0.1:%d/v1/chat?a=b%%20c".formatted(server.getLocalPort());
        return streaming.post(url, Map.of("Content-Type", List.of("application/json")), body, most);
    }

    private String told() throws IOException, InterruptedException {
        try (var body = ask("{}", LONG).body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords",
                "HTTP/1.1 200\r\ncontent-length:5\r\nX: é\r\n\r\nwords",
                "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 5\n\nwords",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;a=b\r\nwo\r\n03\r\nrds\r\n0\r\nX-Last: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 2\r\n\r\n5 \r\nwords\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords",
                "HTTP/1.1 200 OK\r\nno colon\r\n: no name\r\n\r\nwords" + CLOSES,
                "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nwords" + CLOSES
            })
    void answer_is_read_however_its_end_is_said(String text) throws Exception {
        answer = text;

        assertThat(told()).isEqualTo("words");
        assertThat(told()).isEqualTo("words");

        assertThat(heads.getFirst())
                .startsWith("POST /v1/chat?a=b%20c HTTP/1.1\r\nHost: 127.0.0.1:" + server.getLocalPort() + "\r\n")
                .contains("Content-Type: application/json\r\n");
        assertThat(connections).hasSize(text.endsWith(CLOSES) ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLOSES,
                "HTTP/1.1 200 OK\r\nContent-Le" + CLOSES,
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nwords",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nwords",
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nwords" + CLOSES,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n" + CLOSES,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\nwords\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nwords\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwords\r\n0\r\n\r\n"
            })
    void answer_that_is_cut_or_wrong_is_none(String text) {
        answer = text;

        assertThatThrownBy(this::told).isInstanceOf(IOException.class);
    }

    @Test
    void connection_is_used_again_only_where_its_answer_is_over() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords";
        ask("{}", LONG).body().close();
        assertThat(told()).isEqualTo("words");
        assertThat(connections).hasSize(2);

        answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: Close\r\n\r\nwords";
        assertThat(told()).isEqualTo("words");
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords and more";
        assertThat(told()).isEqualTo("words");
        assertThat(connections).hasSize(3);
        assertThat(told()).isEqualTo("words");
        assertThat(connections).hasSize(4);
    }

    @Test
    void connection_that_the_server_has_closed_meanwhile_is_not_used() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords";
        for (int times = 0; times < 20; times++) {
            assertThat(told()).isEqualTo("words");
            connections.getLast().shutdownOutput();
        }
        assertThat(connections).hasSize(20);
    }

    @Test
    void refusal_is_read_that_comes_before_the_request_is_over() throws Exception {
        answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!" + CLOSES;

        assertThat(ask("x".repeat(8 << 20), LONG).status()).isEqualTo(413);
    }

    @Test
    void server_that_says_nothing_is_left_when_the_time_is_up() {
        answer = "";

        for (String body : List.of("{}", "x".repeat(1 << 20))) {
            assertThatThrownBy(() -> ask(body, Duration.ofMillis(200))).isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void read_that_waits_ends_when_the_body_is_closed_or_the_reader_interrupted() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nwords";
        var ways = new ArrayList<CompletableFuture<Throwable>>();
        for (boolean isInterrupted : new boolean[] {true, false}) {
            var begun = new CompletableFuture<InputStream>();
            var end = new CompletableFuture<Throwable>();
            var reader = Thread.startVirtualThread(() -> {
                try (var body = ask("{}", LONG).body()) {
                    body.readNBytes(5);
                    begun.complete(body);
                    end.complete(new AssertionError("read " + body.read()));
                } catch (IOException | InterruptedException e) {
                    end.complete(e);
                }
            });
            var body = begun.get();
            if (isInterrupted) {
                reader.interrupt();
            } else {
                body.close();
            }
            ways.add(end);
        }

        for (var end : ways) {
            assertThat(end.get()).isInstanceOf(IOException.class);
        }
    }
}
