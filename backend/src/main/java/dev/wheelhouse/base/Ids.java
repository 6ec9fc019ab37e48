package dev.wheelhouse.base;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes UUIDs of version 7: sorted by time, so that indexes grow at their end.
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /// A new id; within this process each is greater than the one before.
    public static UUID next() {
        long ticks = LAST.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() << 12));
        long high = (ticks >>> 12) << 16 | 0x7000L | (ticks & 0xFFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /// Below every id that was made in this time.
    public static UUID before(Duration time) {
        long millis = System.currentTimeMillis() - time.toMillis();
        return new UUID(millis << 16 | 0x7000L, 0x8000_0000_0000_0000L);
    }

    /// Parses an id from a path or query; anything but the canonical form is reported as not found, like a missing row.
    public static UUID parse(String what, String text) {
        try {
            var id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException notAnId) {
            // handled below, together with text that only resembles an id
        }
        throw new Problem(ErrorCode.NOT_FOUND, "There is no %s \"%s\"".formatted(what, Text.shorten(text, 60)));
    }
}
