package dev.wheelhouse.runs;

import dev.wheelhouse.runs.Trouble.Fault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What many histories came to: which broke a law, and what went wrong at which boundary how often. A simulation whose
/// faults never hit proves nothing.
final class Tally {

    private final Map<Boundary, Map<Fault, Integer>> hits = new EnumMap<>(Boundary.class);
    private final SortedMap<Long, List<String>> broken = new TreeMap<>();
    private long histories;
    private long happenings;
    private long takeovers;
    private long staleWrites;

    synchronized void add(long seed, Simulation simulation, List<String> laws) {
        histories++;
        happenings += simulation.world().happenings();
        takeovers += simulation.laws().takeovers();
        staleWrites += simulation.laws().staleWrites();
        simulation
                .trouble()
                .hits()
                .forEach((boundary, faults) -> faults.forEach(
                        (fault, count) -> hits.computeIfAbsent(boundary, none -> new EnumMap<>(Fault.class))
                                .merge(fault, count, Integer::sum)));
        if (!laws.isEmpty()) {
            broken.put(seed, laws);
        }
    }

    /// By seed, the laws that it broke.
    SortedMap<Long, List<String>> broken() {
        return broken;
    }

    long takeovers() {
        return takeovers;
    }

    long staleWrites() {
        return staleWrites;
    }

    /// How often the boundary and fault that were hit least were hit.
    int leastHit() {
        return Boundary.changing().stream()
                .flatMap(boundary -> Fault.COUNTED.stream().map(fault -> hits(boundary, fault)))
                .mapToInt(Integer::intValue)
                .min()
                .orElse(0);
    }

    private int hits(Boundary boundary, Fault fault) {
        return hits.getOrDefault(boundary, Map.of()).getOrDefault(fault, 0);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("%-16s".formatted(""));
        Arrays.stream(Fault.values())
                .filter(fault -> fault != Fault.NONE)
                .forEach(fault -> text.append("%15s".formatted(fault.word())));
        for (var boundary : Boundary.changing()) {
            text.append("%n%-16s".formatted(boundary.word()));
            Arrays.stream(Fault.values())
                    .filter(fault -> fault != Fault.NONE)
                    .forEach(fault -> text.append("%,15d".formatted(hits(boundary, fault))));
        }
        return text.append(
                        "%n%,d histories, %,d happenings, %,d takeovers, %,d stale writes refused; least hit %,d times; "
                                .formatted(histories, happenings, takeovers, staleWrites, leastHit()))
                .append(broken.isEmpty() ? "no law broken" : "laws broken by seeds " + broken.keySet())
                .toString();
    }
}
