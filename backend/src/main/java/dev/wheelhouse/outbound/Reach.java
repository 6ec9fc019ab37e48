package dev.wheelhouse.outbound;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a request may go.
///
/// @param hosts those that may be asked, by [Hosts#fits]; null means any
/// @param privateAddresses whether names may lead off the public internet
/// @param redirects how many are followed; each is checked as the first address was
/// @param isOperators whether the operator chose the address, and neither a tenant nor a model
public record Reach(@Nullable List<String> hosts, boolean privateAddresses, int redirects, boolean isOperators) {

    private static final int MOST_REDIRECTS = 5;

    /// What a tenant or a model chose: these hosts only.
    public static Reach listed(List<String> hosts, boolean privateAddresses) {
        return new Reach(List.copyOf(hosts), privateAddresses, MOST_REDIRECTS, false);
    }

    /// What a tenant chose: one host, off the public internet only where the operator lists it. No redirect
    /// is followed.
    ///
    /// @param privateHosts those that may be there, by [Hosts#fits]
    public static Reach to(URI address, List<String> privateHosts) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        boolean mayBePrivate = privateHosts.stream().anyMatch(pattern -> Hosts.fits(pattern, host));
        return new Reach(null, mayBePrivate, 0, false);
    }

    /// What a tenant chose, wherever it is on the public internet. No redirect is followed.
    public static Reach anywherePublic() {
        return new Reach(null, false, 0, false);
    }

    URI check(String url) {
        var uri = uri(url);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (hosts != null && hosts.stream().noneMatch(pattern -> Hosts.fits(pattern, host))) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "\"%s\" is not on the list of hosts that may be reached here".formatted(host),
                    hosts.isEmpty() ? "The list is empty" : "The list: " + String.join(", ", hosts));
        }
        return uri;
    }

    /// Refuses what is not an address of the web.
    public static URI uri(String url) {
        return WebAddress.read(url);
    }
}
