package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.tools.ToolContext;
import dev.wheelhouse.tools.ToolState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A tenant's tool servers: defined, asked what they offer, approved tool by tool, called.
@Singleton
public final class ToolServers {

    private static final Logger LOG = LoggerFactory.getLogger(ToolServers.class);

    private final ToolServerStore store;
    private final AskServers ask;
    private final Credentials credentials;

    // What others changed is seen here within this time.
    private final Cache<TenantId, Snapshot> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    ToolServers(ToolServerStore store, AskServers ask, Credentials credentials) {
        this.store = store;
        this.ask = ask;
        this.credentials = credentials;
    }

    /// A server as people see it.
    ///
    /// @param text its definition as it was written
    /// @param checkedAt when it was last asked what it offers, null for never
    /// @param problem why it could not be asked, null where it could
    /// @param tools how many of its tools are in which state
    public record Shown(
            ToolServer definition,
            String text,
            int version,
            @Nullable Instant checkedAt,
            @Nullable String problem,
            Map<ToolState, Integer> tools,
            Instant updatedAt) {}

    /// What a person wants of a tool.
    ///
    /// @param remote its name on the server
    /// @param hash of what the person saw and approves; null where it is switched off
    public record Wish(String remote, @Nullable String hash) {}

    /// By name.
    public List<Shown> list(TenantId tenant) {
        var snapshot = fresh(tenant);
        return snapshot.servers().values().stream()
                .map(server -> shown(snapshot, server))
                .toList();
    }

    /// Refuses with `not_found`.
    public Shown get(TenantId tenant, String name) {
        var snapshot = fresh(tenant);
        return shown(snapshot, found(snapshot, name));
    }

    private static Shown shown(Snapshot snapshot, Snapshot.KnownServer server) {
        var counts = new EnumMap<ToolState, Integer>(ToolState.class);
        snapshot.of(server.row().name()).forEach(tool -> counts.merge(tool.state(), 1, Integer::sum));
        var row = server.row();
        return new Shown(
                server.definition(),
                row.definition(),
                row.version(),
                row.checkedAt(),
                row.problem(),
                counts,
                row.updatedAt());
    }

    private static Snapshot.KnownServer found(Snapshot snapshot, String name) {
        var server = snapshot.servers().get(name);
        if (server == null) {
            throw new Problem(
                    ErrorCode.NOT_FOUND,
                    "There is no tool server \"%s\"".formatted(Text.shorten(name, 70)),
                    Suggest.hint(name, snapshot.servers().keySet()));
        }
        return server;
    }

    Snapshot snapshot(TenantId tenant) {
        return known.get(tenant, key -> Snapshot.of(store.all(key)));
    }

    private Snapshot fresh(TenantId tenant) {
        known.invalidate(tenant);
        return snapshot(tenant);
    }

