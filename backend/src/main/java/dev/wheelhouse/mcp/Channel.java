package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.Sending;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends messages to one server and reads what comes back: one JSON value, a list of them, or a stream of events that
/// may break off and go on elsewhere.
final class Channel {

    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_RETURNS = 20;
    private static final Duration BRIEF = Duration.ofSeconds(5);
    private static final List<Integer> REDIRECTS = List.of(301, 302, 307, 308);

    private final Outbound outbound;
    private final McpServer server;
    private final Replies replies;

    Channel(Outbound outbound, McpServer server) {
        this.outbound = outbound;
        this.server = server;
        this.replies = new Replies(server.answersDefaults());
    }

    /// What a request came to.
    ///
    /// @param result of the protocol's answer
    /// @param session the name that the server gave a session, null without one
    record Answer(JsonNode result, @Nullable String session) {}

    /// What was read so far: the answer, or where a stream broke off.
    private record Part(
            @Nullable JsonNode answer,
            int status,
            @Nullable String session,
            @Nullable String redirect,
            String lastEvent,
            long retry) {}

    ObjectNode message(Session session, String method, ObjectNode params) {
        var message = Json.mapper()
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", session.numbers().incrementAndGet())
                .put("method", method);
        return message.set("params", stamped(session, params));
    }

    private ObjectNode stamped(Session session, ObjectNode params) {
        if (session.isStateless()) {
            var meta = params.withObject("/_meta");
            meta.put("io.modelcontextprotocol/protocolVersion", session.version());
            meta.set("io.modelcontextprotocol/clientInfo", Replies.client());
            meta.set("io.modelcontextprotocol/clientCapabilities", replies.capabilities());
        }
        return params;
    }

