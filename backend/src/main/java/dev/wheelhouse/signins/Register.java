package dev.wheelhouse.signins;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Makes the platform known to an authorization server: as the definition says, by the address of a document about it,
/// or by registering (RFC 7591), in this order.
record Register(Fetch fetch) {

    /// Where people are sent back to, and where the document about this client is.
    ///
    /// @param document null where servers out there cannot read it
    record Addresses(String redirect, @Nullable String document) {}

    /// @param before the one of the last sign-in, null without one
    Client client(Place place, AuthorizationServer server, Addresses own, @Nullable Client before) {
        var wanted = place.wanted();
        if (wanted.clientId() != null) {
            boolean hasSecret = wanted.clientSecret() != null;
            var proof = wanted.privateKey() != null ? Client.Proof.KEY : Client.Proof.of(server, "", hasSecret);
            return new Client(server.issuer(), own.redirect(), wanted.clientId(), wanted.clientSecret(), proof, true);
        }
        if (server.takesDocuments() && own.document() != null) {
            return new Client(server.issuer(), own.redirect(), own.document(), null, Client.Proof.NONE, false);
        }
        boolean isKnown = before != null
                && !before.defined()
                && before.issuer().equals(server.issuer())
                && before.redirect().equals(own.redirect())
                && !before.id().equals(own.document());
        return isKnown ? before : registered(place, server, own);
    }

    private Client registered(Place place, AuthorizationServer server, Addresses own) {
        if (server.registrationEndpoint().isEmpty()) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The authorization server \"%s\" registers no clients by itself".formatted(server.issuer()),
                    "Register the platform there with the redirect address %s, then write signIn.clientId into the definition"
                            .formatted(own.redirect()));
        }
        var proof = Client.Proof.wanted(server);
        var answer = fetch.post(
                place,
                place.checked("registration endpoint", server.registrationEndpoint()),
                about(own.redirect(), proof));
        String id = answer.text("client_id");
        if (!answer.isGood() || id.isEmpty()) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The authorization server \"%s\" did not register the platform: it answered %d %s"
                            .formatted(
                                    server.issuer(),
                                    answer.status(),
                                    Text.shorten(
                                            (answer.text("error") + " " + answer.text("error_description")).strip(),
                                            200)),
                    "Register it there by hand, and write signIn.clientId into the definition");
        }
        String secret = answer.text("client_secret");
        return new Client(
                server.issuer(),
                own.redirect(),
                id,
                secret.isEmpty() ? null : secret,
                Client.Proof.of(server, answer.text("token_endpoint_auth_method"), !secret.isEmpty()),
                false);
    }

    /// What is said about this client, in a registration and in its document.
    static ObjectNode about(String redirect, Client.Proof proof) {
        var about = Json.mapper().createObjectNode().put("client_name", "Wheelhouse");
        about.putArray("redirect_uris").add(redirect);
        about.putArray("grant_types").add("authorization_code").add("refresh_token");
        about.putArray("response_types").add("code");
        boolean isHere = "http".equalsIgnoreCase(URI.create(redirect).getScheme());
        return about.put("token_endpoint_auth_method", proof.word()).put("application_type", isHere ? "native" : "web");
    }
}
