package dev.wheelhouse.signins;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Why a server did not take what it was sent (RFC 6750, RFC 9728).
///
/// @param status 401 or 403
/// @param error such as `invalid_token` or `insufficient_scope`, empty where it does not say
/// @param scopes that it wants, empty where it does not say
/// @param metadata where it says who may let us in, empty where it does not say
public record Challenge(int status, String error, List<String> scopes, String metadata) {

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z_]{1,40})\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,2000})\"|([^\\s,\"]{1,2000}))");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
    private static final int MOST_SCOPES = 100;

    /// @param header `WWW-Authenticate`, which may hold several challenges; empty without one
    public static Challenge read(int status, String header) {
        int start = header.toLowerCase(Locale.ROOT).indexOf("bearer");
        var said = new HashMap<String, String>();
        PARAMETER.matcher(header.substring(Math.max(0, start))).results().forEach(found -> {
            String value =
                    found.group(2) == null ? found.group(3) : found.group(2).replaceAll("\\\\(.)", "$1");
            said.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), value);
        });
        return new Challenge(status, text(said, "error"), scopes(text(said, "scope")), text(said, "resource_metadata"));
    }

    private static String text(Map<String, String> said, String name) {
        return said.getOrDefault(name, "");
    }

    static List<String> scopes(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(scope -> SCOPE.matcher(scope).matches())
                .distinct()
                .limit(MOST_SCOPES)
                .toList();
    }

    static List<String> union(List<String> some, List<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /// Whether what was sent is good, but not for this.
    boolean wantsMore() {
        return status == 403 && error.equals("insufficient_scope");
    }
}
