package dev.wheelhouse.base;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a trace, as `traceparent` of W3C Trace Context says it: the trace, the span that whatever happens now
/// belongs to, and whether the caller keeps it.
///
/// @param trace 32 hexadecimal digits
/// @param span 16 hexadecimal digits
public record Trace(String trace, String span, boolean sampled) {

    /// The header's name.
    public static final String HEADER = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final ThreadLocal<@Nullable Trace> NOW = new ThreadLocal<>();

    /// Null for what is not a `traceparent`: whoever sends none, or a broken one, begins a trace here.
    public static @Nullable Trace read(@Nullable String header) {
        var said = FORM.matcher(header == null ? "" : header.strip());
        if (!said.matches() || said.group(1).equals("00") && said.group(5) != null) {
            return null;
        }
        return new Trace(said.group(2), said.group(3), (Integer.parseInt(said.group(4), 16) & 1) == 1);
    }

    public String header() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }

    /// 16 hexadecimal digits. Every step of a run asks for some: a format string would cost more than the rest.
    public static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    /// Where this thread is, for whatever goes out from it; null outside of any step.
    public static @Nullable Trace now() {
        return NOW.get();
    }

    /// Does the work there.
    public static <T extends @Nullable Object> T during(Trace place, Supplier<T> work) {
        var before = NOW.get();
        NOW.set(place);
        try {
            return work.get();
        } finally {
            NOW.set(before);
        }
    }
}
