package dev.wheelhouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tenants.Tenants;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the whole server holds of bodies: who may send a large one is judged by the head, and what is held does
/// not grow with the number of those who send.
@PlatformTest
class HeldBodiesTest {

    private static final String KEY = "Authorization: Bearer " + TestServer.KEY + "\r\n";
    private static final int MEMORY = 32 << 20;

    @Inject
    TestServer server;

    @Inject
    Wire wire;

    @Inject
    Tenants tenants;

    private static byte[] head(String route, String fields) {
        return (route + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + fields + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /v1/chat/completions          | 5000000 |           | 401 | credentials",
                "POST /v1/responses                 | 100000  |           | 401 | credentials",
                "POST /api/v1/agents/assistant/runs | 8000000 |           | 401 | credentials",
                "POST /api/v1/threads               | 2000000 | wh_no_key | 401 | key",
                "POST /api/v1/threads               | 2000000 | read      | 403 | scope",
                "POST /nowhere                      | 2000000 |           | 401 | credentials",
                "POST /api/v1/threads               | 2097153 | all       | 413 | 2,097,152 bytes",
                "PUT /api/v1/agents/assistant       | 8000000 | all       | 413 | 2,097,152 bytes",
                "POST /nowhere                      | 3000000 | all       | 413 | 2,097,152 bytes",
                "POST /api/v1/agents/assistant/runs | 9000000 | all       | 413 | 8,388,608 bytes",
                "POST /v1/chat/completions          | 9000000 |           | 413 | 8,388,608 bytes",
                "POST /hooks/default/none           | 1048577 |           | 413 | 1,048,576 bytes",
            })
    void large_body_is_judged_before_it_comes(String route, int length, String who, int status, String says)
            throws IOException {
        for (String expects : new String[] {"", "Expect: 100-continue\r\n"}) {
            try (var connection = new RawConnection(server.port())) {
                connection.send(head(route, credentials(who) + expects + "Content-Length: " + length + "\r\n"));
                var answer = connection.answer(false);

                assertThat(answer.status()).isEqualTo("" + status);
                assertThat(answer.body()).contains(says);
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    private String credentials(String who) {
        return switch (who) {
            case null -> "";
            case "all" -> KEY;
            case "read" ->
                "Authorization: Bearer "
                        + tenants.createKey(TenantId.DEFAULT, "reader", Set.of(Scope.READ), null)
                                .secret() + "\r\n";
            default -> "Authorization: Bearer " + who + "\r\n";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"10001", "7a1200"})
    void large_chunk_is_judged_before_it_comes(String size) throws IOException {
        try (var connection = new RawConnection(server.port())) {
            connection.send(head("POST /api/v1/threads", "Transfer-Encoding: chunked\r\n"));
            connection.send((size + "\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(connection.answer(false).status()).isEqualTo("401");
        }
    }

    @Test
    void body_that_grows_when_its_coding_is_undone_is_judged_first() throws IOException {
        byte[] packed = gzip(new byte[5_000_000]);
        try (var connection = new RawConnection(server.port())) {
            String fields = "Content-Encoding: gzip\r\nContent-Length: %d\r\n".formatted(packed.length);
            connection.send(head("POST /v1/chat/completions", fields));
            connection.send(packed);

            assertThat(packed.length).isLessThan(Wire.UNASKED);
            assertThat(connection.answer(false).status()).isEqualTo("401");
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var coded = new GZIPOutputStream(out)) {
            coded.write(plain);
        }
        return out.toByteArray();
    }

    /// A thread's title in a body of that size.
    private static byte[] thread(int bytes) {
        var body = new byte[bytes];
        Arrays.fill(body, (byte) ' ');
        byte[] json = "{\"agent\":\"assistant\"".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(json, 0, body, 0, json.length);
        body[bytes - 1] = '}';
        return body;
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 65_536, 65_537, 300_000, 2_097_152})
    void body_of_a_caller_with_a_key_comes_through_in_every_form(int bytes) throws IOException {
        byte[] body = thread(bytes);
        byte[] packed = gzip(body);
        var chunked = new ByteArrayOutputStream();
        for (int at = 0; at < bytes; at += 50_000) {
            int size = Math.min(50_000, bytes - at);
            chunked.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunked.write(body, at, size);
            chunked.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunked.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try (var connection = new RawConnection(server.port())) {
            send(connection, "Content-Length: " + bytes, body);
            send(connection, "Transfer-Encoding: chunked", chunked.toByteArray());
            send(connection, "Content-Encoding: gzip\r\nContent-Length: " + packed.length, packed);
            send(connection, "Content-Length: " + bytes, body);
        }
    }

    private static void send(RawConnection connection, String field, byte[] body) throws IOException {
        connection.send(head("POST /api/v1/threads", KEY + field + "\r\n"));
        connection.send(body);
        assertThat(connection.answer(false).status()).as(field).isEqualTo("201");
    }

    @Test
    void requests_behind_a_large_one_keep_their_place() throws IOException {
        try (var connection = new RawConnection(server.port())) {
            var all = new ByteArrayOutputStream();
            for (int at = 0; at < 3; at++) {
                all.writeBytes(head("POST /api/v1/threads", KEY + "Content-Length: 200000\r\n"));
                all.writeBytes(thread(200_000));
                all.writeBytes("GET /health HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            connection.send(all.toByteArray());

            var statuses = new ArrayList<String>();
            for (int at = 0; at < 6; at++) {
                statuses.add(connection.answer(false).status());
            }
            assertThat(statuses).containsExactly("201", "200", "201", "200", "201", "200");
        }
    }

    @Test
    void many_who_stop_in_the_middle_hold_no_more_than_few_and_stop_nobody() throws Exception {
        var stopped = new ArrayList<RawConnection>();
        try {
            byte[] piece = new byte[60_000];
            for (int at = 0; at < 300; at++) {
                var connection = new RawConnection(server.port());
                stopped.add(connection);
                connection.send(head("POST /api/v1/threads", "Content-Length: 65000\r\n"));
                connection.send(piece);
                assertThat(wire.heldBytes()).isLessThanOrEqualTo(MEMORY);
            }
            assertThat(stopped.getFirst().answer(false).status()).isEqualTo("503");
            try (var connection = new RawConnection(server.port())) {
                connection.send(head("POST /api/v1/threads", KEY + "Content-Length: 5000\r\n"));
                byte[] body = thread(5_000);
                connection.send(Arrays.copyOf(body, 2_500));
                connection.send(Arrays.copyOfRange(body, 2_500, 5_000));
                assertThat(connection.answer(false).status()).isEqualTo("201");
            }
        } finally {
            for (var connection : stopped) {
                connection.close();
            }
        }
        Await.until("nothing is held", () -> wire.heldBytes() == 0);
    }

    @Test
    void callers_with_a_key_wait_until_others_have_sent_theirs() throws Exception {
        var first = new ArrayList<RawConnection>();
        try (var waiting = new RawConnection(server.port())) {
            for (int at = 0; at < 3; at++) {
                var connection = new RawConnection(server.port());
                first.add(connection);
                connection.send(
                        head("POST /api/v1/agents/assistant/runs", KEY + "Content-Length: " + (8 << 20) + "\r\n"));
            }
            Await.until("three bodies have room", () -> wire.heldBytes() == MEMORY / 4 * 3);
            waiting.send(head("POST /api/v1/threads", KEY + "Expect: 100-continue\r\nContent-Length: 100000\r\n"));
            first.getFirst().close();

            assertThat(waiting.answer(false).status()).isEqualTo("100");
            waiting.send(thread(100_000));
            assertThat(waiting.answer(false).status()).isEqualTo("201");
        } finally {
            for (var connection : first) {
                connection.close();
            }
        }
    }
}
