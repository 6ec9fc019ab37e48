package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.Sending;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The way to one server: how messages are sent there, and how far a redirect is followed.
record SendMessages(Outbound outbound, McpServer server) {

    static final int MOST_BYTES = 8 << 20;

    /// An interrupt counts before whatever else went wrong by it.
    <T> T send(Sending sending, Sending.Reader<T> reader) throws InterruptedException {
        try {
            return outbound.send(sending, Reach.to(Reach.uri(sending.url()), server.privateHosts()), reader);
        } catch (Problem e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw e;
        }
    }

    Sending post(String url, Session session, ObjectNode message, Map<String, String> more, Duration most) {
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

    /// For a stream of events.
    Sending listen(Session session, Map<String, String> more, Duration most) {
        var headers = headers(session);
        headers.put("Accept", "text/event-stream");
        headers.putAll(more);
        return Sending.get(server.url(), headers, server.headers()).within(most, MOST_BYTES);
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

    /// Credentials and the operator's list are for one host, so a redirect stays on it.
    static String followed(String from, String to) {
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
}
