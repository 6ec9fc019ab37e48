package dev.wheelhouse.base;

import java.time.Instant;

/// An instant as text, such as `2026-11-30T05:39:51.502Z`: what `Instant.toString` says of its milliseconds.
///
/// Every event carries two or three of them, and most of one moment share their second. So the last second's text is
/// kept, and only the milliseconds are written.
public final class Timestamp {

    private record Second(long number, String text) {}

    private static volatile Second last = second(0);

    private Timestamp() {}

    public static String of(Instant at) {
        var text = new StringBuilder(24);
        write(at, text);
        return text.toString();
    }

    /// The same, added to what is there.
    public static void write(Instant at, StringBuilder to) {
        write(at, to, false);
    }

    /// With three digits of milliseconds also where they are 0, such as `2026-11-30T05:39:51.000Z`.
    public static void writeMillis(Instant at, StringBuilder to) {
        write(at, to, true);
    }

    private static void write(Instant at, StringBuilder to, boolean always) {
        var second = last;
        if (second.number != at.getEpochSecond()) {
            second = second(at.getEpochSecond());
            last = second;
        }
        to.append(second.text);
        int millis = at.getNano() / 1_000_000;
        if (always || millis > 0) {
            to.append(millis < 10 ? ".00" : millis < 100 ? ".0" : ".").append(millis);
        }
        to.append('Z');
    }

    private static Second second(long number) {
        String text = Instant.ofEpochSecond(number).toString();
        return new Second(number, text.substring(0, text.length() - 1));
    }
}
