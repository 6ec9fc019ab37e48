package dev.wheelhouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// What a bench stands on: a folder, a Postgres, replicas and the floor. Everything ends with it.
final class Stage implements AutoCloseable {

    private static final String ASSISTANT = """
            name: %s
            instructions: |
              You are a helpful, precise assistant. Use the calculator for every sum, the clock for the time, and the notes for
              what is to be kept. Say plainly what you did and what you could not do. Answer in the language of the question.
            model: %s
            tools: [clock, calculator, notes_write, notes_read, notes_list, wait]
            limits: {steps: 40, tokens: 200000, time: 30m}
            """;

    final String key = "wh_default_" + "bench0123456789".repeat(3);
    private final Path root = Path.of(System.getProperty("bench.root"));
    private final Path distribution = Path.of(System.getProperty("bench.distribution"));
    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Model model;

    Stage(String name) throws IOException {
        folder = Files.createTempDirectory("wheelhouse-bench-" + name + "-");
        model = new Model();
        open.add(model);
    }

    Model model() {
        return model;
    }

    Postgres postgres(String... databases) throws Exception {
        var postgres = new Postgres(root, folder.resolve("postgres"), databases);
        open.add(postgres);
        return postgres;
    }

    /// One more definition for the replicas that are started from now on.
    void definition(String name, String text) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("definitions")).resolve(name + ".yaml"), text);
    }

    /// A replica with keys, whose agent `assistant` uses the demo model without pauses and `remote` a model over HTTP.
    Running replica(Postgres postgres, String database, Map<String, String> settings) throws Exception {
        var definitions = Files.createDirectories(folder.resolve("definitions"));
        Files.writeString(definitions.resolve("assistant.yaml"), ASSISTANT.formatted("assistant", "default"));
        Files.writeString(definitions.resolve("remote.yaml"), ASSISTANT.formatted("remote", "remote"));
        var config = Files.writeString(folder.resolve("settings.yaml"), """
                models:
                  aliases:
                    remote:
                      - provider: openai
                        name: bench
                        url: http://127.0.0.1:%d/v1
                        key-env: BENCH_MODEL_KEY
                        prices: {version: "1", input: 250000, cached-input: 25000, output: 2000000}
                """.formatted(model.port()));
        int port = freePort();
        var environment = new HashMap<>(Map.of(
                "DATABASE_URL",
                postgres.url(database),
                "PORT",
                "" + port,
                "HOST",
                "127.0.0.1",
                "AUTH_MODE",
                "keys",
                "AUTH_BOOTSTRAP_KEY",
                key,
                "MODELS_DEMO_PAUSE",
                "0s",
                "BENCH_MODEL_KEY",
                "x",
                "DEFINITIONS_DIR",
                definitions.toString(),
                "WHEELHOUSE_CONFIG",
                config.toString()));
        environment.putAll(settings);
        var replica = Running.start(
                List.of(distribution.resolve("bin/wheelhouse").toString()), environment, port, log("replica"));
        open.add(replica);
        replica.awaitReady("/ready");
        // The operator's key and the definitions may come a moment later.
        try (var client = new Client(port, key)) {
            while (client.get("/api/v1/agents/remote").status() != 200) {
                Thread.sleep(50);
            }
        }
        return replica;
    }

    /// The control, on the same Java with the same flags.
    Running floor(Postgres postgres) throws Exception {
        int port = freePort();
        var floor = Running.start(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-Xms32m",
                        "-Xmx512m",
                        "-Xss512k",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Floor.class.getName(),
                        "" + port,
                        postgres.url("floor")),
                Map.of(),
                port,
                log("floor"));
        open.add(floor);
        return floor.awaitReady("/ready");
    }

    private Path log(String name) {
        return Path.of(System.getProperty("bench.logs")).resolve(name + ".log");
    }

    /// Below the ports that systems give to outgoing connections.
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress("127.0.0.1", port));
                return port;
            } catch (IOException taken) {
                // another is tried
            }
        }
    }

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

    @Override
    public void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
