package dev.wheelhouse.tenants;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who may ask: tenants, keys and sessions of the console.
@Singleton
public final class Tenants {

    private static final Duration SESSION = Duration.ofHours(12);
    private static final Set<Scope> EVERYTHING = Set.copyOf(EnumSet.allOf(Scope.class));
    private static final Caller EVERYBODY = new Caller(TenantId.DEFAULT, "everybody", EVERYTHING, null);

    /// A key as it is stored; the secret itself is not. `prefix` is what people recognise it by.
    public record Key(
            UUID id,
            String name,
            String prefix,
            Set<Scope> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /// A fresh key with its secret, which nobody sees again.
    public record NewKey(Key key, String secret) {}

    /// A signed-in console: `cookie` goes into the cookie, `csrfToken` into the header of unsafe requests.
    public record Session(Caller caller, String cookie, String csrfToken) {}

    private final TenantStore store;
    private final AuthConfig config;

    // A revoked key is refused at once on this replica and within these 5 s on the others.
    private final Cache<String, Caller> callers = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .build();

    Tenants(TenantStore store, AuthConfig config) {
        this.store = store;
        this.config = config;
    }

    /// Makes what must be there before the first request: the default tenant and the operator's key.
    public void prepare() {
        create(TenantId.DEFAULT);
        var secret = bootstrap();
        if (secret != null) {
            store.addKey(TenantId.DEFAULT, Ids.next(), "bootstrap", secret, EVERYTHING, null);
        }
    }

    private @Nullable Secrets bootstrap() {
        String key = config.bootstrapKey();
        if (key == null || key.isBlank()) {
            return null;
        }
        try {
            var secret = Secrets.read(key);
            if (secret.tenant().equals(TenantId.DEFAULT)) {
                return secret;
            }
        } catch (Problem notAKey) {
            // said below, without repeating the secret
        }
        throw new Problem(
                ErrorCode.NOT_READY,
                "AUTH_BOOTSTRAP_KEY is not a key of tenant \"default\"",
                "Use wh_default_ followed by at least 32 letters and digits");
    }

    /// Refuses a set-up in which everybody who reaches the port would own everything, and a key that is none.
    public void checkSettings(String host) {
        config.check(host);
        bootstrap();
    }

    public AuthMode mode() {
        return config.mode();
    }

    /// The caller where nobody needs to say who they are.
    public Caller everybody() {
        return EVERYBODY;
    }

    /// Who sends this key; refuses with `unauthenticated` (the same for unknown, expired and revoked keys).
    public Caller byKey(String secret) {
        return callers.get(secret, text -> caller(Secrets.read(text)));
    }

    private Caller caller(Secrets secret) {
        var key = store.useKey(secret.tenant(), secret.hash()).orElseThrow(Secrets::unknown);
        return new Caller(secret.tenant(), key.name(), key.scopes(), key.id());
    }

    /// Signs the console in. Sessions end after 12 h, and with their key.
    public Session signIn(String secret) {
        var read = Secrets.read(secret);
        var key = store.useKey(read.tenant(), read.hash()).orElseThrow(Secrets::unknown);
        var cookie = Secrets.fresh(read.tenant());
        String csrfToken = Secrets.fresh(read.tenant()).text().substring(("wh_" + read.tenant() + "_").length());
        store.addSession(read.tenant(), cookie.hash(), key.id(), csrfToken, SESSION.toMillis());
        return new Session(new Caller(read.tenant(), key.name(), key.scopes(), key.id()), cookie.text(), csrfToken);
    }

    /// Refuses with `unauthenticated`.
    public Session bySession(String cookie) {
        var read = Secrets.read(cookie);
        var found = store.session(read.tenant(), read.hash()).orElseThrow(Secrets::unknown);
        var caller = new Caller(
                read.tenant(),
                found.key().name(),
                found.key().scopes(),
                found.key().id());
        return new Session(caller, cookie, found.csrfToken());
    }

    public void signOut(String cookie) {
        var read = Secrets.read(cookie);
        store.removeSession(read.tenant(), read.hash());
    }

    /// Makes a tenant if it is not there; for operators and tests, not reachable by HTTP.
    public void create(TenantId tenant) {
        store.create(tenant);
    }

    /// `lifetime` null: does not expire.
    public NewKey createKey(TenantId tenant, String name, Set<Scope> scopes, @Nullable Duration lifetime) {
        var secret = Secrets.fresh(tenant);
        var id = Ids.next();
        store.addKey(tenant, id, name, secret, scopes, lifetime == null ? null : lifetime.toMillis());
        return new NewKey(store.key(tenant, id).orElseThrow(), secret.text());
    }

    public List<Key> keys(TenantId tenant) {
        return store.keys(tenant);
    }

    /// `not_found` if the tenant has no such key.
    public void revokeKey(TenantId tenant, UUID key) {
        if (!store.removeKey(tenant, key)) {
            throw new Problem(ErrorCode.NOT_FOUND, "There is no key \"%s\"".formatted(key));
        }
        callers.invalidateAll();
    }
}
