package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that an experiment plays with. Parts start when they are first asked for and end with the world.
///
/// ```java
/// var replicas = world.replicas(3);              // ready, on a Postgres of their own
/// world.agent("worker", "effect_keyed");         // published
/// world.api().start("worker", "chain 17");       // the model server's script "chain", run "17"
/// replicas.get(0).kill();
/// world.await(Duration.ofSeconds(30), () -> world.open() == 0);
/// ```
final class World implements AutoCloseable {

    static final String KEY = "wh_default_" + "c".repeat(40);

    private final Surroundings surroundings;
    private final Path folder;
    private final long seed;
    private final Size size;
    private final Processes processes;
    private final EffectServer effects;
    private final ModelServer model;
    private final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private @Nullable Postgres postgres;

    /// What lies around the harness.
    ///
    /// @param root the repository
    /// @param distribution the built backend
    /// @param tools the jar with the effect tools
    record Surroundings(Path root, Path distribution, Path tools) {}

    World(Surroundings surroundings, Path folder, String address, long seed, Size size) {
        this.surroundings = surroundings;
        this.folder = folder;
        this.seed = seed;
        this.size = size;
        processes = new Processes(folder.getParent().resolve("pids"));
        effects = new EffectServer(address);
        model = new ModelServer(address, seed);
    }

    long seed() {
        return seed;
    }

    Size size() {
        return size;
    }

    /// Choices from the seed; another word gives other choices, so that two loads do not disturb each other.
    Random random(String word) {
        return new Random(seed * 31 + word.hashCode());
    }

    /// Where logs lie, and where an experiment may leave what explains a failure.
    Path folder() {
        return folder;
    }

    Path root() {
        return surroundings.root();
    }

    Processes processes() {
        return processes;
    }

    EffectServer effects() {
        return effects;
    }

    ModelServer model() {
        return model;
    }

    synchronized Postgres postgres() {
        return postgres == null ? startPostgres() : postgres;
    }

    /// To be called first where Postgres needs settings of its own: lines of postgresql.conf.
    synchronized Postgres startPostgres(String... settings) {
        if (postgres != null) {
            throw new IllegalStateException("Postgres runs already");
        }
        postgres = new Postgres(surroundings.root().resolve("scripts/postgres"), folder.resolve("postgres"), settings);
        return postgres;
    }

    /// This many, started together and ready.
    List<Replica> replicas(int count) throws InterruptedException {
        // The first one alone, so that the schema is made once and not waited for by the others.
        for (int n = 0; n < count; n++) {
            var replica = replica(Map.of()).start();
            if (n == 0) {
                replica.awaitReady();
            }
        }
        return ready();
    }

    /// All replicas that there are, once each of them is ready.
    List<Replica> ready() throws InterruptedException {
        for (var replica : replicas) {
            replica.awaitReady();
        }
        return known();
    }

    /// All replicas that there are, running or not.
    List<Replica> known() {
        return List.copyOf(replicas);
    }

    /// One more, not started yet.
    ///
    /// @param environment over and above what every replica is told; an empty value takes a variable away
    /// @param before words before the command, such as `ip netns exec a`
    Replica replica(Map<String, String> environment, String... before) {
        int number = replicas.size() + 1;
        int port = environment.containsKey("PORT") ? Integer.parseInt(environment.get("PORT")) : freePort();
        var all = new TreeMap<>(Map.of(
                "AUTH_MODE", "keys",
                "AUTH_BOOTSTRAP_KEY", KEY,
                "HOST", "127.0.0.1",
                "PORT", "" + port,
                "MODEL_URL", model.url(),
                "MODEL_NAME", "scripted",
                "MODEL_API_KEY", "none",
                "MALLOC_ARENA_MAX", "2",
                "CHAOS_EFFECTS", effects.url()));
        if (!environment.containsKey("DATABASE_URL")) {
            all.put("DATABASE_URL", postgres().url());
        }
        all.putAll(environment);
        all.values().removeIf(String::isEmpty);
        var command = new ArrayList<>(List.of(before));
        command.addAll(command());
        var log = folder.resolve("replica-" + number + ".log");
        var replica = new Replica(number, all.get("HOST"), port, command, all, processes, log);
        replicas.add(replica);
        return replica;
    }

