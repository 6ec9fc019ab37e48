package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person's consent that is being asked for: what has to be remembered until the answer comes back.
///
/// @param verifier which shows that whoever brings the code is who asked (RFC 7636)
/// @param mustNameIssuer whether an answer without issuer is nobody's (RFC 9207)
record Consent(
        Client client,
        String tokenEndpoint,
        String resource,
        List<String> scopes,
        String verifier,
        boolean mustNameIssuer) {

    private static final String OFFLINE = "offline_access";
    private static final SecureRandom RANDOM = new SecureRandom();

    /// @param wanted to which the one is added that makes a sign-in last, where the server knows it
    static Consent ask(Discovery.Found found, Client client, List<String> wanted) {
        found.server().checkForPeople();
        boolean mayLast = found.server().scopes().contains(OFFLINE);
        var scopes = mayLast ? Challenge.union(wanted, List.of(OFFLINE)) : wanted;
        return new Consent(
                client,
                found.server().tokenEndpoint(),
                found.resource().name(),
                scopes,
                random(),
                found.server().namesItself());
    }

    /// 256 bits in the letters of addresses.
    static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Where the person is sent.
    String link(Place place, AuthorizationServer server, String state) {
        var uri = place.checked("sign-in page", server.authorizationEndpoint());
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", client.id());
        query.put("redirect_uri", client.redirect());
        query.put("state", state);
        query.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(Hash.bytes(verifier)));
        query.put("code_challenge_method", "S256");
        query.put("resource", resource);
        if (!scopes.isEmpty()) {
            query.put("scope", String.join(" ", scopes));
        }
        return uri + (uri.getRawQuery() == null ? "?" : "&") + Fetch.encoded(query);
    }

    /// Refuses what another server sent, whatever it says: by simple comparison, as RFC 9207 has it.
    void checkIssuer(@Nullable String issuer) {
        boolean isOurs = issuer == null ? !mustNameIssuer : issuer.equals(client.issuer());
        if (!isOurs) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    issuer == null
                            ? "The answer does not say that it comes from \"%s\"".formatted(client.issuer())
                            : "The answer comes from \"%s\", not from \"%s\""
                                    .formatted(Text.shorten(issuer, 200), client.issuer()),
                    "Somebody may be mixing up authorization servers. Sign in again; if it stays so, tell the owner of the server");
        }
    }

    String written() {
        return Json.write(this);
    }

    AskTokens.Asked asked(Place place) {
        return new AskTokens.Asked(place, tokenEndpoint, client, resource);
    }
}
