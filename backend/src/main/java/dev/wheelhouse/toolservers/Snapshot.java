package dev.wheelhouse.toolservers;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.tools.ToolState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A tenant's tool servers and their tools at a moment.
record Snapshot(Map<String, KnownServer> servers, List<ServerTool> tools, Map<String, ServerTool> byName) {

    static final Snapshot NOTHING = new Snapshot(Map.of(), List.of(), Map.of());

    record KnownServer(ToolServerRepository.Row row, ToolServer definition) {}

    static Snapshot of(ToolServerStore.All all) {
        if (all.servers().isEmpty()) {
            return NOTHING;
        }
        var servers = new TreeMap<String, KnownServer>();
        all.servers()
                .forEach(row ->
                        servers.put(row.name(), new KnownServer(row, ToolServerReader.readStored(row.definition()))));
        var tools = all.tools().stream()
                .map(row -> ServerTool.of(row, servers.get(row.server()).definition()))
                .toList();
        var byName = new TreeMap<String, ServerTool>();
        tools.forEach(tool -> byName.put(tool.row().name(), tool));
        return new Snapshot(servers, tools, byName);
    }

    /// Refuses with `not_found`.
    KnownServer server(String name) {
        var server = servers.get(name);
        if (server == null) {
            throw new Problem(
                    ErrorCode.NOT_FOUND,
                    "There is no tool server \"%s\"".formatted(Text.shorten(name, 70)),
                    Suggest.hint(name, servers.keySet()));
        }
        return server;
    }

    Optional<ServerTool> tool(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<ServerTool> of(String server) {
        return tools.stream()
                .filter(tool -> tool.server().name().equals(server))
                .toList();
    }

    /// By its name on the server, or by the one that models know.
    Optional<ServerTool> meant(String entry) {
        var named = tool(entry);
        return named.isPresent()
                ? named
                : ToolName.server(entry)
                        .flatMap(server -> ToolName.remote(entry).flatMap(remote -> of(server).stream()
                                .filter(tool -> tool.row().remote().equals(remote))
                                .findFirst()));
    }

    List<String> on(String server) {
        return of(server).stream()
                .filter(tool -> tool.state() == ToolState.ON)
                .map(tool -> tool.row().name())
                .toList();
    }

    /// Why a wish of somebody who saw the tools cannot be fulfilled, null where it can.
    @Nullable
    String refusal(String server, ToolServers.Wish wish) {
        var tool = of(server).stream()
                .filter(one -> one.row().remote().equals(wish.remote()))
                .findFirst()
                .orElse(null);
        if (tool == null) {
            return "\"%s\" has no tool \"%s\"".formatted(server, Text.shorten(wish.remote(), 80));
        }
        if (wish.hash() == null) {
            return null;
        }
        return switch (tool.state()) {
            case REFUSED, GONE -> "\"%s\" cannot be approved: %s".formatted(wish.remote(), tool.reason());
            case NEW, CHANGED, OFF, ON ->
                tool.row().hash().equals(wish.hash())
                        ? null
                        : "\"%s\" says something else of itself by now".formatted(wish.remote());
        };
    }
}
