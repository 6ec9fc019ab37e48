package dev.wheelhouse.outbound;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads addresses as people write them and as servers send them, the way a browser does (url.spec.whatwg.org): spaces
/// and letters beyond ASCII are encoded, international host names get their `xn--` form, a part behind `#` is dropped.
/// Where a browser guesses which host is meant, this refuses.
final class WebAddress {

    private static final Pattern WEB =
            Pattern.compile("(https?)://([^/?#]*)([^#]*)(#.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern PLACE =
            Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]*]|[^:\\[\\]]*)(?::(.*))?", Pattern.DOTALL);
    private static final Pattern NO_HOST = Pattern.compile("[\\x00-\\x20\\x7F\"%<>\\\\^`{|}]");

    /// IDNA 2008 keeps these letters, Java's older tables replace them: the host would be another one.
    private static final Pattern DEVIATING = Pattern.compile("[\u00DF\u1E9E\u03C2]");

    /// Nobody sees these, and whether they count depends on their neighbours.
    private static final Pattern JOINERS = Pattern.compile("[\u200C\u200D]");

    /// All the dots of the world's scripts.
    private static final Pattern DOTS = Pattern.compile("[.\u3002\uFF0E\uFF61]");

    private static final String KEPT = "-._~!$&'()*+,;=:@/";
    private static final int MOST_PORT = 65_535;

    private WebAddress() {}

    /// Refuses what is not an address of the web, and says which part of it is wrong.
    static URI read(String text) {
        var parts = WEB.matcher(text.strip());
        if (!parts.matches()) {
            throw refused(text, "it does not begin with http:// or https://", "Write the whole address");
        }
        var place = PLACE.matcher(parts.group(2));
        if (parts.group(2).contains("@")) {
            throw refused(text, "it contains a user name", "Leave out what stands before the @");
        }
        if (!place.matches() || place.group(1).isEmpty()) {
            throw refused(text, "it has no host", "Write it as https://host/path");
        }
        String port = port(text, place.group(2));
        String rest = parts.group(3).replaceAll("[\\t\\n\\r]", "");
        int query = rest.indexOf('?');
        String path = straight(
                encoded(rest.substring(0, query < 0 ? rest.length() : query).replace('\\', '/'), ""));
        String asked = query < 0 ? "" : "?" + encoded(rest.substring(query + 1), "?[]");
        return made(
                text,
                parts.group(1).toLowerCase(Locale.ROOT) + "://" + host(text, place.group(1)) + port,
                path + asked);
    }

    /// Without the steps `.` and `..`, encoded ones included; beginning with a slash.
    private static String straight(String path) {
        var steps = new ArrayList<String>();
        String[] written = path.replaceFirst("^/", "").split("/", -1);
        for (int at = 0; at < written.length; at++) {
            String step = written[at].replaceAll("(?i)%2e", ".");
            boolean isUp = step.equals("..");
            if (isUp && !steps.isEmpty()) {
                steps.removeLast();
            }
            if (!isUp && !step.equals(".")) {
                steps.add(written[at]);
            } else if (at == written.length - 1) {
                steps.add("");
            }
        }
        return "/" + String.join("/", steps);
    }

    private static URI made(String text, String origin, String rest) {
        try {
            var uri = URI.create(origin + rest);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw refused(text, "its host name has letters that no host name has", "Check the spelling");
    }

    private static String port(String text, @Nullable String port) {
        if (port == null || port.isEmpty()) {
            return "";
        }
        boolean isNumber = port.matches("\\d{1,10}");
        if (!isNumber || Long.parseLong(port) < 1 || Long.parseLong(port) > MOST_PORT) {
            throw refused(
                    text,
                    "there is no port \"%s\"".formatted(Text.shorten(port, 20)),
                    "Use a port from 1 to 65535, or leave it out");
        }
        return ":" + Integer.parseInt(port);
    }

    private static String host(String text, String host) {
        if (host.startsWith("[")) {
            return host;
        }
        if (NO_HOST.matcher(host).find()) {
            throw refused(text, "its host name has letters that no host name has", "Check the spelling");
        }
        if (JOINERS.matcher(host).find()) {
            throw refused(text, "its host name can be read in two ways", "Write the host in its xn-- form");
        }
        boolean isPlain = host.chars().allMatch(one -> one < 0x80);
        try {
            return isPlain ? host : international(host);
        } catch (IllegalArgumentException e) {
            throw refused(text, "its host name is not a name of the internet", "Check the spelling");
        }
    }

    private static String international(String host) {
        if (!DEVIATING.matcher(host).find()) {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        }
        return Stream.of(DOTS.split(host, -1))
                .map(label -> DEVIATING.matcher(label).find()
                        ? Punycode.label(label)
                        : IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("."));
    }

    /// What is encoded already stays so; a lone `%` stands for itself.
    private static String encoded(String part, String more) {
        var out = new StringBuilder(part.length());
        for (byte one : part.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xFF);
            boolean isLetter = letter < 0x80 && Character.isLetterOrDigit(letter);
            if (isLetter || letter == '%' || (KEPT + more).indexOf(letter) >= 0) {
                out.append(letter);
            } else {
                out.append("%%%02X".formatted((int) letter));
            }
        }
        return out.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }

    /// Where a redirect leads that a page sends.
    static URI follow(URI from, String location) {
        var ends = Pattern.compile("[?#]").matcher(location);
        int end = ends.find() ? ends.start() : location.length();
        String to = (location.substring(0, end).replace('\\', '/') + location.substring(end)).strip();
        if (SCHEME.matcher(to).matches()) {
            return read(to);
        }
        String origin = from.getScheme() + "://" + from.getRawAuthority();
        String path = from.getRawPath() == null || from.getRawPath().isEmpty() ? "/" : from.getRawPath();
        String query = from.getRawQuery() == null ? "" : "?" + from.getRawQuery();
        if (to.isEmpty() || to.startsWith("#")) {
            return read(origin + path + query);
        }
        if (to.startsWith("?")) {
            return read(origin + path + to);
        }
        if (to.startsWith("//")) {
            return read(from.getScheme() + ":" + to);
        }
        return read(origin + (to.startsWith("/") ? "" : path.substring(0, path.lastIndexOf('/') + 1)) + to);
    }

    private static Problem refused(String text, String why, String hint) {
        return new Problem(
                ErrorCode.INVALID_ARGUMENTS,
                "\"%s\" cannot be fetched: %s".formatted(Text.shorten(text, 200), why),
                hint);
    }
}
