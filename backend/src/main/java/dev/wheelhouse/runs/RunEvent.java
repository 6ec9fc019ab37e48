package dev.wheelhouse.runs;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// An entry of a run's gapless log. `data` is JSON text, in the shape that clients see; `step` is 0 where the event
/// is about the run as a whole.
public record RunEvent(RunId run, int seq, Instant at, EventType type, int step, String data) {

    /// True for the three types after which no other event can come.
    public boolean isLast() {
        return type.isRunEnd();
    }

    /// What was said last of each step, by number.
    static List<String> steps(List<RunEvent> events) {
        var byNumber = new TreeMap<Integer, String>();
        for (var event : events) {
            if (event.type.isAboutStep()) {
                byNumber.put(event.step, event.data.substring("{\"step\":".length(), event.data.length() - 1));
            }
        }
        return List.copyOf(byNumber.values());
    }
}
