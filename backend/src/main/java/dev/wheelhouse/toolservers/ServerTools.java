package dev.wheelhouse.toolservers;

import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.tools.ForeignTools;
import dev.wheelhouse.tools.Tool;
import dev.wheelhouse.tools.ToolState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tools of a tenant's servers, for agents.
@Singleton
final class ServerTools implements ForeignTools {

    private final ToolServers servers;

    ServerTools(ToolServers servers) {
        this.servers = servers;
    }

    @Override
    public boolean isForeign(String name) {
        return name.contains(".") || name.contains(ToolName.BETWEEN);
    }

    @Override
    public List<Tool> list(TenantId tenant) {
        return servers.snapshot(tenant).tools().stream()
                .<Tool>map(tool -> new RemoteTool(servers, tenant, tool))
                .toList();
    }

    @Override
    public Optional<Tool> find(TenantId tenant, String name) {
        return servers.snapshot(tenant).tool(name).map(tool -> new RemoteTool(servers, tenant, tool));
    }

    @Override
    public List<String> meant(TenantId tenant, String entry) {
        var known = servers.snapshot(tenant);
        if (entry.endsWith(".*")) {
            return known.on(entry.substring(0, entry.length() - 2));
        }
        return List.of(known.meant(entry).map(tool -> tool.row().name()).orElse(entry));
    }

    @Override
    public @Nullable Mistake mistake(TenantId tenant, String entry) {
        var known = servers.snapshot(tenant);
        String server = ToolName.server(entry).orElse(entry);
        if (!known.servers().containsKey(server)) {
            return new Mistake(
                    "There is no tool server \"%s\", which \"%s\" names"
                            .formatted(Text.shorten(server, 60), Text.shorten(entry, 80)),
                    known.servers().isEmpty()
                            ? "Add one on the page Tools first"
                            : Suggest.hint(server, known.servers().keySet()),
                    false);
        }
        if (entry.endsWith(".*")) {
            return null;
        }
        var tool = known.meant(entry).orElse(null);
        if (tool == null) {
            boolean isUnasked = known.of(server).isEmpty();
            return new Mistake(
                    "\"%s\" offers no tool \"%s\""
                            .formatted(
                                    server, Text.shorten(ToolName.remote(entry).orElse(entry), 80)),
                    isUnasked
                            ? "It has not listed any tools yet: the page Tools says why"
                            : Suggest.hint(entry, names(known, server)),
                    !isUnasked);
        }
        return tool.state() == ToolState.ON
                ? null
                : new Mistake(
                        "\"%s\" is off: %s".formatted(Text.shorten(entry, 80), tool.reason()),
                        tool.state() == ToolState.REFUSED || tool.state() == ToolState.GONE
                                ? "Leave it out, or use another tool"
                                : "Approve it on the page Tools first",
                        false);
    }

    private static List<String> names(Snapshot known, String server) {
        return known.of(server).stream()
                .map(tool -> server + "." + tool.row().remote())
                .toList();
    }
}
