package dev.wheelhouse.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is reached without a proxy, in the forms that curl and most others read: `host` and everything below it,
/// `.domain`, `*.domain`, an address, a CIDR block, any of them with `:port`, and `*`. Loopback always is.
record NoProxy(List<String> entries) {

    static NoProxy read(@Nullable String text) {
        return new NoProxy(
                Arrays.stream(String.valueOf(text == null ? "" : text).split("[,\\s]+"))
                        .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                        .filter(entry -> !entry.isEmpty())
                        .toList());
    }

    boolean contains(URI uri) {
        String host = bare(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT));
        int port = uri.getPort() == -1 ? "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80 : uri.getPort();
        var address = literal(host);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || address != null && Addresses.kind(address) == AddressKind.LOOPBACK
                || entries.stream().anyMatch(entry -> fits(entry, host, port, address));
    }

    private static boolean fits(String entry, String host, int port, @Nullable InetAddress address) {
        if (entry.equals("*")) {
            return true;
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (hasPort && !entry.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String place = bare(hasPort ? entry.substring(0, colon) : entry);
        if (place.contains("/")) {
            return address != null && inBlock(place, address);
        }
        String domain =
                place.startsWith("*.") ? place.substring(2) : place.startsWith(".") ? place.substring(1) : place;
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean inBlock(String block, InetAddress address) {
        int slash = block.indexOf('/');
        var start = literal(bare(block.substring(0, slash)));
        if (start == null || !block.substring(slash + 1).matches("\\d{1,3}")) {
            return false;
        }
        byte[] from = start.getAddress();
        byte[] asked = address.getAddress();
        int bits = Integer.parseInt(block.substring(slash + 1));
        for (int bit = 0; bit < bits; bit++) {
            if (from.length != asked.length
                    || bit >= 8 * from.length
                    || ((from[bit / 8] ^ asked[bit / 8]) & 0x80 >> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /// Only what is written as an address: no name is looked up here.
    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
