package dev.wheelhouse.tenants;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who may ask: tenants, keys and sessions of the console.
public interface Tenants {

    /// A key as it is stored; the secret itself is not. `prefix` is what people recognise it by.
    record Key(
            UUID id,
            String name,
            String prefix,
            Set<Scope> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /// A fresh key with its secret, which nobody sees again.
    record NewKey(Key key, String secret) {}

    /// A signed-in console: `cookie` goes into the cookie, `csrfToken` into the header of unsafe requests.
    record Session(Caller caller, String cookie, String csrfToken) {}

    /// `none` or `keys`.
    AuthMode mode();

    /// Who sends this key; refuses with `unauthenticated` (the same for unknown, expired and revoked keys).
    Caller byKey(String secret);

    /// Signs the console in. Sessions end after 12 h, and with their key.
    Session signIn(String secret);

    /// Refuses with `unauthenticated`.
    Session bySession(String cookie);

    void signOut(String cookie);

    /// Makes a tenant if it is not there; for operators and tests, not reachable by HTTP.
    void create(TenantId tenant);

    /// `lifetime` null: does not expire.
    NewKey createKey(TenantId tenant, String name, Set<Scope> scopes, @Nullable Duration lifetime);

    List<Key> keys(TenantId tenant);

    /// `not_found` if the tenant has no such key.
    void revokeKey(TenantId tenant, UUID key);
}
