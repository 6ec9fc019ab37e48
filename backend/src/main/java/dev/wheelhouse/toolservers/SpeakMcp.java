package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.mcp.Mcp;
import dev.wheelhouse.mcp.McpServer;
import dev.wheelhouse.mcp.Offer;
import dev.wheelhouse.signins.Challenge;
import dev.wheelhouse.signins.SignIns;
import dev.wheelhouse.tools.ToolContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Speaks to MCP servers.
@Singleton
final class SpeakMcp implements Speaks {

    private final Mcp mcp;
    private final Credentials credentials;
    private final ToolServersConfig config;
    private final SignInToServers signIns;

    SpeakMcp(Mcp mcp, Credentials credentials, ToolServersConfig config, SignInToServers signIns) {
        this.mcp = mcp;
        this.credentials = credentials;
        this.config = config;
        this.signIns = signIns;
    }

    @Override
    public List<Offered> offers(Server server) throws InterruptedException {
        return signIns.asked(server, token -> listed(server, token)).stream()
                .map(Offered::of)
                .toList();
    }

    private List<Offer> listed(Server server, SignIns.@Nullable Token token) throws InterruptedException {
        return mcp.list(server(server, server.definition().timeout(), token));
    }

    /// What the server wants of whoever has not signed in.
    Challenge challenge(Server server) throws InterruptedException {
        return signIns.challenge(server, _ -> listed(server, null));
    }

    @Override
    public JsonNode call(Server server, ServerTool tool, JsonNode arguments, ToolContext context)
            throws InterruptedException {
        var given =
                arguments instanceof ObjectNode object ? object : Json.mapper().createObjectNode();
        var call = new Mcp.Call(tool.shown().offer(), given, context.idempotencyKey(), context::ensureOwned);
        // The tool's own time is over first, and tells the server that nobody waits any more.
        return signIns.asked(server, token -> {
            var said = mcp.call(server(server, tool.timeout().plusSeconds(1), token), call);
            return token == null ? said : token.scrubber().scrub(said);
        });
    }

    private McpServer server(Server server, Duration timeout, SignIns.@Nullable Token token) {
        var definition = server.definition();
        String url = String.valueOf(definition.url());
        var headers = new ArrayList<>(credentials.headers(server.tenant(), definition.headers(), url));
        if (token != null) {
            headers.add(token.header());
        }
        String named = Credentials.named(
                definition.headers().stream().map(ToolServer.Header::value).toList());
        return new McpServer(
                token == null ? server.key() : server.key() + "/" + token.version(),
                url,
                headers,
                token == null ? named : "the sign-in",
                config.privateHosts(),
                definition.revision(),
                definition.answersDefaults(),
                timeout);
    }
}
