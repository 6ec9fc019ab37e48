package dev.wheelhouse.runs;

import dev.wheelhouse.clock.Clock;
import java.time.Instant;

/// The database's time as last heard, carried on by the steady clock: never ahead of the database.
final class DatabaseTime {

    private final Clock clock;
    private Instant heard;
    private long heardNanos;

    DatabaseTime(Clock clock, Instant now) {
        this.clock = clock;
        hear(now);
    }

    /// An answer that has just come tells the time.
    void hear(Instant now) {
        heard = now;
        heardNanos = clock.nanoTime();
    }

    /// What it was when the last answer that told it was made.
    Instant heard() {
        return heard;
    }

    Instant now() {
        return heard.plusNanos(clock.nanoTime() - heardNanos);
    }
}
