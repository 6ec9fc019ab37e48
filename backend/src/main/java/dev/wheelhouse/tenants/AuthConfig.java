package dev.wheelhouse.tenants;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How callers are told apart.
///
/// @param mode `none` or `keys`
/// @param allowOpen says explicitly that `none` may be used where others can reach the port
/// @param bootstrapKey a key of tenant `default` with every scope, known to the operator from the start
@ConfigurationProperties("auth")
record AuthConfig(
        @Bindable(defaultValue = "none") AuthMode mode,
        @Bindable(defaultValue = "false") boolean allowOpen,
        @Nullable String bootstrapKey) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    /// Refuses to serve everybody who can reach the port as if they were the owner.
    void check(String host) {
        if (mode == AuthMode.NONE && !allowOpen && !LOOPBACK.contains(host)) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "AUTH_MODE is \"none\" and the server listens on \"%s\", where others can reach it".formatted(host),
                    "Set AUTH_MODE=keys, or HOST=127.0.0.1, or AUTH_ALLOW_OPEN=true if this is meant");
        }
    }

    @Override
    public String toString() {
        return "auth " + mode.word();
    }
}
