package dev.wheelhouse.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// D9. A queue in Postgres at 70 % of what the machine can do, while somebody keeps a transaction open for ten minutes,
/// so that no dead row can be cleaned away. Every run is handed to the queue once, by a timer.
final class OldSnapshot implements Experiment {

    private static final Pattern CLAIM =
            Pattern.compile("\\[(\\d+)].*duration: ([0-9.]+) ms +(bind|execute) [^:]+: WITH open AS MATERIALIZED");

    @Override
    public String name() {
        return "D9";
    }

    @Override
    public String title() {
        return "queue under an old snapshot";
    }

    @Override
    public Figures run(World world) throws Exception {
        var postgres = world.startPostgres("log_line_prefix = '%m [%p] '", "log_parameter_max_length = 0");
        world.replicas(2);
        world.agent("worker", "wait");
        world.model()
                .script(
                        "pause",
                        asked -> asked.turn() == 0
                                ? Script.Said.call("wait", Map.of("seconds", 1))
                                : Script.Said.text("done"));
        timeStatements(world);
        double capacity = capacity(world);
        double rate = 0.7 * capacity;
        var minutes = world.size().of(1, 11);
        long slowest;
        long before = postgres.number("SELECT count(*) FROM runs");
        try (var old = postgres.connect()) {
            hold(old);
            pour(
                    world,
                    rate,
                    Duration.ofMinutes(minutes).minusSeconds(world.size().of(30, 60)));
            slowest = world.open();
        }
        pour(world, rate, Duration.ofSeconds(world.size().of(10, 60)));
        boolean empty = World.await(Duration.ofSeconds(20), () -> world.open() == 0);
        var claims = claims(world);
        long size = postgres.number("SELECT pg_total_relation_size('runs')");
        postgres.execute("VACUUM FULL runs");
        long live = postgres.number("SELECT pg_total_relation_size('runs')");
        return new Figures()
                .atMost("claim p99", claims.get((int) (0.99 * claims.size())), "ms", 50)
                .told("claim median", claims.get(claims.size() / 2), "ms")
                .exactly("backlog at the end", empty ? 0 : world.open(), 0)
                .atMost("table to its live size", (double) size / live, "x", 3)
                .told("open at the end of the old transaction", slowest, "")
                .told("load", rate, "runs/s")
                .atLeast("runs", postgres.number("SELECT count(*) FROM runs") - before, "", Math.floor(rate * 30))
                .atLeast("claims measured", claims.size(), "", world.size().of(20, 500))
                .atLeast(
                        "minutes of the old transaction",
                        minutes - world.size().of(30, 60) / 60.0,
                        "",
                        world.size().of(0, 10));
    }

    /// The role is there since the first start, and its sessions heed the setting from the second on.
    private static void timeStatements(World world) throws InterruptedException {
        world.postgres().execute("ALTER ROLE wheelhouse_engine SET log_min_duration_statement = 0");
        for (var replica : world.known()) {
            replica.kill();
            replica.start();
        }
        world.ready();
    }

    private static void hold(Connection old) throws Exception {
        old.setAutoCommit(false);
        old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var statement = old.createStatement()) {
            statement.execute("SELECT txid_current(), count(*) FROM runs");
        }
    }

    /// Runs per second that come to their end when there are always 100 open.
    private static double capacity(World world) throws InterruptedException {
        var warming = new Load(world, "worker", 1_000_000, 100, n -> "pause");
        TimeUnit.SECONDS.sleep(world.size().of(5, 15));
        long before = ended(world);
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(world.size().of(5, 15));
        double rate = (ended(world) - before) / ((System.nanoTime() - begun) / 1e9);
        warming.stop();
        World.await(Duration.ofSeconds(30), () -> world.open() == 0);
        return rate;
    }

    private static long ended(World world) {
        return world.postgres().number("SELECT count(*) FROM runs WHERE ended_at IS NOT NULL");
    }

    /// Starts runs at an even pace, whatever becomes of them.
    private static void pour(World world, double rate, Duration time) throws InterruptedException {
        long begun = System.nanoTime();
        var broke = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        var api = world.api();
        String batch = "p" + begun;
        for (long n = 0; System.nanoTime() - begun < time.toNanos(); n++) {
            long wait = begun + (long) (n * 1e9 / rate) - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            String message = "pause " + batch + "-" + n;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    api.start("worker", message);
                } catch (InterruptedException | IllegalStateException e) {
                    broke.incrementAndGet();
                }
            }));
            if (threads.size() > 2_000) {
                threads.removeIf(thread -> !thread.isAlive());
            }
        }
        for (var thread : threads) {
            thread.join();
        }
        if (broke.get() > 0) {
            throw new IllegalStateException(broke.get() + " runs could not be started");
        }
    }

    /// Milliseconds of each claim, planning included, as Postgres has logged them; sorted.
    private static List<Double> claims(World world) throws IOException {
        var times = new ArrayList<Double>();
        var binding = new java.util.HashMap<String, Double>();
        try (var lines = Files.lines(world.postgres().folder().resolve("postgres.log"))) {
            lines.forEach(line -> {
                var match = CLAIM.matcher(line);
                if (match.find()) {
                    double took = Double.parseDouble(match.group(2));
                    if (match.group(3).equals("bind")) {
                        binding.put(match.group(1), took);
                    } else {
                        var bound = binding.remove(match.group(1));
                        times.add(took + (bound == null ? 0 : bound));
                    }
                }
            });
        }
        if (times.isEmpty()) {
            throw new IllegalStateException("No claim is in the log of Postgres: its statement begins otherwise now");
        }
        times.sort(null);
        return times;
    }
}
