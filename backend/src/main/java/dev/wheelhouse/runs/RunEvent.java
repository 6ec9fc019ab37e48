package dev.wheelhouse.runs;

import java.time.Instant;

/// An entry of a run's gapless log. `data` is JSON text, in the shape that clients see; `step` is 0 where the event
/// is about the run as a whole.
public record RunEvent(RunId run, int seq, Instant at, EventType type, int step, String data) {

    /// True for the three types after which no other event can come.
    public boolean isLast() {
        return type.isRunEnd();
    }
}
