package dev.wheelhouse.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Stands in for a server of Sentry's kind: reads envelopes by the letter, and can refuse, or hold its answer back.
public final class FakeEnvelopes implements AutoCloseable {

    /// @param head of the envelope
    /// @param auth what says who sends
    public record Envelope(JsonNode head, String auth, String type, JsonNode event) {}

    private final HttpServer server;
    private final List<Envelope> taken = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile int asked;
    private volatile CountDownLatch held = new CountDownLatch(0);

    public FakeEnvelopes() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/7/envelope/", exchange -> {
            asked++;
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                held.await();
                if (status == 200) {
                    taken.add(read(
                            body,
                            exchange.getRequestHeaders().getFirst("X-Sentry-Auth"),
                            exchange.getRequestHeaders().getFirst("Content-Type")));
                }
            } catch (IllegalArgumentException e) {
                broken.add(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseHeaders().add("Retry-After", "600");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    /// Three lines: head, head of the item with its length in bytes, item.
    private static Envelope read(byte[] body, String auth, String type) {
        int first = end(body, 0);
        int second = end(body, first + 1);
        var head = Json.read(text(body, 0, first));
        var item = Json.read(text(body, first + 1, second));
        int length = item.path("length").asInt(-1);
        if (!item.path("type").asText().equals("event") || body.length < second + 1 + length || length < 0) {
            throw new IllegalArgumentException("The head of the item is " + item);
        }
        var event = Json.read(text(body, second + 1, second + 1 + length));
        if (!event.path("event_id").equals(head.path("event_id"))
                || !head.path("event_id").asText().matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("The ids are %s and %s".formatted(head, event.path("event_id")));
        }
        return new Envelope(head, auth, type, event);
    }

    private static int end(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == '\n') {
                return i;
            }
        }
        throw new IllegalArgumentException("A line has no end");
    }

    private static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    public String dsn() {
        return "http://abc123@127.0.0.1:%d/7".formatted(server.getAddress().getPort());
    }

    public void answer(int with) {
        status = with;
    }

    public void hold() {
        held = new CountDownLatch(1);
    }

    public void release() {
        held.countDown();
    }

    public int asked() {
        return asked;
    }

    public List<Envelope> taken() {
        return taken;
    }

    public List<String> broken() {
        return broken;
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
