package dev.wheelhouse.tenants;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks: the tenant whose data may be seen, a name for the log, and what the key allows.
///
/// @param key the id of the key; null where everybody may ask and nobody says who they are
/// @param trace the `traceparent` that came with the request, or null
public record Caller(
        TenantId tenant,
        String name,
        Set<Scope> scopes,
        @Nullable UUID key,
        @Nullable String trace) {

    public Caller(TenantId tenant, String name, Set<Scope> scopes, @Nullable UUID key) {
        this(tenant, name, scopes, key, null);
    }

    /// The same, asking as part of a trace.
    public Caller within(@Nullable String traceparent) {
        return new Caller(tenant, name, scopes, key, traceparent);
    }

    /// Refuses with `forbidden` what the key does not allow.
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "This key (\"%s\") can't %s: it lacks the scope \"%s\""
                            .formatted(name, scope.allows(), scope.word()),
                    "Use a key that has this scope, or ask an admin for one");
        }
    }
}
