package dev.wheelhouse.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how long somebody wants the demo model to wait or to take.
final class DemoTimes {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final Duration USUALLY_SLOW = Duration.ofSeconds(5);
    private static final String LENGTH =
            "(\\d{1,6}(?:\\.\\d+)?)\\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)?\\b";

    private static final Pattern WAIT = Pattern.compile("\\bwait\\s+(?:for\\s+)?" + LENGTH, FLAGS);
    private static final Pattern ODD_UNIT = Pattern.compile(
            "\\b(?:wait|slow(?:ly)?)\\s+(?:for\\s+)?\\d{1,6}(?:\\.\\d+)?\\s*+"
                    + "(?!(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|and|then|or|before|after|until|please|at)\\b)"
                    + "([a-z]{1,40})\\b",
            FLAGS);
    private static final Pattern SLOW = Pattern.compile("\\bslow(?:ly)?\\b(?:\\s+for\\s+" + LENGTH + ")?", FLAGS);

    private DemoTimes() {}

    /// How long to wait, null where nobody asks for it.
    static @Nullable Duration wait(String request) {
        Matcher wait = WAIT.matcher(request);
        return wait.find() ? length(wait) : null;
    }

    /// How long to take for an answer, null where nobody asks for it.
    static @Nullable Duration slow(String request) {
        Matcher slow = SLOW.matcher(request);
        if (!slow.find()) {
            return null;
        }
        return slow.group(1) == null ? USUALLY_SLOW : length(slow);
    }

    /// The word behind a time that is no unit of time, or null.
    static @Nullable String oddUnit(String request) {
        Matcher odd = ODD_UNIT.matcher(request);
        return odd.find() ? odd.group(1) : null;
    }

    private static Duration length(Matcher matcher) {
        double amount = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2).toLowerCase(Locale.ROOT);
        double millis = unit.startsWith("ms") || unit.startsWith("milli")
                ? 1
                : unit.startsWith("m") ? 60_000 : unit.startsWith("h") ? 3_600_000 : 1000;
        return Duration.ofMillis(Math.round(amount * millis));
    }
}
