package dev.wheelhouse.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The counters and timers of one listener by their name and labels. The registry sorts labels and asks its filters at
/// each look, which costs a run more than a step of the engine does.
final class Meters {

    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
    private final Map<List<String>, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Duration[] bounds;

    /// @param bounds of the timers' buckets
    Meters(MeterRegistry registry, Duration[] bounds) {
        this.registry = registry;
        this.bounds = bounds;
    }

    /// @param labels names and values by turns
    Counter counter(String name, String... labels) {
        return counters.computeIfAbsent(key(name, labels), _ -> registry.counter(name, labels));
    }

    /// @param labels names and values by turns
    Timer timer(String name, String... labels) {
        return timers.computeIfAbsent(key(name, labels), _ -> Timer.builder(name)
                .tags(Tags.of(labels))
                .serviceLevelObjectives(bounds)
                .register(registry));
    }

    /// What tells meters apart: the name, and the labels' values in the order in which their one caller gives them.
    private static List<String> key(String name, String... labels) {
        var key = new String[1 + labels.length / 2];
        key[0] = name;
        for (int at = 1; at < key.length; at++) {
            key[at] = labels[2 * at - 1];
        }
        return List.of(key);
    }
}
