package dev.wheelhouse.frames;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long a server wants to be left alone, in the ways that servers say it.
final class RetryAfter {

    private static final Pattern SPAN = Pattern.compile(
            "(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+(?:\\.\\d+)?)ms)?");
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:try again|retry|wait)\\D{0,40}?((?:\\d+(?:\\.\\d+)?(?:ms|[dhms])(?![a-z]))+|\\d+(?:\\.\\d+)?) ?(ms|milliseconds?|s|seconds?|m|minutes?|hours?)?\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Duration LONGEST = Duration.ofDays(30);

    /// Of what is left of a limit and when it begins anew. The first that is used up tells.
    private static final List<String> LIMITS = List.of(
            "x-ratelimit-%s-requests",
            "x-ratelimit-%s-tokens",
            "x-ratelimit-%s",
            "ratelimit-%s",
            "anthropic-ratelimit-requests-%s",
            "anthropic-ratelimit-tokens-%s",
            "anthropic-ratelimit-input-tokens-%s",
            "anthropic-ratelimit-output-tokens-%s");

    /// A number of seconds that is larger is a time since 1970, and one that is larger still counts milliseconds.
    private static final double YEARS = 1e9;

    private static final double YEARS_OF_MILLIS = 1e12;

    private RetryAfter() {}

    /// Null where no header says so.
    static @Nullable Duration of(HttpHeaders headers) {
        return first(headers, "retry-after-ms", text -> amount(text, 1))
                .or(() -> first(headers, "x-ms-retry-after-ms", text -> amount(text, 1)))
                .or(() -> first(headers, "retry-after", text -> pause(text, headers)))
                .or(() -> first(headers, "x-retry-after", text -> pause(text, headers)))
                .or(() -> LIMITS.stream()
                        .flatMap(limit -> exhausted(headers, limit).stream())
                        .findFirst())
                .orElse(null);
    }

    /// Null where the sentence names no time, such as `Please try again in 1.5s`.
    static @Nullable Duration of(String sentence) {
        var found = SENTENCE.matcher(sentence);
        if (!found.find()) {
            return null;
        }
        String amount = found.group(1);
        if (Character.isLetter(amount.charAt(amount.length() - 1))) {
            return span(amount);
        }
        String unit = found.group(2) == null ? "s" : found.group(2).toLowerCase(java.util.Locale.ROOT);
        int millis = unit.startsWith("ms") || unit.startsWith("milli")
                ? 1
                : unit.startsWith("m") ? 60_000 : unit.startsWith("h") ? 3_600_000 : 1000;
        return amount(amount, millis);
    }

    /// Such as `32s`, `1m20s` or `120ms`; null for anything else.
    static @Nullable Duration span(String text) {
        var span = SPAN.matcher(text.strip());
        if (text.isBlank() || !span.matches()) {
            return null;
        }
        double seconds = number(span.group(1)) * 86_400
                + number(span.group(2)) * 3_600
                + number(span.group(3)) * 60
                + number(span.group(4))
                + number(span.group(5)) / 1000;
        return bounded(seconds * 1000);
    }

    private static Optional<Duration> exhausted(HttpHeaders headers, String limit) {
        boolean isOut = headers.firstValue(limit.formatted("remaining"))
                .filter("0"::equals)
                .isPresent();
        return isOut ? first(headers, limit.formatted("reset"), text -> reset(text, headers)) : Optional.empty();
    }

    private static @Nullable Duration reset(String text, HttpHeaders headers) {
        Duration span = span(text);
        if (span != null) {
            return span;
        }
        Instant until = since1970(text);
        return until == null ? pause(text, headers) : until(until, headers);
    }

    private static @Nullable Instant since1970(String text) {
        try {
            double number = Double.parseDouble(text.strip());
            return number < YEARS || number > YEARS * YEARS
                    ? null
                    : Instant.ofEpochMilli(Math.round(number < YEARS_OF_MILLIS ? number * 1000 : number));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static Optional<Duration> first(
            HttpHeaders headers, String name, Function<String, @Nullable Duration> read) {
        return headers.firstValue(name).map(read);
    }

    /// Seconds, a span or an HTTP date, which is measured against the server's own clock where it tells it.
    private static @Nullable Duration pause(String text, HttpHeaders headers) {
        Duration seconds = amount(text, 1000);
        if (seconds != null) {
            return seconds;
        }
        Instant until = date(text);
        if (until == null) {
            return span(text);
        }
        return until(until, headers);
    }

    private static Duration until(Instant until, HttpHeaders headers) {
        Instant now = headers.firstValue("date").map(RetryAfter::date).orElseGet(Instant::now);
        return bounded(Duration.between(now, until).toMillis());
    }

    private static @Nullable Instant date(String text) {
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException unreadable) {
            return instant(text);
        }
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static @Nullable Duration amount(String text, int millis) {
        try {
            double number = Double.parseDouble(text.strip());
            return Double.isNaN(number) ? null : bounded(number * millis);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static Duration bounded(double millis) {
        return Duration.ofMillis(Math.round(Math.clamp(millis, 0, LONGEST.toMillis())));
    }

    private static double number(@Nullable String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }
}
