package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.time.Duration;
import java.util.Map;

/// Finds out which revision a server speaks, and begins a session where it wants one.
record OpenSession(Channel channel, McpServer server) {

    private static final Duration BRIEF = Duration.ofSeconds(10);

    Session open() throws RpcException, InterruptedException {
        if (server.revision() == Revision.SESSIONS) {
            return initialized();
        }
        boolean isOnly = server.revision() == Revision.STATELESS;
        for (int times = 0; ; times++) {
            try {
                return discovered();
            } catch (RpcException e) {
                if (times == 0 && speaksStateless(e.data().path("supported"))) {
                    continue;
                }
                if (isOnly) {
                    throw e;
                }
                return initialized();
            } catch (Problem e) {
                if (isOnly || e.code() == ErrorCode.FORBIDDEN) {
                    throw e;
                }
                return initialized();
            }
        }
    }

    private Session discovered() throws RpcException, InterruptedException {
        var session = Session.stateless();
        var message = channel.message(session, "server/discover", Json.mapper().createObjectNode());
        var most = server.timeout().compareTo(BRIEF) < 0 ? server.timeout() : BRIEF;
        var found = channel.request(session, message, Map.of(), most).result().path("supportedVersions");
        if (found.isArray() && !speaksStateless(found)) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" speaks %s only".formatted(server.url(), Text.shorten(found.toString(), 200)),
                    "Ask for a server that speaks %s or %s"
                            .formatted(Revision.STATELESS.date(), Revision.SESSIONS.date()));
        }
        return session;
    }

    private static boolean speaksStateless(JsonNode versions) {
        for (var version : versions) {
            if (version.asText().equals(Revision.STATELESS.date())) {
                return true;
            }
        }
        return false;
    }

    private Session initialized() throws RpcException, InterruptedException {
        var begun = Session.begun();
        var params = Json.mapper().createObjectNode().put("protocolVersion", Revision.SESSIONS.date());
        params.set("capabilities", new Replies(server.answersDefaults()).capabilities());
        params.set("clientInfo", Replies.client());
        var answer = channel.request(begun, channel.message(begun, "initialize", params), Map.of(), server.timeout());
        String version = answer.result().path("protocolVersion").asText();
        if (!Revision.OLDER.contains(version)) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" speaks the revision \"%s\" of MCP".formatted(server.url(), Text.shorten(version, 40)),
                    "Known here: %s"
                            .formatted(String.join(
                                    ", ", Revision.OLDER.stream().sorted().toList())));
        }
        var session = begun.agreed(version, answer.session());
        var ready = Json.mapper().createObjectNode().put("jsonrpc", "2.0").put("method", "notifications/initialized");
        channel.tell(session, ready);
        return session;
    }
}