    /// Refuses with what the server says in the protocol's form, or with a [Problem] where it does not speak it.
    Answer request(Session session, ObjectNode message, Map<String, String> more, Duration most)
            throws RpcException, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        var part = post(session, message, more, most);
        for (int times = 0; part.answer() == null && isToBeContinued(session, part, times); times++) {
            TimeUnit.MILLISECONDS.sleep(part.retry());
            part = resume(session, message, part, left(end));
        }
        if (part.answer() == null) {
            throw unclear("its answer broke off");
        }
        var answer = part.answer();
        if (answer.hasNonNull("error")) {
            throw new RpcException(part.status(), answer.path("error"));
        }
        if (!answer.has("result")) {
            throw unclear("its answer has neither a result nor an error");
        }
        return new Answer(answer.path("result"), part.session());
    }

    private static boolean isToBeContinued(Session session, Part part, int times) {
        return !session.isStateless() && !part.lastEvent().isEmpty() && times < MOST_RETURNS;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime()));
    }

    /// Says something that wants no answer. What goes wrong with it changes nothing.
    void tell(Session session, ObjectNode message) throws InterruptedException {
        try {
            outbound.send(
                    sending(server.url(), session, message, Map.of(), BRIEF), reach(server.url()), (head, body) -> {
                        body.readNBytes(1024);
                        return head.status();
                    });
        } catch (Problem e) {
            stopIfInterrupted();
        }
    }

    private Part post(Session session, ObjectNode message, Map<String, String> more, Duration most)
            throws InterruptedException {
        String url = server.url();
        for (int times = 0; times <= MOST_REDIRECTS; times++) {
            var part = send(sending(url, session, message, more, most), session, message);
            if (part.redirect() == null) {
                return part;
            }
            url = followed(url, part.redirect());
        }
        throw new Problem(ErrorCode.BAD_REQUEST, "\"%s\" redirects again and again".formatted(server.url()));
    }

    /// Credentials and the operator's list are for one host, so a redirect stays on it.
    private static String followed(String from, String to) {
        var here = Reach.uri(from);
        var there = here.resolve(URI.create(to.strip().replace(" ", "%20")));
        boolean isSame = String.valueOf(there.getHost()).equalsIgnoreCase(here.getHost())
                && ("https".equalsIgnoreCase(there.getScheme())
                        || here.getScheme().equalsIgnoreCase(there.getScheme()));
        if (!isSame) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" redirects to \"%s\", which is another place".formatted(from, Text.shorten(to, 200)),
                    "Write the address that it is meant to have into the definition");
        }
        return there.toString();
    }

    private Part resume(Session session, ObjectNode message, Part broken, Duration most) throws InterruptedException {
        var headers = headers(session);
        headers.put("Accept", "text/event-stream");
        headers.put("Last-Event-ID", broken.lastEvent());
        var sending = Sending.get(server.url(), headers, server.headers()).within(most, MOST_BYTES);
        return send(sending, session, message);
    }

    private Part send(Sending sending, Session session, ObjectNode message) throws InterruptedException {
        try {
            return outbound.send(sending, reach(sending.url()), (head, body) -> read(head, body, session, message));
        } catch (Problem e) {
            stopIfInterrupted();
            throw e;
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private Reach reach(String url) {
        return Reach.to(Reach.uri(url), server.privateHosts());
    }

    private Sending sending(String url, Session session, ObjectNode message, Map<String, String> more, Duration most) {
        var headers = headers(session);
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("Content-Type", "application/json");
        if (message.has("method")) {
            headers.put("Mcp-Method", message.path("method").asText());
        }
        headers.putAll(more);
        return Sending.post(url, headers, message.toString())
                .with(server.headers())
                .within(most, MOST_BYTES);
    }

    private static Map<String, String> headers(Session session) {
        var headers = new LinkedHashMap<String, String>();
        if (!session.version().isEmpty()) {
            headers.put("MCP-Protocol-Version", session.version());
        }
        if (session.id() != null) {
            headers.put("Mcp-Session-Id", session.id());
        }
        return headers;
    }

    private Part read(Sending.Head head, InputStream body, Session session, ObjectNode message) throws IOException {
        String name = head.header("mcp-session-id");
        String id = name.isEmpty() ? null : name;
        if (REDIRECTS.contains(head.status()) && !head.header("location").isEmpty()) {
            return new Part(null, head.status(), id, head.header("location"), "", 0);
        }
        if (head.status() == 404 && session.id() != null) {
            throw new LostSessionException();
        }
        Refusals.check(server, head);
        var in = new BufferedInputStream(body);
        char first = first(in);
        if (first == '{' || first == '[') {
            return whole(head, in, id, message);
        }
        boolean isStream = head.type().toLowerCase(java.util.Locale.ROOT).contains("event-stream");
        if (head.status() / 100 == 2 && (isStream || beginsAsStream(in))) {
            return stream(head, in, id, session, message);
        }
        throw Refusals.notTheProtocol(server, head, new String(in.readNBytes(300), StandardCharsets.UTF_8));
    }

    /// Whatever it is labelled as.
    private static boolean beginsAsStream(BufferedInputStream in) throws IOException {
        in.mark(64);
        String start = new String(in.readNBytes(6), StandardCharsets.UTF_8);
        in.reset();
        return start.matches("(?s)(data:|event:|id:|retry:|:).*");
    }

    /// The first letter that is no space and no byte order mark, which is read again.
    private static char first(BufferedInputStream in) throws IOException {
        in.mark(64);
        int letter = in.read();
        for (int at = 0; at < 60 && (letter == ' ' || letter == '\r' || letter == '\n' || letter > 127); at++) {
            letter = in.read();
        }
        in.reset();
        return letter < 0 ? 0 : (char) letter;
    }

    private Part whole(Sending.Head head, InputStream in, @Nullable String id, ObjectNode message) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES);
        if (bytes.length == MOST_BYTES) {
            throw tooLarge();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        var answer = answerIn(parsed(text.startsWith("\uFEFF") ? text.substring(1) : text), message);
        boolean isSpoken =
                answer != null && (answer.has("result") || answer.path("error").isObject());
        if (!isSpoken && head.status() / 100 != 2) {
            throw Refusals.notTheProtocol(server, head, Text.shorten(text, 300));
        }
        return new Part(answer, head.status(), id, null, "", 0);
    }

    private Part stream(Sending.Head head, InputStream in, @Nullable String id, Session session, ObjectNode message)
            throws IOException {
        var events = new Events(in);
        JsonNode answer = null;
        try {
            for (String data = events.next(); data != null && answer == null; ) {
                var value = parsed(data);
                answer = answerIn(value, message);
                if (answer == null) {
                    reply(session, value);
                    data = events.next();
                }
            }
        } catch (IOException e) {
            if (events.lastId().isEmpty() || session.isStateless()) {
                throw e;
            }
        }
        return new Part(answer, head.status(), id, null, events.lastId(), events.retry());
    }

    /// Answers what a server asks outside of any answer, until the thread is interrupted. Returns once the
    /// server listens or will not: most have no such stream.
    Thread listen(Session session) throws InterruptedException {
        var headers = headers(session);
        headers.put("Accept", "text/event-stream");
        var sending = Sending.get(server.url(), headers, server.headers()).within(server.timeout(), MOST_BYTES);
        var begun = new CountDownLatch(1);
        var listening = Thread.ofVirtual().start(() -> {
            try {
                outbound.send(sending, reach(server.url()), (head, body) -> {
                    begun.countDown();
                    var events = new Events(new BufferedInputStream(body));
                    for (String data = events.next(); head.status() == 200 && data != null; data = events.next()) {
                        reply(session, parsed(data));
                    }
                    return head.status();
                });
            } catch (Problem e) {
                Thread.currentThread().interrupt();
            } finally {
                begun.countDown();
            }
        });
        boolean isOpen = begun.await(BRIEF.toMillis(), TimeUnit.MILLISECONDS);
        if (!isOpen) {
            listening.interrupt();
        }
        return listening;
    }

    /// What the server asks in the middle of an answer is answered on the side.
    private void reply(Session session, JsonNode value) {
        for (var one : value.isArray() ? value : List.of(value)) {
            var reply = replies.to(one);
            if (reply != null) {
                Thread.ofVirtual().start(() -> {
                    try {
                        tell(session, reply);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        }
    }

    private JsonNode parsed(String text) {
        try {
            return Json.readPictures(text);
        } catch (Problem e) {
            throw unclear("it sent what is not JSON: " + Text.shorten(text, 100));
        }
    }

    /// The answer to this message, also where the server lost its number or sends answers as a list.
    private static @Nullable JsonNode answerIn(JsonNode value, ObjectNode message) {
        var known = new HashMap<String, JsonNode>();
        for (var one : value.isArray() ? value : List.of(value)) {
            if (one.isObject() && !one.has("method") && (one.has("result") || one.has("error") || one.has("id"))) {
                known.putIfAbsent(one.path("id").asText("null"), one);
            }
        }
        var own = known.get(message.path("id").asText());
        return own != null ? own : known.get("null");
    }

    private Problem unclear(String why) {
        return new Problem(
                ErrorCode.TOOL_FAILED,
                "\"%s\" was asked, but %s".formatted(server.url(), why),
                "What was asked for may have happened: check that before asking again");
    }

    private Problem tooLarge() {
        return new Problem(
                ErrorCode.TOOL_FAILED,
                "\"%s\" answered with more than %,d bytes".formatted(server.url(), MOST_BYTES),
                "Ask for less");
    }
}
