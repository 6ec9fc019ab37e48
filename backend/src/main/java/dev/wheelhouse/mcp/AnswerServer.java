package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Problem;
import java.io.BufferedInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Answers what a server asks by itself, in the middle of an answer or on a stream of its own.
record AnswerServer(SendMessages sends, Replies replies, ReadAnswer reading) {

    private static final Duration BRIEF = Duration.ofSeconds(5);

    /// Says something that wants no answer. What goes wrong with it changes nothing.
    void tell(Session session, ObjectNode message) throws InterruptedException {
        try {
            sends.send(sends.post(sends.server().url(), session, message, Map.of(), BRIEF), (head, body) -> {
                body.readNBytes(1024);
                return head.status();
            });
        } catch (Problem _) {
            // Nobody waits for it.
        }
    }

    /// Answers what a server asks outside of any answer, until the thread is interrupted. Returns once the
    /// server listens or will not: most have no such stream.
    Thread listen(Session session) throws InterruptedException {
        var sending = sends.listen(session, Map.of(), sends.server().timeout());
        var begun = new CountDownLatch(1);
        var listening = Thread.ofVirtual().start(() -> {
            try {
                sends.send(sending, (head, body) -> {
                    begun.countDown();
                    var events = new Events(new BufferedInputStream(body));
                    for (String data = events.next(); head.status() == 200 && data != null; data = events.next()) {
                        reply(session, reading.parsed(data));
                    }
                    return head.status();
                });
            } catch (Problem | InterruptedException e) {
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

    /// What it asks in the middle of an answer is answered on the side.
    void reply(Session session, JsonNode value) {
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
}
