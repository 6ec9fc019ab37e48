package dev.wheelhouse.tenants;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may ask: tenants, keys and sessions of the console.
@Singleton
public final class Tenants {

    private static final Duration SESSION = Duration.ofHours(12);
    private static final Set<Scope> EVERYTHING = Set.copyOf(EnumSet.allOf(Scope.class));
    private static final Caller EVERYBODY = new Caller(TenantId.DEFAULT, "everybody", EVERYTHING, null);

    /// A key as it is stored; the secret itself is not. `prefix` is what people recognise it by.
    @MappedEntity("keys")
    public record Key(
            @io.micronaut.data.annotation.TenantId String tenant,
            @Id UUID id,
            String name,
            String prefix,

            @MappedProperty(type = DataType.STRING_ARRAY, converter = ScopesColumn.class)
            Set<Scope> scopes,

            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /// A fresh key with its secret, which nobody sees again.
    public record NewKey(Key key, String secret) {}

    /// A signed-in console: `cookie` goes into the cookie, `csrfToken` into the header of unsafe requests.
    public record Session(Caller caller, String cookie, String csrfToken) {}

    private final Database database;
    private final KeyRepository keys;
    private final SessionRepository sessions;
    private final AuthConfig config;

    // A revoked key, and a session that was signed out, is refused at once on this replica and within 5 s on the
    // others.
    private final Cache<String, Caller> callers = shortLived();
    private final Cache<String, Session> signedIn = shortLived();

    private static <T> Cache<String, T> shortLived() {
        return Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofSeconds(5))
                .build();
    }

    Tenants(Database database, KeyRepository keys, SessionRepository sessions, AuthConfig config) {
        this.database = database;
        this.keys = keys;
        this.sessions = sessions;
        this.config = config;
    }

    /// Makes what must be there before the first request: the default tenant and the operator's key.
    public void prepare() {
        create(TenantId.DEFAULT);
        var secret = bootstrap();
        if (secret != null) {
            database.as(
                    TenantId.DEFAULT,
                    () -> keys.add(Ids.next(), "bootstrap", secret.prefix(), secret.hash(), EVERYTHING, null));
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
        return caller(secret.tenant(), use(secret));
    }

    private Key use(Secrets secret) {
        var found = database.as(secret.tenant(), () -> {
            var key = keys.findLiving(secret.hash());
            key.ifPresent(used -> keys.noteUse(used.id()));
            return key;
        });
        return found.orElseThrow(Secrets::unknown);
    }

    /// Signs the console in. Sessions end after 12 h, and with their key.
    public Session signIn(String secret) {
        var read = Secrets.read(secret);
        var key = use(read);
        var cookie = Secrets.fresh(read.tenant());
        String csrfToken = Secrets.fresh(read.tenant()).text().substring(("wh_" + read.tenant() + "_").length());
        database.as(read.tenant(), () -> sessions.add(cookie.hash(), key.id(), csrfToken, SESSION.toMillis()));
        return new Session(caller(read.tenant(), key), cookie.text(), csrfToken);
    }

    /// Refuses with `unauthenticated`.
    public Session bySession(String cookie) {
        return signedIn.get(cookie, text -> session(Secrets.read(text), text));
    }

    private Session session(Secrets read, String cookie) {
        var living = database.as(read.tenant(), () -> sessions.findLiving(read.hash()))
                .orElseThrow(Secrets::unknown);
        var scopes = living.scopes().stream().map(Scope::of).collect(Collectors.toUnmodifiableSet());
        var caller = new Caller(read.tenant(), living.name(), scopes, living.key());
        return new Session(caller, cookie, living.csrfToken());
    }

    private static Caller caller(TenantId tenant, Key key) {
        return new Caller(tenant, key.name(), key.scopes(), key.id());
    }

    public void signOut(String cookie) {
        var read = Secrets.read(cookie);
        database.as(read.tenant(), () -> sessions.deleteByHash(read.hash()));
        signedIn.invalidate(cookie);
    }

    /// Makes a tenant if it is not there; for operators and tests, not reachable by HTTP.
    public void create(TenantId tenant) {
        database.as(tenant, keys::addTenant);
    }

    /// `lifetime` null: does not expire.
    public NewKey createKey(TenantId tenant, String name, Set<Scope> scopes, @Nullable Duration lifetime) {
        var secret = Secrets.fresh(tenant);
        var id = Ids.next();
        var key = database.as(tenant, () -> {
            keys.add(id, name, secret.prefix(), secret.hash(), scopes, lifetime == null ? null : lifetime.toMillis());
            return keys.findById(id).orElseThrow();
        });
        return new NewKey(key, secret.text());
    }

    public List<Key> keys(TenantId tenant) {
        return database.as(tenant, keys::listOrderById);
    }

    /// `not_found` if the tenant has no such key.
    public void revokeKey(TenantId tenant, UUID key) {
        if (database.as(tenant, () -> keys.deleteById(key)) == 0) {
            throw new Problem(ErrorCode.NOT_FOUND, "There is no key \"%s\"".formatted(key));
        }
        callers.invalidateAll();
        signedIn.invalidateAll();
    }
}
