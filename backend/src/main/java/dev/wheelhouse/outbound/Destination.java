package dev.wheelhouse.outbound;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where something may be sent: a scheme, a host or all hosts below a domain, and one port. Written
/// `api.example.org`, `*.example.org:8443` or, without encryption, `http://localhost:8080`.
///
/// @param host in lower case and `xn--` form; `*.` before it means every host below it
public record Destination(String scheme, String host, int port) {

    private static final Pattern FORM = Pattern.compile(
            "(?:(https?)://)?((?:\\*\\.)?[^\\s/?#@:\\[\\]*\\\\%]+|\\[[0-9a-fA-F:.]+])(?::(\\d{1,5}))?/?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");

    /// Empty where the text is none. Without a scheme it is `https`, without a port the scheme's own.
    public static Optional<Destination> parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        String scheme = form.group(1) == null ? "https" : form.group(1).toLowerCase(Locale.ROOT);
        int port = form.group(3) == null ? usualPort(scheme) : Integer.parseInt(form.group(3));
        return port < 1 || port > 65_535
                ? Optional.empty()
                : host(form.group(2)).map(host -> new Destination(scheme, host, port));
    }

    private static Optional<String> host(String text) {
        if (text.startsWith("[")) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        boolean below = text.startsWith("*.");
        String name = Hosts.plain(below ? text.substring(2) : text);
        // All hosts below a top-level domain belong to everybody.
        boolean isWide = below && name != null && name.indexOf('.') < 0;
        return name == null
                        || isWide
                        || name.contains("..")
                        || !NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(below ? "*." + name : name);
    }

    /// A host with a dot at its end is another one here: it is spelled otherwise than what was bound.
    public boolean contains(URI uri) {
        if (uri.getHost() == null || !scheme.equalsIgnoreCase(uri.getScheme())) {
            return false;
        }
        int asked = uri.getPort() == -1 ? usualPort(scheme) : uri.getPort();
        return asked == port && Hosts.fits(host, uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static int usualPort(String scheme) {
        return scheme.equals("http") ? 80 : 443;
    }

    @Override
    public String toString() {
        String place = port == usualPort(scheme) ? host : host + ":" + port;
        return scheme.equals("https") ? place : scheme + "://" + place;
    }
}
