package dev.wheelhouse.secrets;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/// The keys that wrap the tenants' data keys: 32 bytes in Base64, in the setting or in a file.
///
/// @param masterKey which wraps; without it secrets can neither be stored nor used
/// @param masterKeyFile a file that holds it
/// @param previousMasterKey which wrapped until now: what it wrapped is wrapped anew at the start
/// @param previousMasterKeyFile a file that holds that one
@ConfigurationProperties("secrets")
record SecretsConfig(
        @Nullable String masterKey,
        @Nullable String masterKeyFile,
        @Nullable String previousMasterKey,
        @Nullable String previousMasterKeyFile) {

    @Override
    public String toString() {
        return "secrets [REDACTED]";
    }
}
