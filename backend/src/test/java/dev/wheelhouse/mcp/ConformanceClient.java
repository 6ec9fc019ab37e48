package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.Outbound;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What MCP's own conformance kit starts, with the address of its server: lists the tools and calls every one that is
/// not refused, as the kit says where it says so. `scripts/mcp-conformance` runs it.
final class ConformanceClient {

    private ConformanceClient() {}

    public static void main(String[] arguments) throws Exception {
        var kit = Json.read(Objects.requireNonNullElse(System.getenv("MCP_CONFORMANCE_CONTEXT"), "{}"));
        boolean isOld = "2025-11-25".equals(System.getenv("MCP_CONFORMANCE_PROTOCOL_VERSION"));
        String url = arguments[arguments.length - 1];
        var server = new McpServer(
                url,
                url,
                List.of(),
                "",
                List.of("localhost", "127.0.0.1"),
                isOld ? Revision.SESSIONS : null,
                true,
                Duration.ofSeconds(15));
        try (var outbound = Outbound.direct()) {
            var mcp = new Mcp(outbound);
            var tools = mcp.list(server);
            for (var tool : tools) {
                if (tool.refused() == null) {
                    call(mcp, server, tool, given(kit, tool, tools.getFirst().schema()));
                } else {
                    System.out.println(tool.name() + " is refused: " + tool.refused());
                }
            }
        }
    }

    private static void call(Mcp mcp, McpServer server, Offer tool, ObjectNode arguments) throws InterruptedException {
        try {
            System.out.println(tool.name() + ": " + mcp.call(server, new Mcp.Call(tool, arguments, "key", () -> {})));
        } catch (Problem e) {
            System.out.println(tool.name() + ": " + e.sentences());
        }
    }

    /// @param first the schema of the first tool, which the kit wants to have back
    private static ObjectNode given(JsonNode kit, Offer tool, JsonNode first) {
        for (var call : kit.path("toolCalls")) {
            if (call.path("name").asText().equals(tool.name())) {
                return (ObjectNode) call.path("arguments");
            }
        }
        var arguments = Json.mapper().createObjectNode();
        for (var property : tool.schema().path("properties").properties()) {
            switch (property.getValue().path("type").asText()) {
                case "number", "integer" -> arguments.put(property.getKey(), 3);
                case "boolean" -> arguments.put(property.getKey(), true);
                case "object" -> arguments.set(property.getKey(), first);
                case "array" -> arguments.putArray(property.getKey());
                default -> arguments.put(property.getKey(), "text");
            }
        }
        return arguments;
    }
}
