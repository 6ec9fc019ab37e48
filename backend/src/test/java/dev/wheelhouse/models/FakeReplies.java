package dev.wheelhouse.models;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.FakeProvider.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The good and bad manners of model servers.
public final class FakeReplies {

    private FakeReplies() {}

    /// A whole stream with these events, each in the form `event: …\ndata: …\n\n`.
    public static Reply stream(List<String> events) {
        return (out, _) -> {
            head(out);
            for (String event : events) {
                chunk(out, event);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        };
    }

    /// The connection breaks after these events.
    public static Reply cut(List<String> events) {
        return cut(events, new CountDownLatch(0));
    }

    /// The connection breaks after these events and only once they were seen: a client may drop what it has not read.
    public static Reply cut(List<String> events, CountDownLatch seen) {
        return (out, _) -> {
            head(out);
            for (String event : events) {
                chunk(out, event);
            }
            try {
                seen.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /// After these events nothing more comes, until the client hangs up.
    public static Reply silence(List<String> events) {
        return (out, connection) -> {
            head(out);
            for (String event : events) {
                chunk(out, event);
            }
            connection.awaitHangUp();
        };
    }

    /// The connection is accepted and nothing is ever said.
    public static Reply mute() {
        return (_, connection) -> connection.awaitHangUp();
    }

    /// These events, and then the last of them over and over, without end, every 20 ms.
    public static Reply drip(List<String> events) {
        return (out, _) -> {
            head(out);
            for (String event : events) {
                chunk(out, event);
            }
            while (true) {
                chunk(out, events.getLast());
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        };
    }

    public static Reply status(int status, String message, String... headers) {
        String body = Json.write(Map.of("error", Map.of("type", "test_error", "message", message)));
        return plain(status, "application/json", body, headers);
    }

    public static Reply plain(int status, String type, String body, String... headers) {
        return (out, _) -> {
            var head = new ArrayList<>(List.of(
                    "HTTP/1.1 %d Said".formatted(status),
                    "Content-Type: " + type,
                    "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
                    "Connection: close"));
            head.addAll(List.of(headers));
            out.write((String.join("\r\n", head) + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            out.flush();
        };
    }

    private static void head(OutputStream out) throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(FakeEventStream.charset(text));
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
