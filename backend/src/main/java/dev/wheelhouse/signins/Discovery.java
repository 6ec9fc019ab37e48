package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out who lets clients in to a server, in the order that MCP's specification gives.
record Discovery(Fetch fetch) {

    private static final String RESOURCE = "/.well-known/oauth-protected-resource";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    /// @param scopes to ask for: those of the definition, of the challenge, or all that the resource knows
    record Found(Resource resource, AuthorizationServer server, List<String> scopes) {}

    /// Null where neither the server nor its origin says anything: it knows no OAuth.
    @Nullable
    Found find(Place place, Challenge challenge) {
        var said = resource(place, challenge);
        if (said != null) {
            return new Found(said, server(place, issuer(place, said)), scopes(place, said, challenge));
        }
        // As in MCP's first revisions, the server is its own authorization server.
        String origin = Resource.origin(URI.create(place.url()));
        var itself = new Resource(place.url(), List.of(origin), List.of());
        var answer = first(place, "authorization server", List.of(origin + OAUTH, origin + OPENID));
        return answer == null
                ? null
                : new Found(itself, AuthorizationServer.read(origin, answer.json()), scopes(place, itself, challenge));
    }

    private static List<String> scopes(Place place, Resource resource, Challenge challenge) {
        if (!place.wanted().scopes().isEmpty()) {
            return place.wanted().scopes();
        }
        return challenge.scopes().isEmpty() ? resource.scopes() : challenge.scopes();
    }

    private @Nullable Resource resource(Place place, Challenge challenge) {
        URI own = URI.create(place.url());
        String origin = Resource.origin(own);
        String path = own.getRawPath() == null ? "" : own.getRawPath().replaceAll("/+$", "");
        var addresses = new ArrayList<String>();
        if (!challenge.metadata().isEmpty()) {
            addresses.add(challenge.metadata());
        }
        addresses.add(origin + RESOURCE + path);
        addresses.add(origin + RESOURCE);
        var answer =
                first(place, "metadata address", addresses.stream().distinct().toList());
        return answer == null ? null : Resource.read(place, answer.json());
    }

    private static String issuer(Place place, Resource resource) {
        String only = place.wanted().issuer();
        if (resource.issuers().isEmpty()) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" does not say which authorization server lets clients in".formatted(place.url()),
                    "Use a token in a header of the definition, or ask the owner of the server");
        }
        if (only != null && !resource.issuers().contains(only)) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" takes tokens of %s, not of \"%s\""
                            .formatted(
                                    place.url(),
                                    Text.shorten(String.join(", ", resource.issuers()), 300),
                                    Text.shorten(only, 200)),
                    "Correct signIn.issuer in the definition if that is right");
        }
        return only != null ? only : resource.issuers().getFirst();
    }

    private AuthorizationServer server(Place place, String issuer) {
        URI uri = place.checked("authorization server", issuer);
        String origin = Resource.origin(uri);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        var addresses = path.isEmpty()
                ? List.of(origin + OAUTH, origin + OPENID)
                : List.of(origin + OAUTH + path, origin + OPENID + path, origin + path + OPENID);
        var answer = first(place, "authorization server", addresses);
        if (answer == null) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The authorization server \"%s\" of \"%s\" does not describe itself"
                            .formatted(Text.shorten(issuer, 200), place.server()),
                    "Tried: " + String.join(", ", addresses));
        }
        return AuthorizationServer.read(issuer, answer.json());
    }

    /// Null where there is nothing at any of these addresses.
    private Fetch.@Nullable Answer first(Place place, String what, List<String> addresses) {
        for (String address : addresses) {
            var answer = fetch.get(place, place.checked(what, address));
            if (answer.isGood()) {
                return answer;
            }
        }
        return null;
    }
}
