package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.Outbound;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lists the tools of MCP servers and calls them, in whichever revision a server speaks.
@Singleton
public final class Mcp {

    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final int MOST_ROUNDS = 5;

    private final Outbound outbound;
    private final Cache<String, Session> sessions =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(KEPT).build();

    public Mcp(Outbound outbound) {
        this.outbound = outbound;
    }

    /// One call of a tool.
    ///
    /// @param key the same for every attempt at this call and for no other; sent along for servers that heed it
    /// @param ready is asked right before anything is sent that may have an effect; throws where it must not be
    public record Call(Offer tool, ObjectNode arguments, String key, Runnable ready) {}

    /// Everything that the server offers; refuses with a [Problem] where it cannot be asked, and with a
    /// [ChallengedException] where it wants other credentials.
    public List<Offer> list(McpServer server) throws InterruptedException {
        return within(server, (channel, session) -> new ReadOffers(channel, session, server.timeout()).all());
    }

    /// What the tool answered, as JSON that a model can read. An error of the tool is a [Problem].
    public JsonNode call(McpServer server, Call call) throws InterruptedException {
        return ReadResult.of(within(server, (channel, session) -> listening(server, channel, session, call)), server);
    }

    private interface Asks<T> {
        T ask(Channel channel, Session session) throws RpcException, InterruptedException;
    }

    /// A session that the server has lost is begun anew, once; what it refused so was not carried out.
    private <T> T within(McpServer server, Asks<T> asks) throws InterruptedException {
        var channel = new Channel(outbound, server);
        try {
            var kept = sessions.getIfPresent(server.key());
            if (kept != null) {
                try {
                    return asks.ask(channel, kept);
                } catch (RpcException e) {
                    if (!e.isLostSession() && e.code() != RpcException.UNSUPPORTED_VERSION) {
                        throw e;
                    }
                    sessions.invalidate(server.key());
                } catch (LostSessionException e) {
                    sessions.invalidate(server.key());
                }
            }
            var session = new OpenSession(channel, server).open();
            sessions.put(server.key(), session);
            return asks.ask(channel, session);
        } catch (RpcException e) {
            throw problem(server, e);
        } catch (RefusedException e) {
            throw e.problem();
        }
    }

    /// A server that may ask back may do so on a stream of its own.
    private static JsonNode listening(McpServer server, Channel channel, Session session, Call call)
            throws RpcException, InterruptedException {
        if (session.isStateless() || !server.answersDefaults()) {
            return call(server, channel, session, call);
        }
        var listener = channel.listen(session);
        try {
            return call(server, channel, session, call);
        } finally {
            listener.interrupt();
        }
    }

    private static JsonNode call(McpServer server, Channel channel, Session session, Call call)
            throws RpcException, InterruptedException {
        var params = params(call);
        var headers = new HashMap<>(
                Map.of("Mcp-Name", ParamHeaders.encoded(call.tool().name())));
        if (session.isStateless()) {
            headers.putAll(ParamHeaders.of(call.tool().schema(), call.arguments()));
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            call.ready().run();
            var message = channel.message(session, "tools/call", params);
            JsonNode result;
            try {
                result = channel.request(session, message, headers, server.timeout())
                        .result();
            } catch (InterruptedException e) {
                tellCancelled(channel, session, message);
                throw e;
            }
            if (!result.path("resultType").asText("complete").equals("input_required")) {
                return result;
            }
            params = answered(server, call, result);
        }
        throw new Problem(
                ErrorCode.TOOL_FAILED,
                "\"%s\" asks for more and more".formatted(call.tool().name()));
    }

    private static ObjectNode params(Call call) {
        var params = Json.mapper().createObjectNode().put("name", call.tool().name());
        params.set("arguments", call.arguments());
        params.withObject("/_meta").put("dev.wheelhouse/idempotencyKey", call.key());
        return params;
    }

    /// The same request once more, with what the server wanted to know.
    private static ObjectNode answered(McpServer server, Call call, JsonNode result) {
        var replies = new Replies(server.answersDefaults());
        var params = params(call);
        var responses = params.putObject("inputResponses");
        for (var asked : result.path("inputRequests").properties()) {
            var answer = replies.result(asked.getValue());
            if (answer == null) {
                throw new Problem(
                        ErrorCode.TOOL_FAILED,
                        "\"%s\" wants to know something by \"%s\", which nobody answers here"
                                .formatted(
                                        call.tool().name(),
                                        asked.getValue().path("method").asText()),
                        "Use another tool");
            }
            responses.set(asked.getKey(), answer);
        }
        if (result.has("requestState")) {
            params.set("requestState", result.get("requestState"));
        }
        return params;
    }

    /// Without a session the end of the connection says it.
    private static void tellCancelled(Channel channel, Session session, ObjectNode message) {
        if (!session.isStateless()) {
            var note = Json.mapper().createObjectNode().put("jsonrpc", "2.0").put("method", "notifications/cancelled");
            note.putObject("params").put("reason", "The run no longer wants it").set("requestId", message.get("id"));
            Thread.ofVirtual().start(() -> {
                try {
                    channel.tell(session, note);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static Problem problem(McpServer server, RpcException e) {
        boolean isArguments = e.code() == RpcException.INVALID_PARAMS;
        return new Problem(
                isArguments ? ErrorCode.INVALID_ARGUMENTS : ErrorCode.TOOL_FAILED,
                isArguments
                        ? String.valueOf(e.getMessage())
                        : "\"%s\" answered with an error (%d): %s".formatted(server.url(), e.code(), e.getMessage()),
                isArguments ? "Fix the arguments and call again" : null);
    }
}
