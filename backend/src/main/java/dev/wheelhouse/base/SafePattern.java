package dev.wheelhouse.base;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.regex.MatchResult;

/// Regular expressions of others: they take a time that grows with the text alone, and a memory that is bounded.
final class SafePattern {

    private static final int LONGEST = 1_000;

    // What the pattern is once each {n} is written out; every one of them is a place in the compiled pattern.
    private static final long MOST_PLACES = 5_000;

    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

    private SafePattern() {}

    /// Throws PatternSyntaxException for what is no pattern, is too large, or looks ahead or back.
    static Pattern of(String written) {
        if (written.length() > LONGEST || places(written) > MOST_PLACES) {
            throw new PatternSyntaxException(
                    "it is too large", "use at most %,d characters and smaller counts".formatted(LONGEST));
        }
        return Pattern.compile(written.replaceAll("\\\\u([0-9a-fA-F]{4})", "\\\\x{$1}"));
    }

    private static long places(String written) {
        var sums = new ArrayDeque<Long>();
        long sum = 0;
        long last = 0;
        for (int at = 0; at < written.length(); at++) {
            switch (written.charAt(at)) {
                case '(' -> {
                    sums.push(sum);
                    sum = 0;
                    last = 0;
                }
                case ')' -> {
                    last = sum + 1;
                    sum = (sums.isEmpty() ? 0 : sums.pop()) + last;
                }
                case '{' -> {
                    long times = times(written, at);
                    sum = Math.min(sum + last * (times - 1), Integer.MAX_VALUE);
                    last = Math.min(last * times, Integer.MAX_VALUE);
                }
                case '\\' -> {
                    at++;
                    sum++;
                    last = 1;
                }
                default -> {
                    sum++;
                    last = 1;
                }
            }
        }
        return sum + sums.stream().mapToLong(Long::longValue).sum();
    }

    /// How often a count that begins here repeats what is before it, at most.
    private static long times(String written, int at) {
        var count = COUNT.matcher(written).region(at, written.length());
        if (!count.lookingAt()) {
            return 1;
        }
        MatchResult found = count.toMatchResult();
        String most = found.group(2) == null || found.group(2).isEmpty() ? found.group(1) : found.group(2);
        return most.length() > 6 ? Integer.MAX_VALUE : Math.max(1, Long.parseLong(most));
    }
}
