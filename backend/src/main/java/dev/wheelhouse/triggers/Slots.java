package dev.wheelhouse.triggers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which slots of a schedule fire now, and which comes next.
///
/// @param fire the oldest first
/// @param passed how many do not fire
/// @param next null where there is none any more
record Slots(List<Instant> fire, int passed, @Nullable Instant next) {

    /// A slot that could not be fired within this time is a missed one.
    static final Duration IN_TIME = Duration.ofMinutes(1);

    private static final Duration LATELY = Duration.ofDays(2);

    /// So many missed ones fire at most, the newest.
    static final int MOST = 1_000;

    /// @param due the first slot that nobody has taken
    static Slots of(Schedule schedule, Instant due, Instant now) {
        var missed = new ArrayList<Instant>();
        var inTime = new ArrayList<Instant>();
        @Nullable Instant slot = begin(schedule, due, now);
        int dropped = 0;
        while (slot != null && !slot.isAfter(now)) {
            (slot.plus(IN_TIME).isBefore(now) ? missed : inTime).add(slot);
            if (missed.size() > MOST) {
                missed.removeFirst();
                dropped++;
            }
            slot = schedule.next(slot).orElse(null);
        }
        var fire = new ArrayList<Instant>();
        switch (schedule.missed()) {
            case SKIP -> {}
            case ONCE -> {
                if (!missed.isEmpty() && inTime.isEmpty()) {
                    fire.add(missed.getLast());
                }
            }
            case ALL -> fire.addAll(missed);
        }
        int passed = dropped + missed.size() - fire.size();
        fire.addAll(inTime);
        return new Slots(fire, passed, slot);
    }

    /// Where a schedule of seconds comes back after months, only its newest slots are counted.
    private static Instant begin(Schedule schedule, Instant due, Instant now) {
        var lately = now.minus(LATELY);
        if (!due.isBefore(lately)) {
            return due;
        }
        var recent = schedule.next(lately, MOST + 1);
        return recent.size() > MOST && recent.getLast().isBefore(now.minus(IN_TIME)) ? recent.getFirst() : due;
    }
}
