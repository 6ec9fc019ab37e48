package dev.wheelhouse.signins;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.util.List;

/// Who lets clients in to a resource (RFC 8414, OpenID Connect Discovery).
///
/// @param issuer its name, compared letter by letter
/// @param registrationEndpoint where a client makes itself known, empty where none can
/// @param proofs by which a client shows who it is, as the registry names them; empty where it does not say
/// @param takesDocuments whether a client's id may be the address of a document about it
/// @param namesItself whether its answers always carry its issuer (RFC 9207)
record AuthorizationServer(
        String issuer,
        String authorizationEndpoint,
        String tokenEndpoint,
        String registrationEndpoint,
        List<String> scopes,
        List<String> proofs,
        List<String> challengeMethods,
        boolean takesDocuments,
        boolean namesItself) {

    /// Refuses one that names another issuer than the one that was asked for: its tokens would be mixed up.
    static AuthorizationServer read(String issuer, JsonNode json) {
        String named = json.path("issuer").asText();
        if (!named.equals(issuer)) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The authorization server \"%s\" calls itself \"%s\""
                            .formatted(Text.shorten(issuer, 200), Text.shorten(named, 200)),
                    "Both have to be the same, letter by letter: ask the owner of the server to mend one of them");
        }
        return new AuthorizationServer(
                issuer,
                json.path("authorization_endpoint").asText(),
                json.path("token_endpoint").asText(),
                json.path("registration_endpoint").asText(),
                Resource.texts(json.path("scopes_supported")),
                Resource.texts(json.path("token_endpoint_auth_methods_supported")),
                Resource.texts(json.path("code_challenge_methods_supported")),
                json.path("client_id_metadata_document_supported").asBoolean(),
                json.path("authorization_response_iss_parameter_supported").asBoolean());
    }

    /// Refuses one at which a stolen code could be used.
    void checkForPeople() {
        if (!challengeMethods.contains("S256")) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The authorization server \"%s\" does not say that it checks PKCE with S256".formatted(issuer),
                    "Ask its owner to turn that on, or use a token: docs/tools.md");
        }
        if (authorizationEndpoint.isEmpty()) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The authorization server \"%s\" has no page where people sign in".formatted(issuer),
                    "Use grant: client_credentials in the definition");
        }
    }
}
