package dev.wheelhouse.crawl;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a server lets robots fetch, by RFC 9309.
public final class Robots {

    /// As servers may name it, and as requests say it.
    public static final String NAME = "Wheelhouse";

    /// Bytes of a robots.txt that are read.
    public static final int LARGEST = 512 * 1024;

    private final List<Line> lines;

    private Robots(List<Line> lines) {
        this.lines = lines;
    }

    private record Line(boolean allows, String path) {

        boolean fits(String asked) {
            boolean isWhole = path.endsWith("$");
            var pattern = new StringBuilder();
            for (String part : (isWhole ? path.substring(0, path.length() - 1) : path).split("\\*", -1)) {
                pattern.append(pattern.isEmpty() ? "" : ".*?").append(Pattern.quote(part));
            }
            var matcher = Pattern.compile(pattern.toString()).matcher(asked);
            return isWhole ? matcher.matches() : matcher.lookingAt();
        }
    }

    /// What came in answer to the request for it.
    ///
    /// @param status of HTTP; 4xx lets in everything, 5xx nothing
    public static Robots read(int status, byte[] body) {
        if (status >= 500) {
            return new Robots(List.of(new Line(false, "/")));
        }
        return new Robots(status == 200 ? ours(new String(body, StandardCharsets.UTF_8)) : List.of());
    }

    /// The lines for us by name; those for all where there are none.
    private static List<Line> ours(String text) {
        var named = new ArrayList<Line>();
        var forAll = new ArrayList<Line>();
        boolean isNamed = false;
        boolean isForUs = false;
        boolean isForAll = false;
        boolean isInNames = false;
        for (String raw : text.split("\\R")) {
            String line = raw.replaceFirst("#.*", "").strip();
            int colon = line.indexOf(':');
            String field = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            if (field.equals("user-agent")) {
                isForUs = isInNames && isForUs || value.toLowerCase(Locale.ROOT).startsWith("wheelhouse");
                isForAll = isInNames && isForAll || value.equals("*");
                isNamed |= isForUs;
                isInNames = true;
            } else if (field.equals("allow") || field.equals("disallow")) {
                isInNames = false;
                if (!value.isEmpty()) {
                    var rule = new Line(field.equals("allow"), value);
                    (isForUs ? named : isForAll ? forAll : new ArrayList<Line>()).add(rule);
                }
            }
        }
        return isNamed ? named : forAll;
    }

    /// The longest line that fits counts; of two as long, the one that allows.
    public boolean allows(String url) {
        var uri = URI.create(url);
        String path = (uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        int longest = -1;
        boolean allows = true;
        for (var line : lines) {
            int length = line.path.length();
            if (length >= longest && line.fits(path)) {
                allows = line.allows || length == longest && allows;
                longest = length;
            }
        }
        return allows;
    }
}
