package dev.wheelhouse.definitions;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times and sizes as people write them: `90s`, `64KB`.
final class Amounts {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d)");

    private Amounts() {}

    /// Null where the text is no time.
    static @Nullable Duration time(String text) {
        var form = TIME.matcher(text.strip());
        if (!form.matches()) {
            return null;
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /// In bytes; one KB is 1,000 of them. -1 where the text is no size.
    static long size(String text) {
        var form = SIZE.matcher(text.strip());
        if (!form.matches()) {
            return -1;
        }
        long unit = List.of("B", "KB", "MB", "GB").indexOf(form.group(2).toUpperCase(Locale.ROOT));
        return Long.parseLong(form.group(1)) * (long) Math.pow(1_000, unit);
    }
}
