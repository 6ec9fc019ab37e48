package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs experiments and prints a line for each: `make chaos`.
///
/// Settings: `chaos.root`, `chaos.distribution`, `chaos.tools`, `chaos.folder` say where things lie; `chaos.seed` and
/// `chaos.size` as in `make chaos SEED=7 SIZE=small`. Arguments: names of experiments; none means all.
public final class Chaos {

    private Chaos() {}

    public static void main(String[] names) throws Exception {
        // The JDK's server would else hold small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var known = Experiments.all();
        var wanted = Set.of(names);
        var unknown = wanted.stream()
                .filter(name -> known.stream().noneMatch(e -> e.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.printf(
                    "There is no experiment %s: choose of %s.%n",
                    String.join(", ", unknown),
                    known.stream().map(Experiment::name).collect(Collectors.joining(" ")));
            System.exit(2);
        }
        var chosen = known.stream()
                .filter(e -> wanted.isEmpty() || wanted.contains(e.name()))
                .toList();
        boolean passed = runAll(chosen);
        System.exit(passed ? 0 : 1);
    }

    private static boolean runAll(List<Experiment> chosen) throws IOException {
        var folder = Path.of(System.getProperty("chaos.folder"));
        Files.createDirectories(folder);
        var results = new Results(folder.resolve("figures.json"));
        boolean passed = true;
        for (var experiment : chosen) {
            var result = run(experiment, folder.resolve(experiment.name()));
            if (!result.isSkipped()) {
                results.add(result);
            }
            passed &= result.passed();
            System.out.println(result.line());
        }
        return passed;
    }

    private static Result run(Experiment experiment, Path folder) throws IOException {
        String given = System.getProperty("chaos.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() % 1_000_000 : Long.parseLong(given);
        var size = Size.valueOf(System.getProperty("chaos.size", "full").toUpperCase(java.util.Locale.ROOT));
        var surroundings = new World.Surroundings(
                Path.of(System.getProperty("chaos.root")),
                Path.of(System.getProperty("chaos.distribution")),
                Path.of(System.getProperty("chaos.tools")));
        World.delete(folder);
        Files.createDirectories(folder);
        long began = System.nanoTime();
        var figures = new Figures();
        String broke = null;
        String skipped = null;
        var world = new World(surroundings, folder, experiment.address(), seed, size);
        var cleaning = new Thread(world::close);
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            figures = experiment.run(world);
        } catch (Missing e) {
            skipped = e.getMessage();
        } catch (Exception e) {
            broke = String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            world.note("broke.txt", List.of(trace(e)));
        } finally {
            forget(cleaning);
            world.close();
        }
        var result = new Result(
                experiment.name(),
                experiment.title(),
                figures.all(),
                broke,
                skipped,
                seed,
                size,
                Duration.ofNanos(System.nanoTime() - began),
                Instant.now(),
                folder);
        if (result.passed() || result.isSkipped()) {
            World.delete(folder);
        }
        return result;
    }

    private static void forget(Thread cleaning) {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaning);
        } catch (IllegalStateException stopping) {
            // It cleans up just now.
        }
    }

    private static String trace(@Nullable Throwable e) {
        var text = new StringWriter();
        if (e != null) {
            e.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
