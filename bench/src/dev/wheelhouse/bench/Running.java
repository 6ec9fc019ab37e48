package dev.wheelhouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process under measurement, seen from outside.
final class Running implements AutoCloseable {

    private static final double TICK = 0.01;

    private final Process process;
    private final int port;
    private final Path log;

    private Running(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static Running start(List<String> command, Map<String, String> environment, int port, Path log) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What the caller's environment says of models and settings is not what is measured here.
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches(
                        "(OPENAI|ANTHROPIC|MODELS?|RUNS|DATABASE|AUTH|HTTP|WHEELHOUSE|CONSOLE|DEFINITIONS|TRACES|METRICS|FAULTS|LOG)_.*"));
        builder.environment().putAll(environment);
        try {
            return new Running(builder.start(), port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the path answers 200.
    Running awaitReady(String path) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            try (var client = new Client(port, "")) {
                if (client.get(path).status() == 200) {
                    return this;
                }
            } catch (UncheckedIOException notYet) {
                // tried again below
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%s does not get ready, see %s".formatted(process.info().command(), log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /// Seconds of CPU in user and kernel so far.
    double cpu() {
        return cpu(process.pid(), false);
    }

    /// Seconds of CPU of the JVM's compiler so far.
    double compiling() {
        try (var threads = Files.list(Path.of("/proc/" + pid() + "/task"))) {
            return threads.map(Running::stat)
                            .filter(stat -> stat.contains(" CompilerThre"))
                            .mapToLong(stat -> ticks(stat, false))
                            .sum()
                    * TICK;
        } catch (IOException ended) {
            return 0;
        }
    }

    /// Empty for a thread that has ended meanwhile.
    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }

    /// @param ended with what children that have ended used
    static double cpu(long pid, boolean ended) {
        try {
            return ticks(Files.readString(Path.of("/proc/" + pid + "/stat")), ended) * TICK;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long ticks(String stat, boolean ended) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return ended ? ticks + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : ticks;
    }

    /// Resident memory in bytes.
    long memory() {
        return status("VmRSS:") * 1024;
    }

    /// Times that a thread was taken off its core, by itself or by others.
    long switches() {
        long sum = 0;
        try (var threads = Files.list(Path.of("/proc/" + pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                for (String line : Files.readAllLines(thread.resolve("status"))) {
                    if (line.contains("ctxt_switches:")) {
                        sum += Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            }
        } catch (IOException ended) {
            return sum;
        }
        return sum;
    }

    private long status(String key) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A full collection, so that what is left in the heap is what is held.
    void collect() {
        Stage.finish(Map.of(), System.getProperty("java.home") + "/bin/jcmd", "" + pid(), "GC.run");
    }

    /// Bytes in the heap that are held, after a full collection.
    long held() {
        collect();
        String told = Stage.finish(
                Map.of(), System.getProperty("java.home") + "/bin/jcmd", "" + pid(), "GC.heap_info");
        return java.util.regex.Pattern.compile("used (\\d+)K")
                .matcher(told.substring(0, told.contains("Metaspace") ? told.indexOf("Metaspace") : told.length()))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) * 1024)
                .sum();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        if (!process.onExit()
                .completeOnTimeout(null, 20, TimeUnit.SECONDS)
                .thenApply(p -> p != null)
                .join()) {
            process.destroyForcibly();
        }
    }
}
