package dev.wheelhouse.signins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.mcp.FakeMcpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A fake authorization server on loopback, as strict as the strictest: a code and a refresh token are taken once, and
/// a second use ends the whole sign-in. People agree to everything there.
public final class FakeAuthorizationServer implements AutoCloseable {

    /// A request as it came.
    public record Asked(String path, Map<String, String> fields, String authorization) {
        public String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> refreshes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private volatile Consumer<ObjectNode> metadata = json -> {};
    private volatile String refusal = "";
    private volatile String iss = "own";
    private volatile long seconds = 3600;
    private volatile Runnable beforeTokens = () -> {};

    public FakeAuthorizationServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).toList();
    }

    public List<String> grants() {
        return asked("/token").stream().map(one -> one.field("grant_type")).toList();
    }

    public FakeAuthorizationServer describes(Consumer<ObjectNode> change) {
        metadata = change;
        return this;
    }

    /// Gives no tokens any more, with this error; empty gives them again.
    public void refuses(String error) {
        refusal = error;
    }

    /// What its answers say that they come from: `own`, nothing, or something else.
    public void says(String issuer) {
        iss = issuer;
    }

    public void tokensLast(long seconds) {
        this.seconds = seconds;
    }

    /// Happens while it is asked for tokens, before it gives any.
    public void beforeTokens(Runnable happening) {
        beforeTokens = happening;
    }

    /// No token that was given out is good any more; those to renew them are.
    public void forgetTokens() {
        tokens.clear();
    }

    public String anyToken() {
        return tokens.keySet().iterator().next();
    }

    /// A server that lets in nobody without a token of this authorization server, for these scopes.
    public FakeMcpServer protects(FakeMcpServer mcp, String scope) {
        mcp.http("GET", (one, exchange) -> {
            boolean isMetadata = one.path().equals("/.well-known/oauth-protected-resource/mcp");
            var json = Json.mapper().createObjectNode().put("resource", mcp.url());
            json.putArray("authorization_servers").add(issuer());
            FakeMcpServer.send(exchange, isMetadata ? 200 : 404, "application/json", isMetadata ? json.toString() : "");
        });
        return mcp.http("POST", (one, exchange) -> {
            String had = tokens.get(one.header("Authorization").replace("Bearer ", ""));
            boolean isEnough = had != null && (!one.method().equals("tools/call") || had.contains(scope));
            if (isEnough) {
                mcp.answer(one, exchange);
                return;
            }
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            had == null
                                    ? "Bearer scope=\"tides:list\""
                                    : "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(scope));
            FakeMcpServer.send(exchange, had == null ? 401 : 403, "application/json", "{}");
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = exchange.getRequestURI().getRawQuery();
            String path = exchange.getRequestURI().getPath();
            var fields = path.equals("/register") ? Map.of("body", body) : fields(query == null ? body : query);
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(new Asked(path, fields, authorization == null ? "" : authorization));
            switch (path) {
                case "/.well-known/oauth-authorization-server" -> send(exchange, 200, described());
                case "/register" ->
                    send(exchange, 201, Json.read("{\"client_id\":\"client-1\",\"client_secret\":\"hush-hush-hush\"}"));
                case "/authorize" -> agree(exchange, fields);
                case "/token" -> token(exchange, fields);
                default -> send(exchange, 404, Json.read("{}"));
            }
        }
    }

    private static Map<String, String> fields(String form) {
        var fields = new HashMap<String, String>();
        Stream.of(form.split("&")).filter(field -> field.contains("=")).forEach(field -> {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        });
        return fields;
    }

    private JsonNode described() {
        var json = Json.mapper()
                .createObjectNode()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("registration_endpoint", issuer() + "/register")
                .put("authorization_response_iss_parameter_supported", true);
        json.putArray("code_challenge_methods_supported").add("S256");
        metadata.accept(json);
        return json;
    }

    private void agree(HttpExchange exchange, Map<String, String> fields) throws IOException {
        String code = "code-" + made.incrementAndGet();
        codes.put(code, fields);
        String from = iss.equals("own") ? "&iss=" + issuer() : iss.isEmpty() ? "" : "&iss=" + iss;
        exchange.getResponseHeaders()
                .set("Location", fields.get("redirect_uri") + "?state=" + fields.get("state") + "&code=" + code + from);
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange, Map<String, String> fields) throws IOException {
        beforeTokens.run();
        String scope =
                switch (fields.getOrDefault("grant_type", "")) {
                    case "authorization_code" -> scopeOf(fields);
                    case "refresh_token" -> refreshes.remove(fields.getOrDefault("refresh_token", ""));
                    case "client_credentials" -> fields.getOrDefault("scope", "");
                    default -> null;
                };
        if (!refusal.isEmpty() || scope == null) {
            tokens.clear();
            refreshes.clear();
            String error = refusal.isEmpty() ? "invalid_grant" : refusal;
            send(exchange, 400, Json.mapper().createObjectNode().put("error", error));
            return;
        }
        String token = "token-of-the-tides-" + made.incrementAndGet();
        String refresh = "refresh-of-the-tides-" + made.incrementAndGet();
        tokens.put(token, scope);
        refreshes.put(refresh, scope);
        send(
                exchange,
                200,
                Json.mapper()
                        .createObjectNode()
                        .put("access_token", token)
                        .put("refresh_token", refresh)
                        .put("token_type", "bearer")
                        .put("expires_in", seconds));
    }

    /// Null where the code was never given out, was used, or is brought by another one than asked for it.
    private @org.jspecify.annotations.Nullable String scopeOf(Map<String, String> fields) {
        var given = codes.remove(fields.getOrDefault("code", ""));
        if (given == null) {
            return null;
        }
        byte[] hash = dev.wheelhouse.base.Hash.bytes(fields.getOrDefault("code_verifier", ""));
        boolean isProven = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(hash)
                .equals(given.get("code_challenge"));
        boolean isSame = given.get("redirect_uri").equals(fields.get("redirect_uri"))
                && given.get("resource").equals(fields.get("resource"));
        return isProven && isSame ? given.getOrDefault("scope", "") : null;
    }

    private static void send(HttpExchange exchange, int status, JsonNode json) throws IOException {
        FakeMcpServer.send(exchange, status, "application/json", json.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
