package dev.wheelhouse.runs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/// The program behind `make simulate`: many histories, or one, told event by event.
///
/// Arguments: how many seeds, from 1 on; or `seed`, one seed, and the name of a mutant or nothing; or `workflow` and
/// one seed of those.
final class Simulate {

    private static final int MANY = 10_000;
    private static final int MOST_FOR_A_MUTANT = 500;

    private Simulate() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        silence();
        boolean isFine =
                switch (arguments[0]) {
                    case "seed" -> one(Long.parseLong(arguments[1]), mutant(arguments), Simulation.Kind.STAGES);
                    case "workflow" -> one(Long.parseLong(arguments[1]), Mutant.NONE, Simulation.Kind.WORKFLOWS);
                    default -> many(Long.parseLong(arguments[0]));
                };
        System.exit(isFine ? 0 : 1);
    }

    private static Mutant mutant(String... arguments) {
        return arguments.length > 2 ? Mutant.valueOf(arguments[2]) : Mutant.NONE;
    }

    /// The engine's own log of thousands of failures would tell nobody anything.
    static void silence() {
        ((Logger) LoggerFactory.getLogger("dev.wheelhouse.runs")).setLevel(Level.OFF);
        ((Logger) LoggerFactory.getLogger("dev.wheelhouse.database")).setLevel(Level.OFF);
    }

    private static boolean one(long seed, Mutant mutant, Simulation.Kind kind) {
        var simulation = new Simulation(seed, mutant, true, kind);
        var laws = simulation.happen();
        simulation.world().told().forEach(System.out::println);
        System.out.printf(
                "Seed %d, fingerprint %016x: %s%n",
                seed, simulation.world().fingerprint(), laws.isEmpty() ? "no law broken" : String.join("; ", laws));
        return laws.isEmpty();
    }

    private static boolean many(long seeds) throws InterruptedException, IOException {
        long began = System.nanoTime();
        int threads = Runtime.getRuntime().availableProcessors();
        var tally = told(run(seeds, threads, Simulation.Kind.STAGES));
        System.out.println("Workflows:");
        var workflows = told(run(seeds, threads, Simulation.Kind.WORKFLOWS));
        var mutants = Arrays.stream(Mutant.values())
                .filter(mutant -> mutant != Mutant.NONE)
                .toList();
        int found = (int) mutants.stream().filter(Simulate::isFound).count();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        System.out.printf("%d of %d deliberate bugs found; %d s%n", found, mutants.size(), seconds);
        boolean isFull = seeds >= MANY;
        if (isFull) {
            publish(tally.figures(workflows, mutants.size(), found, seconds));
        }
        return tally.broken().isEmpty()
                && workflows.broken().isEmpty()
                && found == mutants.size()
                && (!isFull || tally.leastHit() >= Tally.LEAST_HITS);
    }

    private static Tally told(Tally tally) {
        System.out.println(tally);
        tally.broken().forEach((seed, laws) -> System.out.printf("%d: %s%n", seed, String.join("; ", laws)));
        return tally;
    }

    private static boolean isFound(Mutant mutant) {
        for (long seed = 1; seed <= MOST_FOR_A_MUTANT; seed++) {
            var laws = happen(new Simulation(seed, mutant, false));
            if (!laws.isEmpty()) {
                System.out.printf("%s is found by seed %d: %s%n", mutant, seed, laws.getFirst());
                return true;
            }
        }
        System.out.printf("%s is not found%n", mutant);
        return false;
    }

    /// Beside the newest results of the chaos harness, for `make proof`.
    private static void publish(ObjectNode figures) throws IOException {
        String named = System.getProperty("chaos.folder");
        if (named == null) {
            return;
        }
        var file = Path.of(named, "figures.json");
        Files.createDirectories(file.getParent());
        var all = Files.exists(file)
                ? (ObjectNode) Json.read(Files.readString(file))
                : Json.mapper().createObjectNode();
        all.withObjectProperty("experiments").set("D6", figures);
        Files.writeString(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    /// Each history is one thread's; what they come to does not depend on how many threads there are.
    static Tally run(long seeds, int threads, Simulation.Kind kind) throws InterruptedException {
        var tally = new Tally();
        var next = new AtomicLong(1);
        Runnable work = () -> {
            for (long seed = next.getAndIncrement(); seed <= seeds; seed = next.getAndIncrement()) {
                var simulation = new Simulation(seed, Mutant.NONE, false, kind);
                tally.add(seed, simulation, happen(simulation));
            }
        };
        var workers = new Thread[threads];
        for (int at = 0; at < threads; at++) {
            workers[at] = Thread.ofPlatform().start(work);
        }
        for (var worker : workers) {
            worker.join();
        }
        return tally;
    }

    private static List<String> happen(Simulation simulation) {
        try {
            return simulation.happen();
        } catch (RuntimeException e) {
            return List.of(String.valueOf(e.getCause() == null ? e : e + ": " + e.getCause()));
        }
    }
}