    /// As `bin/wheelhouse` starts it, but for one more jar at the end of the class path.
    private List<String> command() {
        var home = surroundings.distribution();
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx384m", "-Xss512k"));
        command.addAll(List.of("-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED"));
        var cache = home.resolve("wheelhouse.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-cp", jars(home) + ":" + surroundings.tools(), "dev.wheelhouse.Application"));
        return command;
    }

    private static String jars(Path home) {
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            return String.join(
                    ":",
                    jars.map(Path::toString)
                            .filter(jar -> jar.endsWith(".jar"))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A client with all rights that goes from replica to replica, of those that are alive.
    Api api() {
        return new Api(
                () -> replicas.stream()
                        .filter(Replica::isAlive)
                        .map(Replica::url)
                        .toList(),
                KEY);
    }

    /// Publishes an agent with these tools and nothing else.
    void agent(String name, String... tools) throws InterruptedException {
        agent(name, List.of(tools), "limits: {steps: 100, tokens: 100000000, time: 1h, repeats: 100}");
    }

    /// @param more lines of the definition, such as `limits: {…}`
    void agent(String name, List<String> tools, String more) throws InterruptedException {
        api().publish(name, """
                        name: %s
                        instructions: Follow the script.
                        model: default
                        tools: [%s]
                        %s
                        """.formatted(name, String.join(", ", tools), more));
    }

    /// How many runs have not ended and do not wait for a person.
    long open() {
        return postgres()
                .number("SELECT count(*) FROM runs WHERE ended_at IS NULL"
                        + " AND (waiting IS NULL OR waiting NOT IN ('outcome_unknown', 'approval'))");
    }

    /// The sum of a metric over all replicas that run: `wheelhouse_runs_stale_writes_rejected_total`.
    /// Connections that requests and the engine hold, over all replicas.
    double busyConnections() throws InterruptedException {
        return metric("wheelhouse_database_connections", "state=\"busy\"")
                - metric("wheelhouse_database_connections", "pool=\"lease\",state=\"busy\"");
    }

    double metric(String name) throws InterruptedException {
        return metric(name, "");
    }

    /// @param labels as they stand in the series, or nothing
    private double metric(String name, String labels) throws InterruptedException {
        double sum = 0;
        for (var replica : replicas.stream().filter(Replica::isAlive).toList()) {
            var text = api().once(replica.url(), "GET", "/metrics", null, null, "text/plain")
                    .body()
                    .path("text")
                    .asText();
            sum += text.lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .filter(line -> line.contains(labels))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
        return sum;
    }

    /// Looks every 100 ms whether it holds; false where it did not within the time.
    static boolean await(java.time.Duration most, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }

    /// Leaves the whole logs of these runs in the folder, the first hundred of them.
    void blame(String why, Collection<String> runs) {
        if (runs.isEmpty()) {
            return;
        }
        var some = runs.stream().limit(100).map(run -> "'" + run + "'").toList();
        var lines = new ArrayList<String>();
        lines.add("%s: %d runs".formatted(why, runs.size()));
        for (String table : List.of(
                "SELECT * FROM runs WHERE id::text IN (%s) ORDER BY id",
                "SELECT run, seq, at, type, step, data FROM log WHERE run::text IN (%s) ORDER BY run, seq")) {
            postgres()
                    .rows(table.formatted(String.join(", ", some)))
                    .forEach(row -> lines.add(String.join(" | ", row)));
        }
        note("offenders-" + why.replaceAll("[^a-z0-9]+", "-") + ".txt", lines);
    }

    /// Leaves a text in the folder.
    void note(String file, Collection<String> lines) {
        try {
            Files.write(folder.resolve(file), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Below the ports that the system gives to outgoing connections, so that it is still free when a replica that was
    /// killed comes back to it.
    static int freePort() {
        while (true) {
            int port = 20_000 + ThreadLocalRandom.current().nextInt(12_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
    }

    /// Ends everything. The folder keeps the logs and the effect server's list, not the database.
    @Override
    public void close() {
        processes.close();
        effects.writeTo(folder.resolve("effects.txt"));
        effects.close();
        model.close();
        if (postgres != null) {
            postgres.close();
        }
        copyPostgresLog();
        delete(folder.resolve("postgres"));
    }

    private void copyPostgresLog() {
        try {
            Files.copy(folder.resolve("postgres/postgres.log"), folder.resolve("postgres.log"));
        } catch (IOException e) {
            // There was no Postgres of ours.
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
