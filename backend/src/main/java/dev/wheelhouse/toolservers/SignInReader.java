package dev.wheelhouse.toolservers;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.signins.Wanted;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a definition says of signing in to its server.
final class SignInReader {

    private static final Set<String> KEYS =
            Set.of("grant", "issuer", "clientId", "clientSecret", "privateKey", "scopes");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
    private static final String BY_PERSON = "authorization_code";
    private static final String BY_ITSELF = "client_credentials";

    private SignInReader() {}

    /// @param mcp the fields of the server
    static Wanted read(Fields mcp) {
        if (!mcp.has("signIn")) {
            return Wanted.NOTHING;
        }
        var fields = mcp.inside("signIn", KEYS);
        boolean isByItself =
                fields.choice("grant", BY_PERSON, List.of(BY_PERSON, BY_ITSELF)).equals(BY_ITSELF);
        String id = textOrNull(fields, "clientId", 2_000);
        String secret = textOrNull(fields, "clientSecret", 2_000);
        String key = textOrNull(fields, "privateKey", 10_000);
        if (id == null && (isByItself || secret != null || key != null)) {
            fields.mistake(
                    "clientId",
                    isByItself ? "\"clientId\" is missing, which client_credentials needs" : "\"clientId\" is missing",
                    "Write the id under which the platform was registered");
        }
        if (isByItself && secret == null && key == null) {
            fields.mistake(
                    "clientSecret",
                    "It needs \"clientSecret\" or \"privateKey\" to show who it is",
                    "Write `clientSecret: secret://…`");
        }
        if (secret != null && key != null) {
            fields.mistake("privateKey", "It cannot have both \"clientSecret\" and \"privateKey\"", "Keep one of them");
        }
        return new Wanted(
                isByItself ? Wanted.Grant.CLIENT_CREDENTIALS : Wanted.Grant.AUTHORIZATION_CODE,
                issuer(fields),
                id,
                secret,
                key,
                scopes(fields));
    }

    private static @Nullable String textOrNull(Fields fields, String key, int longest) {
        String text = fields.text(key, "", longest);
        return text.isBlank() ? null : text;
    }

    /// As it is written: an issuer is compared letter by letter.
    private static @Nullable String issuer(Fields fields) {
        String issuer = textOrNull(fields, "issuer", 2_000);
        if (issuer != null) {
            try {
                Reach.uri(issuer);
            } catch (Problem e) {
                fields.mistake("issuer", e.message(), e.hint());
            }
        }
        return issuer;
    }

    private static List<String> scopes(Fields fields) {
        var scopes = fields.texts("scopes", 50);
        for (int at = 0; at < scopes.size(); at++) {
            if (!SCOPE.matcher(scopes.get(at)).matches()) {
                fields.mistakeAt(
                        "scopes",
                        at,
                        "\"%s\" is not a scope".formatted(Text.shorten(scopes.get(at), 80)),
                        "Write each as one word, such as files:read");
            }
        }
        return scopes;
    }
}
