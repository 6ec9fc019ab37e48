package dev.wheelhouse.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Trouble.Fault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What many histories came to: which broke a law, and what went wrong at which boundary how often. A simulation whose
/// faults never hit proves nothing.
final class Tally {

    static final int LEAST_HITS = 100;

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

    /// What `make proof` publishes, in the form of an experiment of the chaos harness.
    ObjectNode figures(Tally workflows, int mutants, int found, long seconds) {
        int brokenInAll = broken.size() + workflows.broken.size();
        var json = Json.mapper().createObjectNode();
        json.put("name", "D6").put("title", "simulation").put("command", "make simulate");
        json.put("passed", brokenInAll == 0 && found == mutants && leastHit() >= LEAST_HITS);
        json.put("seed", 1).put("size", "full").put("seconds", seconds);
        json.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var figures = json.putArray("figures");
        figure(figures, "histories", histories, null, true);
        figure(figures, "histories of workflows", workflows.histories, null, true);
        figure(figures, "laws broken", brokenInAll, "0", brokenInAll == 0);
        figure(figures, "hits of the rarest fault", leastHit(), ">= " + LEAST_HITS, leastHit() >= LEAST_HITS);
        figure(figures, "deliberate bugs found", found, "" + mutants, found == mutants);
        figure(figures, "takeovers", takeovers + workflows.takeovers, null, true);
        figure(figures, "stale writes refused", staleWrites + workflows.staleWrites, null, true);
        return json;
    }

    private static void figure(ArrayNode into, String name, long value, @Nullable String bar, boolean passed) {
        var one = into.addObject().put("name", name).put("value", value).put("written", "%,d".formatted(value));
        one.put("passed", passed);
        if (bar != null) {
            one.put("bar", bar);
        }
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
