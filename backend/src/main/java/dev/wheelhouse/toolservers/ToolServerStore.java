package dev.wheelhouse.toolservers;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tool servers and their tools in Postgres.
@Singleton
final class ToolServerStore {

    private static final int MOST = 100;

    private final Database database;
    private final ToolServerRepository servers;
    private final ServerToolRepository tools;

    ToolServerStore(Database database, ToolServerRepository servers, ServerToolRepository tools) {
        this.database = database;
        this.servers = servers;
        this.tools = tools;
    }

    /// Everything of a tenant.
    record All(List<ToolServerRepository.Row> servers, List<ServerToolRepository.Row> tools) {}

    All all(TenantId tenant) {
        return database.as(tenant, () -> {
            var rows = servers.listOrderByName();
            return new All(rows, rows.isEmpty() ? List.of() : tools.listOrderByName());
        });
    }

    Optional<ToolServerRepository.Row> find(TenantId tenant, String name) {
        return database.as(tenant, () -> servers.findByName(name));
    }

    /// @param loaded a hash of the file that it comes from, null where a person sent it
    void put(TenantId tenant, String name, String text, @Nullable String loaded, Expected expected) {
        database.as(tenant, () -> {
            var there = servers.lock(name);
            expected.check(called(name), there.map(String::valueOf).orElse(null));
            if (there.isEmpty() && servers.count() >= MOST) {
                throw new Problem(
                        ErrorCode.BAD_REQUEST, "There are %d tool servers".formatted(MOST), "Remove one of them first");
            }
            servers.put(name, text, loaded);
            return true;
        });
    }

    boolean remove(TenantId tenant, String name, Expected expected) {
        return database.as(tenant, () -> {
            expected.check(called(name), servers.lock(name).map(String::valueOf).orElse(null));
            return servers.deleteByName(name) == 1;
        });
    }

    private static String called(String name) {
        return "Tool server \"%s\"".formatted(name);
    }

    /// What a server offers now. Nothing where its definition has changed meanwhile.
    void offered(TenantId tenant, ToolServer server, int version, List<Offered> offers) {
        String present = Json.write(
                offers.stream().map(offer -> Text.storable(offer.remote())).toList());
        database.as(tenant, () -> {
            servers.lock(server.name());
            if (servers.checked(server.name(), version, null) == 1) {
                for (var offer : offers) {
                    String name = ToolName.of(server.name(), offer.remote());
                    tools.offer(
                            server.name(),
                            Text.storable(offer.remote()),
                            name,
                            Text.storable(offer.json()),
                            offer.hash(),
                            offer.refused());
                }
                tools.forget(server.name(), present);
                tools.gone(server.name(), present);
                if (server.newToolsAreOn()) {
                    tools.approveNew(server.name(), "newTools: on");
                }
            }
            return true;
        });
    }

    void failed(TenantId tenant, String name, int version, String problem) {
        database.as(tenant, () -> servers.checked(name, version, Text.storable(Text.shorten(problem, 1_000))));
    }

    /// False where the tool says something else by now, or is not there.
    boolean approve(TenantId tenant, String server, String remote, String hash, String by) {
        return database.as(tenant, () -> tools.approve(server, remote, hash, by) == 1);
    }

    boolean enable(TenantId tenant, String server, String remote, boolean enabled) {
        return database.as(tenant, () -> tools.enable(server, remote, enabled) == 1);
    }
}
