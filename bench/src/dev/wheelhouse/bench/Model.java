package dev.wheelhouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A model that speaks OpenAI's chat completions as a stream and does what the message says: `chain NAME 5 20` asks the
/// calculator five times, each answer after 20 ms; `tokens NAME 500 5` says 500 words, one each 5 ms.
final class Model implements AutoCloseable {

    static {
        // Else each answer on a used connection waits 40 ms for the client's acknowledgement, as no real server does.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpServer server;
    private final Map<String, Integer> furthest = new ConcurrentHashMap<>();
    private final AtomicInteger wentBack = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    Model() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1_024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Calls so far.
    int calls() {
        return calls.get();
    }

    /// How often a turn was asked for after a later one of its run had been: a committed step was done again.
    int wentBack() {
        return wentBack.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var messages = mapper.readTree(exchange.getRequestBody()).path("messages");
            int user = messages.size() - 1;
            int turn = 0;
            while (!messages.path(user).path("role").asText().equals("user")) {
                turn += messages.path(user--).path("role").asText().equals("assistant") ? 1 : 0;
            }
            String[] said = text(messages.path(user)).split(" ");
            calls.incrementAndGet();
            int now = turn;
            furthest.merge(said[1], now, (before, again) -> {
                if (again < before) {
                    wentBack.incrementAndGet();
                }
                return Math.max(before, again);
            });
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            write(exchange, said, turn);
        }
    }

    private static String text(JsonNode message) {
        var content = message.path("content");
        return content.isTextual()
                ? content.asText()
                : content.path(0).path("text").asText();
    }

    private static void write(HttpExchange exchange, String[] said, int turn) throws IOException {
        int count = Integer.parseInt(said[2]);
        long pause = Long.parseLong(said[3]) * 1_000_000;
        var out = exchange.getResponseBody();
        if (said[0].equals("tokens")) {
            for (int word = 0; word < count; word++) {
                LockSupport.parkNanos(pause);
                out.write(chunk("{\"content\":\"word" + word + " \"}", "null"));
                out.flush();
            }
            out.write(end("stop"));
            return;
        }
        LockSupport.parkNanos(pause);
        if (turn < count) {
            out.write(chunk(
                    "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call-%d\",\"type\":\"function\",\"function\":"
                                    .formatted(turn)
                            + "{\"name\":\"calculator\",\"arguments\":\"{\\\"expression\\\":\\\"17 * 2%d\\\"}\"}}]}"
                                    .formatted(turn),
                    "null"));
            out.write(end("tool_calls"));
        } else {
            out.write(chunk("{\"role\":\"assistant\",\"content\":\"17 * 23 is 391.\"}", "null"));
            out.write(end("stop"));
        }
    }

    private static byte[] end(String finish) {
        var last = new String(chunk("{}", "\"" + finish + "\""), StandardCharsets.UTF_8)
                + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"bench\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":250,\"completion_tokens\":20,\"total_tokens\":270}}\n\ndata: [DONE]\n\n";
        return last.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] chunk(String delta, String finish) {
        return ("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":"
                        + delta + ",\"finish_reason\":" + finish + "}]}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
