package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Hosts;
import dev.wheelhouse.outbound.Reach;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// The server that somebody signs in to.
///
/// @param server its name among the tenant's tool servers
/// @param url where it is
/// @param privateHosts hosts that may be off the public internet, and may do without TLS
public record Place(TenantId tenant, String server, String url, List<String> privateHosts, Wanted wanted) {

    /// What tokens are sealed together with.
    List<String> sealed() {
        return List.of("sign-in", server, url);
    }

    /// Refuses an address that tokens and secrets may not travel to.
    URI checked(String what, String address) {
        URI uri = Reach.uri(address);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!"https".equalsIgnoreCase(uri.getScheme())
                && privateHosts.stream().noneMatch(pattern -> Hosts.fits(pattern, host))) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The %s \"%s\" of \"%s\" is without TLS".formatted(what, Text.shorten(address, 200), server),
                    "Ask its owner for an address that begins with https://");
        }
        return uri;
    }

    /// One host and what it redirects to on itself.
    Reach reach(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean mayBePrivate = privateHosts.stream().anyMatch(pattern -> Hosts.fits(pattern, host));
        return new Reach(List.of(host), mayBePrivate, 3, false);
    }
}
