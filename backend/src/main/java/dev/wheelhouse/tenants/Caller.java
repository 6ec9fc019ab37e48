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
public record Caller(
        TenantId tenant,
        String name,
        Set<Scope> scopes,
        @Nullable UUID key) {

    /// Refuses with `forbidden` what the key does not allow.
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "\"%s\" may not do this: it lacks the scope \"%s\"".formatted(name, scope.word()),
                    "Make a key with this scope, or ask somebody who has one");
        }
    }
}
