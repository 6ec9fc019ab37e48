package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.mcp.Mcp;
import dev.wheelhouse.mcp.McpServer;
import dev.wheelhouse.tools.ToolContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// Speaks to MCP servers.
@Singleton
final class SpeakMcp implements Speaks {

    private final Mcp mcp;
    private final Credentials credentials;
    private final ToolServersConfig config;

    SpeakMcp(Mcp mcp, Credentials credentials, ToolServersConfig config) {
        this.mcp = mcp;
        this.credentials = credentials;
        this.config = config;
    }

    @Override
    public List<Offered> offers(Server server) throws InterruptedException {
        return mcp.list(server(server, server.definition().timeout())).stream()
                .map(Offered::of)
                .toList();
    }

    @Override
    public JsonNode call(Server server, ServerTool tool, JsonNode arguments, ToolContext context)
            throws InterruptedException {
        var given =
                arguments instanceof ObjectNode object ? object : Json.mapper().createObjectNode();
        var call = new Mcp.Call(tool.shown().offer(), given, context.idempotencyKey(), context::ensureOwned);
        // The tool's own time is over first, and tells the server that nobody waits any more.
        return mcp.call(server(server, tool.timeout().plusSeconds(1)), call);
    }

    private McpServer server(Server server, Duration timeout) {
        var definition = server.definition();
        String url = String.valueOf(definition.url());
        return new McpServer(
                server.key(),
                url,
                credentials.headers(server.tenant(), definition.headers(), url),
                Credentials.named(definition.headers().stream()
                        .map(ToolServer.Header::value)
                        .toList()),
                config.privateHosts(),
                definition.revision(),
                definition.answersDefaults(),
                timeout);
    }
}
