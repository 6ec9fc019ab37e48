package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Every process that the harness has started. They end with it; a list in the folder lets `scripts/chaos` end them
/// where the harness itself was killed.
final class Processes implements AutoCloseable {

    private final Set<ProcessHandle> running = ConcurrentHashMap.newKeySet();
    private final Path list;

    Processes(Path list) {
        this.list = list;
    }

    /// Starts a process whose output is added to the file.
    Process start(List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What the caller's environment says of models and settings is not what is tested here.
        builder.environment().keySet().removeIf(Processes::isOfThePlatform);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            watch(process.toHandle());
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfThePlatform(String name) {
        return name.matches(
                        "(OPENAI|ANTHROPIC|MODEL|MODELS|RUNS|DATABASE|AUTH|HTTP|WHEELHOUSE|CONSOLE|DEFINITIONS|JAVA)"
                                + "_[A-Z_]+|PORT|HOST")
                && !name.equals("JAVA_HOME");
    }

    void watch(ProcessHandle process) {
        running.add(process);
        process.onExit().thenAccept(running::remove);
        try {
            Files.writeString(list, process.pid() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a program to its end and gives what it said; a failure is an exception with its words.
    static String finish(Map<String, String> environment, String... command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            String said = new String(process.getInputStream().readAllBytes()).strip();
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s ended with %d: %s".formatted(command[0], code, said));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A signal by its short name: `KILL`, `STOP`, `CONT`, `TERM`, `QUIT`. A process that is gone takes none.
    static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, "" + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        for (var process : running) {
            process.destroyForcibly();
        }
        for (var process : List.copyOf(running)) {
            process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        }
    }
}
