package dev.wheelhouse.signins;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a server says of itself to whoever wants a token for it (RFC 9728).
///
/// @param name as it is sent to its authorization server, letter by letter
/// @param issuers of the tokens that it takes
/// @param scopes that it knows, empty where it does not say
record Resource(String name, List<String> issuers, List<String> scopes) {

    private static final int MOST = 20;

    /// Refuses one that speaks for another server: whoever signs in there would hand the token on.
    static Resource read(Place place, JsonNode json) {
        String name = json.path("resource").asText();
        if (!covers(name, place.url())) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" says that it is \"%s\", so a token for it would be one for somebody else"
                            .formatted(place.url(), Text.shorten(name, 200)),
                    "Ask its owner to mend its protected resource metadata, or check the address in the definition");
        }
        return new Resource(
                name,
                texts(json.path("authorization_servers")),
                Challenge.scopes(String.join(" ", texts(json.path("scopes_supported")))));
    }

    /// The same place, or one above it.
    private static boolean covers(String resource, String url) {
        try {
            URI wide = URI.create(resource);
            URI own = URI.create(url);
            String above = wide.getPath() == null ? "" : wide.getPath().replaceAll("/+$", "");
            String path = own.getPath() == null ? "" : own.getPath();
            return origin(wide).equals(origin(own))
                    && wide.getFragment() == null
                    && (path.replaceAll("/+$", "").equals(above) || path.startsWith(above + "/"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("http") ? 80 : 443;
        String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + port;
    }

    static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        for (var one : list) {
            if (one.isTextual() && texts.size() < MOST * 5) {
                texts.add(one.asText());
            }
        }
        return texts;
    }
}
