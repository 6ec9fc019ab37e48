package dev.wheelhouse.triggers;

import dev.wheelhouse.cron.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Times by the clock of a place.
///
/// @param text as it was written
/// @param jitter by how much a slot is put off at most, the same for a slot on every replica
public record Schedule(String text, Cron cron, ZoneId zone, Missed missed, Overlap overlap, Duration jitter)
        implements Source {

    /// What becomes of slots that nobody could fire in time.
    public enum Missed {
        SKIP,
        /// The last of them fires.
        ONCE,
        ALL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What becomes of a slot while the run before it has not ended.
    public enum Overlap {
        SKIP,
        QUEUE,
        ALLOW;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Optional<Instant> next(Instant after) {
        return cron.next(after, zone);
    }

    /// The next times, the first of them first.
    List<Instant> next(Instant after, int count) {
        var times = new ArrayList<Instant>();
        var time = next(after);
        while (time.isPresent() && times.size() < count) {
            times.add(time.get());
            time = next(time.get());
        }
        return times;
    }

    /// Whether it has the same times, so that its next slot stays.
    boolean hasTimesOf(Schedule other) {
        return text.equals(other.text) && zone.equals(other.zone);
    }

    /// When the slot may be started.
    Instant due(String trigger, Instant slot) {
        long most = jitter.toMillis();
        long wait = most == 0 ? 0 : Math.floorMod((trigger + slot).hashCode() * 0x9E3779B97F4A7C15L >>> 16, most);
        return slot.plusMillis(wait);
    }
}
