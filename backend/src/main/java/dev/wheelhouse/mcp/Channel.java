package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends messages to one server and reads what comes back: one JSON value, a list of them, or a stream of events that
/// may break off and go on elsewhere.
final class Channel {

    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_RETURNS = 20;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 307, 308);

    private final McpServer server;
    private final SendMessages sends;
    private final Replies replies;
    private final ReadAnswer reading;
    private final AnswerServer answers;

    Channel(Outbound outbound, McpServer server) {
        this.server = server;
        this.sends = new SendMessages(outbound, server);
        this.replies = new Replies(server.answersDefaults());
        this.reading = new ReadAnswer(server.url());
        this.answers = new AnswerServer(sends, replies, reading);
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
            throw reading.unclear("its answer broke off");
        }
        var answer = part.answer();
        if (answer.hasNonNull("error")) {
            throw new RpcException(part.status(), answer.path("error"));
        }
        if (!answer.has("result")) {
            throw reading.unclear("its answer has neither a result nor an error");
        }
        return new Answer(answer.path("result"), part.session());
    }

    private static boolean isToBeContinued(Session session, Part part, int times) {
        return !session.isStateless() && !part.lastEvent().isEmpty() && times < MOST_RETURNS;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime()));
    }

    void tell(Session session, ObjectNode message) throws InterruptedException {
        answers.tell(session, message);
    }

    Thread listen(Session session) throws InterruptedException {
        return answers.listen(session);
    }

    private Part post(Session session, ObjectNode message, Map<String, String> more, Duration most)
            throws InterruptedException {
        String url = server.url();
        for (int times = 0; times <= MOST_REDIRECTS; times++) {
            var part = send(sends.post(url, session, message, more, most), session, message);
            if (part.redirect() == null) {
                return part;
            }
            url = SendMessages.followed(url, part.redirect());
        }
        throw new Problem(ErrorCode.BAD_REQUEST, "\"%s\" redirects again and again".formatted(server.url()));
    }

    private Part resume(Session session, ObjectNode message, Part broken, Duration most) throws InterruptedException {
        return send(sends.listen(session, Map.of("Last-Event-ID", broken.lastEvent()), most), session, message);
    }

    private Part send(Sending sending, Session session, ObjectNode message) throws InterruptedException {
        return sends.send(sending, (head, body) -> read(head, body, session, message));
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
        char first = ReadAnswer.first(in);
        if (first == '{' || first == '[') {
            return whole(head, in, id, message);
        }
        boolean isStream = head.type().toLowerCase(java.util.Locale.ROOT).contains("event-stream");
        if (head.status() / 100 == 2 && (isStream || ReadAnswer.beginsAsStream(in))) {
            return stream(head, in, id, session, message);
        }
        throw Refusals.notTheProtocol(server, head, new String(in.readNBytes(300), StandardCharsets.UTF_8));
    }

    private Part whole(Sending.Head head, InputStream in, @Nullable String id, ObjectNode message) throws IOException {
        String text = reading.whole(in, SendMessages.MOST_BYTES);
        var answer = ReadAnswer.in(reading.parsed(text), message);
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
                var value = reading.parsed(data);
                answer = ReadAnswer.in(value, message);
                if (answer == null) {
                    answers.reply(session, value);
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
}
