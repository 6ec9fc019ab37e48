package dev.wheelhouse.wire;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client says it accepts, with its weights: a weight of 0 means "not this" (RFC 9110, 12.4.2).
public final class Accepted {

    private static final Pattern WEIGHT =
            Pattern.compile("\\s*q\\s*=\\s*(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*", Pattern.CASE_INSENSITIVE);

    private Accepted() {}

    /// `gzip` where an answer may be compressed, empty where it may not.
    static String coding(List<String> said) {
        if (said.isEmpty()) {
            return "";
        }
        double any = weight(said, "*", -1);
        double gzip = Math.max(weight(said, "gzip", any), weight(said, "x-gzip", -1));
        double plain = weight(said, "identity", any == 0 ? 0 : 1);
        if (gzip <= 0 && plain == 0) {
            throw new Refused(Fault.ACCEPT_ENCODING);
        }
        boolean prefersPlain = weight(said, "identity", 0) > gzip;
        return gzip > 0 && !prefersPlain ? "gzip" : "";
    }

    /// Whether a media type may be sent: by the most exact range of the header, and if there is no header, always.
    ///
    /// @param accept the header, null without one
    /// @param type in lower case, such as `text/event-stream`
    public static double weight(@Nullable String accept, String type) {
        if (accept == null || accept.isBlank()) {
            return 1;
        }
        var said = List.of(accept);
        double any = weight(said, "*/*", 0);
        return weight(said, type, weight(said, type.substring(0, type.indexOf('/')) + "/*", any));
    }

    /// The weight that a header gives to exactly this type; 0 where it does not name it.
    public static double exact(String accept, String type) {
        return weight(List.of(accept), type, 0);
    }

    private static double weight(List<String> said, String wanted, double otherwise) {
        for (String header : said) {
            for (String one : header.split(",")) {
                String[] parts = one.split(";");
                if (parts.length > 0
                        && parts[0].strip().toLowerCase(Locale.ROOT).equals(wanted)) {
                    return weight(parts);
                }
            }
        }
        return otherwise;
    }

    private static double weight(String[] parts) {
        for (int at = 1; at < parts.length; at++) {
            var weight = WEIGHT.matcher(parts[at]);
            if (weight.matches()) {
                return Double.parseDouble(weight.group(1));
            }
        }
        return 1;
    }
}
