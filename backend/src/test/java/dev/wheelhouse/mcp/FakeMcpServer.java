package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A fake MCP server on loopback. It speaks both revisions as the specification says; a test replaces what it does with
/// a method, or how it answers over HTTP.
public final class FakeMcpServer implements AutoCloseable {

    /// A request as it came.
    public record Asked(String verb, String path, Map<String, String> headers, JsonNode message) {
        public String method() {
            return message.path("method").asText();
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
    }

    /// Answers over HTTP in whatever way.
    @FunctionalInterface
    public interface Http {
        void answer(Asked asked, HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Asked, JsonNode>> methods = new ConcurrentHashMap<>();
    private final Map<String, Http> http = new ConcurrentHashMap<>();
    private volatile boolean isStateless = true;
    private volatile boolean speaksSessions = true;
    private volatile String session = "session-1";
    private volatile List<JsonNode> tools = List.of();

    public FakeMcpServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://localhost:%d/mcp".formatted(server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<String> methodsAsked() {
        return asked.stream()
                .map(Asked::method)
                .filter(method -> !method.isEmpty())
                .toList();
    }

    public List<Asked> asked(String method) {
        return asked.stream().filter(one -> one.method().equals(method)).toList();
    }

    /// Speaks 2025-11-25 only.
    public FakeMcpServer old() {
        isStateless = false;
        return this;
    }

    public FakeMcpServer newOnly() {
        speaksSessions = false;
        return this;
    }

    /// It knows no session before this one.
    public void newSession(String name) {
        session = name;
    }

    public FakeMcpServer tools(String... json) {
        tools = java.util.Arrays.stream(json).map(Json::read).toList();
        return this;
    }

    /// What a method results in; an object with `error` is an error.
    public FakeMcpServer on(String method, Function<Asked, JsonNode> result) {
        methods.put(method, result);
        return this;
    }

    public FakeMcpServer answering(String method, String json) {
        return on(method, _ -> Json.read(json));
    }

    /// How a method, or a verb such as GET, is answered over HTTP.
    public FakeMcpServer http(String method, Http answer) {
        http.put(method, answer);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new ConcurrentHashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var message = body.isEmpty() ? Json.mapper().createObjectNode() : Json.read(body);
            var one = new Asked(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, message);
            asked.add(one);
            var own = http.getOrDefault(one.method(), http.get(one.verb()));
            if (own != null) {
                own.answer(one, exchange);
            } else {
                answer(one, exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// As the specification says.
    public void answer(Asked one, HttpExchange exchange) throws IOException {
        if (!one.verb().equals("POST")) {
            send(exchange, 405, "text/plain", "Method not allowed");
        } else if (!one.message().has("id") || !one.message().has("method")) {
            send(exchange, 202, "", "");
        } else {
            var answer = answer(one);
            if (one.method().equals("initialize")) {
                exchange.getResponseHeaders().set("Mcp-Session-Id", session);
            }
            boolean isLost = !isStateless
                    && !one.method().equals("initialize")
                    && !one.header("Mcp-Session-Id").equals(session);
            send(exchange, isLost ? status(one) : 200, "application/json", answer.toString());
        }
    }

    private static int status(Asked one) {
        return one.header("Mcp-Session-Id").isEmpty() ? 400 : 404;
    }

    private ObjectNode answer(Asked one) {
        var answer = Json.mapper().createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", one.message().path("id"));
        var own = methods.get(one.method());
        JsonNode result = own == null ? usual(one) : own.apply(one);
        return answer.setAll(
                result.has("error")
                        ? (ObjectNode) result
                        : Json.mapper().createObjectNode().set("result", result));
    }

    private JsonNode usual(Asked one) {
        boolean isNew = one.header("MCP-Protocol-Version").equals(Revision.STATELESS.date());
        if (isNew && !isStateless || !isNew && !speaksSessions) {
            return Json.read("{\"error\":{\"code\":-32600,\"message\":\"Unsupported protocol version\"}}");
        }
        return switch (one.method()) {
            case "server/discover" ->
                Json.read("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}");
            case "initialize" ->
                Json.read("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":\"f\"}}");
            case "tools/list" ->
                Json.mapper().createObjectNode().set("tools", Json.mapper().valueToTree(tools));
            case "tools/call" ->
                text("called " + one.message().path("params").path("name").asText());
            default -> Json.read("{\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
        };
    }

    public static JsonNode text(String text) {
        var result = Json.mapper().createObjectNode();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }

    public static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
