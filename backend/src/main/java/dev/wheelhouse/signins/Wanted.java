package dev.wheelhouse.signins;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a tool server's definition says of signing in to it.
///
/// @param issuer the only authorization server that may be used; null for the one that the server names
/// @param clientId as which the platform was registered there by hand; null where it registers itself
/// @param clientSecret with that id; may name a secret
/// @param privateKey in place of a secret: PKCS 8 as PEM, or its Base64 in one line; may name a secret
/// @param scopes in place of those that the server asks for; empty for those
public record Wanted(
        Grant grant,
        @Nullable String issuer,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String privateKey,
        List<String> scopes) {

    /// Where a definition says nothing.
    public static final Wanted NOTHING = new Wanted(Grant.AUTHORIZATION_CODE, null, null, null, null, List.of());

    /// Whose consent a token stands for.
    public enum Grant {
        /// A person's, who is sent to the authorization server.
        AUTHORIZATION_CODE,
        /// Nobody's: the platform has an account of its own.
        CLIENT_CREDENTIALS
    }
}
