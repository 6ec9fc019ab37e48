package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads all pages of a server's list of tools.
record ReadOffers(Channel channel, Session session, Duration timeout) {

    private static final int MOST_PAGES = 100;
    private static final int MOST_TOOLS = 1_000;
    private static final int LONGEST_NAME = 256;

    List<Offer> all() throws RpcException, InterruptedException {
        var tools = new ArrayList<JsonNode>();
        var cursors = new HashSet<String>();
        String cursor = null;
        do {
            var params = Json.mapper().createObjectNode();
            if (cursor != null) {
                params.put("cursor", cursor);
            }
            var page = channel.request(session, channel.message(session, "tools/list", params), Map.of(), timeout)
                    .result();
            if (!page.path("tools").isArray()) {
                throw new Problem(ErrorCode.TOOL_FAILED, "The server's list of tools has no \"tools\"");
            }
            page.path("tools").forEach(tools::add);
            var next = page.path("nextCursor");
            cursor = next.isTextual() && !next.asText().isEmpty() ? next.asText() : null;
            check(tools.size(), cursor != null && !cursors.add(cursor), cursors.size());
        } while (cursor != null);
        return offers(tools);
    }

    private static void check(int tools, boolean isRepeated, int pages) {
        if (tools > MOST_TOOLS || isRepeated || pages > MOST_PAGES) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    isRepeated
                            ? "The server's list of tools never ends: it names the same page twice"
                            : "The server has more than %,d tools or %d pages of them"
                                    .formatted(MOST_TOOLS, MOST_PAGES),
                    "Ask its owner for an address that offers fewer");
        }
    }

    private List<Offer> offers(List<JsonNode> tools) {
        var offers = new LinkedHashMap<String, Offer>();
        for (var tool : tools) {
            var offer = Offer.of(tool, refused(tool));
            var same = offers.putIfAbsent(offer.name(), offer);
            if (same != null && !same.equals(offer)) {
                offers.put(offer.name(), same.refused("the server lists two different tools of this name"));
            }
        }
        return List.copyOf(offers.values());
    }

    private @Nullable String refused(JsonNode tool) {
        String name = tool.path("name").asText();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            return "it has no name, or one of more than %d characters".formatted(LONGEST_NAME);
        }
        String header = session.isStateless() ? ParamHeaders.mistake(tool.path("inputSchema")) : null;
        return header == null && !tool.path("inputSchema").isObject() && tool.has("inputSchema")
                ? "its arguments are described by %s, not by a schema".formatted(tool.path("inputSchema"))
                : header;
    }
}
