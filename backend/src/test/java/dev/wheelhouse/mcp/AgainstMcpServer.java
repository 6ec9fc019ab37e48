package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.outbound.Outbound;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Asks a server that stands in for others, whose next answers a test writes.
abstract class AgainstMcpServer {

    static final String TOOL =
            "{\"name\":\"tide\",\"description\":\"Tells tides\",\"inputSchema\":{\"type\":\"object\"}}";

    final Outbound outbound = Outbound.direct();

    final Mcp mcp = new Mcp(outbound);

    FakeMcpServer server;

    @BeforeEach
    void start() {
        server = new FakeMcpServer().tools(TOOL);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        outbound.close();
    }

    McpServer to(Revision revision, boolean answersDefaults) {
        return new McpServer(
                server.url(),
                server.url(),
                List.of(),
                "the secret \"tides\"",
                List.of("localhost"),
                revision,
                answersDefaults,
                Duration.ofSeconds(20));
    }

    List<Offer> list() throws InterruptedException {
        try {
            return mcp.list(to(null, false));
        } catch (ChallengedException e) {
            throw e.problem();
        }
    }

    JsonNode call(String arguments) throws InterruptedException {
        return call(list().getFirst(), arguments);
    }

    JsonNode call(Offer tool, String arguments) throws InterruptedException {
        try {
            return mcp.call(to(null, false), new Mcp.Call(tool, (ObjectNode) Json.read(arguments), "key-1", () -> {}));
        } catch (ChallengedException e) {
            throw e.problem();
        }
    }
}
