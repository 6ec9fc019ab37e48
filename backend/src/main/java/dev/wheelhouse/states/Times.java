package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times as people and expressions write them.
public final class Times {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d)");

    private Times() {}

    /// Of `2026-12-24T18:00:00Z` or with another offset; null where it is no time.
    public static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// Of `90s`, `10m`, `2h` or `1d`, or of seconds; null where it is neither.
    public static @Nullable Duration duration(JsonNode value) {
        if (value.isNumber()) {
            double seconds = value.doubleValue();
            return seconds >= 0 && seconds <= 1e9 ? Duration.ofMillis((long) (seconds * 1_000)) : null;
        }
        var form = TIME.matcher(value.asText().strip());
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
}
