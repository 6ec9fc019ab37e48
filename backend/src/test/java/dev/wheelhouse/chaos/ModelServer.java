package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// A model that speaks OpenAI's chat completions as a stream and follows scripts. It writes down every call with the
/// run and the turn it was for.
final class ModelServer implements AutoCloseable {

    /// One call that came in; `answered` is false for one that was refused on purpose.
    record Call(long atNanos, String run, int turn, boolean answered, int inputTokens, int outputTokens) {}

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Random random;
    private final LocalServer server;
    private volatile int slowestMillis;
    private volatile double failing;

    ModelServer(String host, long seed) {
        random = new Random(seed);
        server = new LocalServer(host, this::complete);
        script("chain", Script.chain("effect_keyed", "effect_keyed"));
        script("unkeyed", Script.chain("effect_keyed", "effect_unkeyed"));
        script("read", Script.chain("effect_read", "effect_read"));
        script("talk", Script.chain());
    }

    /// From now on messages that begin with the word are answered by the script.
    void script(String word, Script script) {
        scripts.put(word, script);
    }

    /// Each answer takes up to this long, and this share of calls is refused with 500.
    void manners(int slowestMillis, double failing) {
        this.slowestMillis = slowestMillis;
        this.failing = failing;
    }

    private void complete(HttpExchange exchange) throws IOException {
        JsonNode request = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var messages = request.path("messages");
        int user = lastUser(messages);
        var words = text(messages.path(user)).split(" ");
        var results = new ArrayList<String>();
        int turn = 0;
        for (int at = user + 1; at < messages.size(); at++) {
            switch (messages.path(at).path("role").asText()) {
                case "assistant" -> turn++;
                case "tool" -> results.add(text(messages.path(at)));
                default -> {}
            }
        }
        boolean refused = random.nextDouble() < failing;
        var script = scripts.get(words[0]);
        String run = words.length > 1 ? words[1] : "";
        var said = script == null ? null : script.next(new Script.ApprovalRequest(run, turn, results, messages));
        int input = messages.toString().length() / 4;
        int output =
                said == null ? 0 : said.text().length() / 4 + 10 * said.calls().size() + 1;
        calls.add(new Call(System.nanoTime(), run, turn, !refused, input, output));
        LockSupport.parkNanos((slowestMillis == 0 ? 0 : random.nextInt(slowestMillis)) * 1_000_000L);
        if (refused || said == null) {
            String why = refused ? "refused on purpose" : "no script \"" + words[0] + "\"";
            LocalServer.answer(exchange, 500, "application/json", "{\"error\":{\"message\":" + Json.quote(why) + "}}");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            out.write(stream(said, turn, input, output).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int lastUser(JsonNode messages) {
        int last = 0;
        for (int at = 0; at < messages.size(); at++) {
            if (messages.path(at).path("role").asText().equals("user")) {
                last = at;
            }
        }
        return last;
    }

    /// The content is a string, or a list of parts.
    private static String text(JsonNode message) {
        var content = message.path("content");
        return content.isTextual()
                ? content.asText()
                : content.path(0).path("text").asText();
    }

    private static String stream(Script.Said said, int turn, int input, int output) {
        var out = new StringBuilder();
        for (String word : said.text().split("(?<= )")) {
            chunk(out, "{\"role\":\"assistant\",\"content\":" + Json.quote(word) + "}", null);
        }
        for (int at = 0; at < said.calls().size(); at++) {
            var call = said.calls().get(at);
            String delta =
                    "{\"tool_calls\":[{\"index\":%d,\"id\":\"call-%d-%d\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}]}";
            chunk(out, delta.formatted(at, turn, at, call.tool(), Json.quote(call.argumentsJson())), null);
        }
        chunk(out, "{}", said.calls().isEmpty() ? "stop" : "tool_calls");
        out.append("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":[],")
                .append("\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}}\n\n"
                        .formatted(input, output, input + output))
                .append("data: [DONE]\n\n");
        return out.toString();
    }

    private static void chunk(StringBuilder out, String delta, @org.jspecify.annotations.Nullable String finish) {
        out.append("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":")
                .append("[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                        .formatted(delta, finish == null ? "null" : Json.quote(finish)));
    }

    /// Up to and including `/v1`, as `MODEL_URL` wants it.
    String url() {
        return server.url() + "/v1";
    }

    int port() {
        return server.port();
    }

    /// In the order in which they came.
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /// Runs whose model was asked for a turn after it had been asked for a later one: a committed step was begun again.
    List<String> runsThatWentBack() {
        var furthest = new java.util.HashMap<String, Integer>();
        var back = new java.util.TreeSet<String>();
        for (var call : calls) {
            int before = furthest.merge(call.run(), call.turn(), Math::max);
            if (call.turn() < before) {
                back.add(call.run());
            }
        }
        return List.copyOf(back);
    }

    @Override
    public void close() {
        server.close();
    }
}