    /// Reads a definition without storing it; refuses it with all its mistakes.
    public ToolServer check(String name, String text) {
        var definition = ToolServerReader.read(text);
        if (!definition.name().equals(name)) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION,
                    "The definition is named \"%s\" but was sent to \"%s\"".formatted(definition.name(), name),
                    "Use the same name in both places",
                    List.of(new Problem.Mistake("/name", 1, 1, "The request names \"%s\"".formatted(name), null)));
        }
        return definition;
    }

    /// Stores the definition and asks the server what it offers. A server that cannot be asked is stored nevertheless,
    /// and says why.
    public Shown put(TenantId tenant, String name, String text, Expected expected) throws InterruptedException {
        check(name, text);
        store.put(tenant, name, Text.storable(text), null, expected);
        return refresh(tenant, name);
    }

    /// Stores the definition of a file whose text is new to it; the server is asked in the background.
    public void load(TenantId tenant, String name, String text) {
        String hash = Hash.of(text);
        var there = store.find(tenant, name);
        if (there.isEmpty() || !hash.equals(there.get().loaded())) {
            check(name, text);
            store.put(tenant, name, Text.storable(text), hash, Expected.ANYTHING);
            Thread.ofVirtual().start(() -> {
                try {
                    refresh(tenant, name);
                } catch (Problem | InterruptedException e) {
                    LOG.warn("Tool server {} of {} was loaded and is gone again.", name, tenant);
                }
            });
        }
        known.invalidate(tenant);
    }

    /// Refuses with `not_found`.
    public void remove(TenantId tenant, String name, Expected expected) {
        boolean isGone = store.remove(tenant, name, expected);
        known.invalidate(tenant);
        if (!isGone) {
            throw new Problem(ErrorCode.NOT_FOUND, "There is no tool server \"%s\"".formatted(Text.shorten(name, 70)));
        }
    }

    /// Asks the server what it offers now.
    public Shown refresh(TenantId tenant, String name) throws InterruptedException {
        var server = found(fresh(tenant), name);
        var problem = asked(tenant, server);
        if (problem != null) {
            LOG.info("Tool server {} of {} could not be asked: {}", name, tenant, problem.message());
        }
        return get(tenant, name);
    }

    private @Nullable Problem asked(TenantId tenant, Snapshot.KnownServer server) throws InterruptedException {
        try {
            var offers = ask.offers(
                    new Speaks.Server(tenant, server.definition(), server.row().version()));
            store.offered(tenant, server.definition(), server.row().version(), offers);
            return null;
        } catch (Problem e) {
            String why = credentials.scrubbed(tenant, e.sentences());
            store.failed(tenant, server.row().name(), server.row().version(), why);
            return new Problem(e.code(), credentials.scrubbed(tenant, e.message()), e.hint());
        } finally {
            known.invalidate(tenant);
        }
    }

    /// Approves what a person saw, or switches tools off; all of it or nothing of what cannot be.
    ///
    /// @param by who decides
    public Shown decide(TenantId tenant, String name, List<Wish> wishes, String by) {
        var snapshot = fresh(tenant);
        found(snapshot, name);
        var mistakes = new ArrayList<Problem.Mistake>();
        for (int at = 0; at < wishes.size(); at++) {
            var wish = wishes.get(at);
            String why = refusal(snapshot, name, wish);
            if (why != null) {
                mistakes.add(Problem.Mistake.at("/tools/" + at, why, "Read the tools again"));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    mistakes.getFirst().message(),
                    mistakes.getFirst().hint(),
                    mistakes);
        }
        for (var wish : wishes) {
            if (wish.hash() == null) {
                store.enable(tenant, name, wish.remote(), false);
            } else {
                store.approve(tenant, name, wish.remote(), wish.hash(), by);
            }
        }
        return get(tenant, name);
    }

    private static @Nullable String refusal(Snapshot snapshot, String server, Wish wish) {
        var tool = snapshot.of(server).stream()
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

    /// Calls a tool of a server if it still is what was approved.
    JsonNode call(TenantId tenant, String name, JsonNode arguments, ToolContext context) throws InterruptedException {
        var snapshot = snapshot(tenant);
        var tool = snapshot.tool(name).orElseThrow(() -> gone(name));
        var server = found(snapshot, tool.server().name());
        if (ask.isStale(
                new Speaks.Server(tenant, server.definition(), server.row().version()))) {
            var problem = asked(tenant, server);
            if (problem != null) {
                throw problem;
            }
            snapshot = snapshot(tenant);
            tool = snapshot.tool(name).orElseThrow(() -> gone(name));
            server = found(snapshot, tool.server().name());
        }
        if (tool.state() != ToolState.ON) {
            throw new Problem(
                    ErrorCode.TOOL_OFF,
                    "\"%s\" is off: %s".formatted(name, tool.reason()),
                    "Do without it, and say that somebody has to approve it on the page Tools");
        }
        return ask.call(
                new Speaks.Server(tenant, server.definition(), server.row().version()), tool, arguments, context);
    }

    private static Problem gone(String name) {
        return new Problem(ErrorCode.TOOL_OFF, "\"%s\" is not there any more".formatted(name), "Do without it");
    }
}
