package dev.wheelhouse.signins;

import org.jspecify.annotations.Nullable;

/// Who the platform is to one authorization server.
///
/// @param issuer the only one that knows this id
/// @param redirect where that server sends people back to, empty where it sends nobody
/// @param secret null without one
/// @param defined whether id and secret are the definition's, which may name secrets
record Client(
        String issuer, String redirect, String id, @Nullable String secret, Proof proof, boolean defined) {

    /// How a client shows at the token endpoint who it is.
    enum Proof {
        NONE("none"),
        BASIC("client_secret_basic"),
        POST("client_secret_post"),
        KEY("private_key_jwt");

        private final String word;

        Proof(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /// What the server told this client, else the best that it can do with what the client has.
        static Proof of(AuthorizationServer server, String told, boolean hasSecret) {
            for (var proof : values()) {
                if (proof.word.equals(told) && (hasSecret || proof == NONE)) {
                    return proof;
                }
            }
            if (!hasSecret) {
                return NONE;
            }
            boolean takesBasic = server.proofs().isEmpty() || server.proofs().contains(BASIC.word);
            return !takesBasic && server.proofs().contains(POST.word) ? POST : BASIC;
        }

        /// What to register for, where the server has a choice.
        static Proof wanted(AuthorizationServer server) {
            for (var proof : new Proof[] {BASIC, POST, NONE}) {
                if (server.proofs().contains(proof.word)) {
                    return proof;
                }
            }
            return server.proofs().isEmpty() ? BASIC : NONE;
        }
    }
}
