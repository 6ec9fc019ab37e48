package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.signins.ComeBack;
import dev.wheelhouse.signins.From;
import dev.wheelhouse.signins.SignIns;
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
    private final SignIns signIns;
    private final SignInToServers places;

    // What others changed is seen here within this time.
    private final Cache<TenantId, Snapshot> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    ToolServers(
            ToolServerStore store, AskServers ask, Credentials credentials, SignIns signIns, SignInToServers places) {
        this.store = store;
        this.ask = ask;
        this.credentials = credentials;
        this.signIns = signIns;
        this.places = places;
    }

    /// A server as people see it.
    ///
    /// @param text its definition as it was written
    /// @param checkedAt when it was last asked what it offers, null for never
    /// @param problem why it could not be asked, null where it could
    /// @param tools how many of its tools are in which state
    /// @param signIn null where it has never wanted anybody to sign in
    public record Shown(
            ToolServer definition,
            String text,
            int version,
            @Nullable Instant checkedAt,
            @Nullable String problem,
            Map<ToolState, Integer> tools,
            SignIns.@Nullable Shown signIn,
            Instant updatedAt) {}

    /// What a person wants of a tool.
    ///
    /// @param remote its name on the server
    /// @param hash of what the person saw and approves; null where it is switched off
    public record Wish(String remote, @Nullable String hash) {}

    /// By name.
    public List<Shown> list(TenantId tenant) {
        var snapshot = fresh(tenant);
        var signedIn = signIns.list(tenant);
        return snapshot.servers().values().stream()
                .map(server -> shown(snapshot, server, signedIn))
                .toList();
    }

    /// Refuses with `not_found`.
    public Shown get(TenantId tenant, String name) {
        var snapshot = fresh(tenant);
        return shown(snapshot, snapshot.server(name), signIns.list(tenant));
    }

    private static Shown shown(Snapshot snapshot, Snapshot.KnownServer server, Map<String, SignIns.Shown> signedIn) {
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
                signedIn.get(row.name()),
                row.updatedAt());
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
        Definitions.checkName(definition.name(), name);
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
        signIns.remove(tenant, name);
        known.invalidate(tenant);
        if (!isGone) {
            throw new Problem(ErrorCode.NOT_FOUND, "There is no tool server \"%s\"".formatted(Text.shorten(name, 70)));
        }
    }

    /// Asks the server what it offers now.
    public Shown refresh(TenantId tenant, String name) throws InterruptedException {
        var server = fresh(tenant).server(name);
        var problem = asked(tenant, server);
        if (problem != null) {
            LOG.info("Tool server {} of {} could not be asked: {}", name, tenant, problem.message());
        }
        return get(tenant, name);
    }

    private @Nullable Problem asked(TenantId tenant, Snapshot.KnownServer server) throws InterruptedException {
        try {
            var offers = ask.offers(speaking(tenant, server));
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

    /// Begins to sign in to a server as a person, who is to open the link.
    public SignIns.Begun signIn(TenantId tenant, String name, SignIns.Wish wish) throws InterruptedException {
        var server = speaking(tenant, fresh(tenant).server(name));
        return signIns.begin(places.place(server), ask.challenge(server), wish);
    }

    /// Takes what a person brings back from the authorization server, and asks the server what it offers.
    public Shown signedIn(ComeBack answer, From from) throws InterruptedException {
        var returned = signIns.returned(answer, from);
        var server = speaking(returned.tenant(), fresh(returned.tenant()).server(returned.server()));
        signIns.finish(places.place(server), returned);
        LOG.info("{} signed in to tool server {} of {}.", returned.by(), returned.server(), returned.tenant());
        return refresh(returned.tenant(), returned.server());
    }

    /// Lets go of the sign-in, and of the authorization server that was agreed to.
    public Shown signOut(TenantId tenant, String name) {
        fresh(tenant).server(name);
        signIns.remove(tenant, name);
        return get(tenant, name);
    }

    private static Speaks.Server speaking(TenantId tenant, Snapshot.KnownServer server) {
        return new Speaks.Server(tenant, server.definition(), server.row().version());
    }

    /// Approves what a person saw, or switches tools off; all of it or nothing of what cannot be.
    ///
    /// @param by who decides
    public Shown decide(TenantId tenant, String name, List<Wish> wishes, String by) {
        var snapshot = fresh(tenant);
        snapshot.server(name);
        var mistakes = new ArrayList<Problem.Mistake>();
        for (int at = 0; at < wishes.size(); at++) {
            var wish = wishes.get(at);
            String why = snapshot.refusal(name, wish);
            if (why != null) {
                mistakes.add(Problem.Mistake.at("/tools/" + at, why, "Read the tools again"));
            }
        }
        if (!mistakes.isEmpty()) {
            throw Problem.of(ErrorCode.CONFLICT, mistakes);
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

    /// Calls a tool of a server if it still is what was approved.
    JsonNode call(TenantId tenant, String name, JsonNode arguments, ToolContext context) throws InterruptedException {
        var snapshot = snapshot(tenant);
        var tool = snapshot.tool(name).orElseThrow(() -> gone(name));
        var server = snapshot.server(tool.server().name());
        if (ask.isStale(speaking(tenant, server))) {
            var problem = asked(tenant, server);
            if (problem != null) {
                throw problem;
            }
            snapshot = snapshot(tenant);
            tool = snapshot.tool(name).orElseThrow(() -> gone(name));
            server = snapshot.server(tool.server().name());
        }
        if (tool.state() != ToolState.ON) {
            throw new Problem(
                    ErrorCode.TOOL_OFF,
                    "\"%s\" is off: %s".formatted(name, tool.reason()),
                    "Do without it, and say that somebody has to approve it on the page Tools");
        }
        return ask.call(speaking(tenant, server), tool, arguments, context);
    }

    private static Problem gone(String name) {
        return new Problem(ErrorCode.TOOL_OFF, "\"%s\" is not there any more".formatted(name), "Do without it");
    }
}
