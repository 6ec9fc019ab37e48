package dev.wheelhouse.outbound;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Host names as they are compared: lower case and in the letters of the domain name system.
public final class Hosts {

    private Hosts() {}

    /// Null where the text cannot name a host. An international name becomes its `xn--` form, a dot at the end is
    /// dropped.
    static @Nullable String plain(String host) {
        try {
            String name = IDN.toASCII(host.strip(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            return bare.isEmpty() || bare.startsWith(".") || bare.endsWith(".") ? null : bare;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Whether the address is one of such a host.
    public static boolean fits(String pattern, URI uri) {
        return uri.getHost() != null && fits(pattern, uri.getHost().toLowerCase(Locale.ROOT));
    }

    /// `*.example.org` fits every host below example.org, not example.org itself.
    public static boolean fits(String pattern, String host) {
        boolean below = pattern.startsWith("*.");
        String wanted = plain(below ? pattern.substring(2) : pattern);
        return wanted != null && (below ? host.endsWith("." + wanted) : host.equals(wanted));
    }
}
