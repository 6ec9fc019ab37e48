package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// The world outside: does what the effect tools ask and writes down every call. A keyed call acts once per key, as a
/// good payment provider does; any other acts every time.
final class EffectServer implements AutoCloseable {

    /// One call that came in.
    ///
    /// @param run the load's own word for the run, from the arguments
    /// @param act the load's own word for what is done, once per run
    /// @param acted whether the world changed by it, or the key had been seen before
    record Call(long atNanos, String tool, String run, String act, String key, boolean acted) {

        boolean isKeyed() {
            return tool.equals("effect_keyed");
        }

        boolean isUnkeyed() {
            return tool.equals("effect_unkeyed");
        }

        String what() {
            return run + "/" + act;
        }
    }

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Map<String, Boolean> keys = new ConcurrentHashMap<>();
    private final LocalServer server;

    EffectServer(String host) {
        server = new LocalServer(host, this::act);
    }

    private void act(HttpExchange exchange) throws IOException {
        JsonNode wish = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String tool = exchange.getRequestURI().getPath().substring(1);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        boolean first = keys.putIfAbsent(key, true) == null;
        boolean acted = !tool.equals("effect_keyed") || first;
        calls.add(new Call(
                System.nanoTime(),
                tool,
                wish.path("run").asText(),
                wish.path("act").asText(),
                key,
                acted));
        // The act is done and the answer is on its way: here a death leaves its caller not knowing.
        LockSupport.parkNanos(wish.path("forMs").asLong() * 1_000_000);
        String more = "x".repeat(wish.path("bytes").asInt());
        String caller = exchange.getRequestHeaders().getFirst("Replica-Port");
        LocalServer.answer(
                exchange,
                200,
                "application/json",
                "{\"done\":\"%s\",\"port\":%s,\"more\":\"%s\"}"
                        .formatted(wish.path("act").asText(), caller, more));
    }

    String url() {
        return server.url();
    }

    int port() {
        return server.port();
    }

    /// In the order in which they came.
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /// How often the world was changed by each act of a keyed tool, by [Call#what()].
    Map<String, Long> keyedActs() {
        return count(calls.stream().filter(Call::isKeyed).filter(Call::acted).toList());
    }

    /// How often each act of an unkeyed tool was done.
    Map<String, Long> unkeyedActs() {
        return count(calls.stream().filter(Call::isUnkeyed).toList());
    }

    /// Calls of a keyed tool that came with a key which had acted already.
    long repeatsCaughtByKey() {
        return calls.stream()
                .filter(Call::isKeyed)
                .filter(call -> !call.acted())
                .count();
    }

    private static Map<String, Long> count(List<Call> some) {
        return some.stream().collect(Collectors.groupingBy(Call::what, Collectors.counting()));
    }

    void writeTo(Path file) {
        try {
            Files.write(file, calls.stream().map(Call::toString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
