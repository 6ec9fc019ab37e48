package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.signins.Challenge;
import dev.wheelhouse.tools.ToolContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks servers of every kind, and knows when what they said is too old to call a tool on.
@Singleton
final class AskServers {

    private static final Duration DOCUMENTS_CHANGE_AFTER = Duration.ofMinutes(10);

    private final SpeakMcp mcp;
    private final Map<ToolServer.Kind, Speaks> kinds;
    private final ToolServersConfig config;
    private final Cache<String, Long> asked = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(2))
            .build();

    AskServers(SpeakMcp mcp, SpeakOpenApi openapi, ToolServersConfig config) {
        this.mcp = mcp;
        this.kinds = Map.of(ToolServer.Kind.MCP, mcp, ToolServer.Kind.OPENAPI, openapi);
        this.config = config;
    }

    List<Offered> offers(Speaks.Server server) throws InterruptedException {
        var offers = kinds.get(server.definition().kind()).offers(server);
        asked.put(server.key(), System.nanoTime());
        return checked(server.definition().name(), offers);
    }

    /// What a server wants of whoever has not signed in; refuses with `conflict` where it wants nothing.
    Challenge challenge(Speaks.Server server) throws InterruptedException {
        return mcp.challenge(server);
    }

    /// A document in the definition never changes by itself.
    boolean isStale(Speaks.Server server) {
        var definition = server.definition();
        if (definition.document() != null) {
            return false;
        }
        var most = definition.kind() == ToolServer.Kind.MCP ? config.checkAfter() : DOCUMENTS_CHANGE_AFTER;
        Long last = asked.getIfPresent(server.key());
        return last == null || System.nanoTime() - last > most.toNanos();
    }

    JsonNode call(Speaks.Server server, ServerTool tool, JsonNode arguments, ToolContext context)
            throws InterruptedException {
        return kinds.get(server.definition().kind()).call(server, tool, arguments, context);
    }

    /// Two tools that would share a name are both refused: a server could put one before the other.
    static List<Offered> checked(String server, List<Offered> offers) {
        var names = new HashMap<String, List<String>>();
        offers.forEach(offer -> names.computeIfAbsent(ToolName.of(server, offer.remote()), _ -> new ArrayList<>())
                .add(offer.remote()));
        return offers.stream()
                .map(offer -> {
                    var same = names.get(ToolName.of(server, offer.remote()));
                    String schema = ForeignSchema.of(offer.schema()).refused();
                    if (offer.refused() == null && same.size() > 1) {
                        return offer.refused("models cannot tell it from another tool of this server: \"%s\""
                                .formatted(String.join("\" and \"", same)));
                    }
                    return offer.refused() == null && schema != null ? offer.refused(schema) : offer;
                })
                .toList();
    }
}
