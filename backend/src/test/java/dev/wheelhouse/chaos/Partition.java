package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// D4. A network that drops what goes between a replica and Postgres, without a word, for half a minute. Four of five
/// replicas are cut off at the same time, so that twenty such times do not take half an hour.
final class Partition implements Experiment {

    private static final int REPLICAS = 5;
    private static final Duration CUT = Duration.ofSeconds(30);

    /// How one replica took it, in seconds since the cut and since the healing.
    private record Round(double off, double fenced, long stopped, double back, long dropped) {}

    @Override
    public String name() {
        return "D4";
    }

    @Override
    public String title() {
        return "silent partition from Postgres";
    }

    @Override
    public String address() {
        return "0.0.0.0";
    }

    @Override
    public Figures run(World world) throws Exception {
        Missing.unlessOwnNetwork();
        var namespaces = new ArrayList<Namespace>();
        try {
            for (int n = 1; n <= REPLICAS; n++) {
                namespaces.add(new Namespace(world, n));
            }
            return run(world, namespaces);
        } finally {
            namespaces.forEach(Namespace::close);
        }
    }

    private static Figures run(World world, List<Namespace> namespaces) throws Exception {
        var replicas = start(world, namespaces);
        world.agent("worker", "effect_read", "effect_keyed", "effect_unkeyed");
        world.model()
                .script(
                        "held",
                        asked -> asked.turn() == 1
                                ? Script.Said.text("done " + asked.run())
                                : Script.Said.call(
                                        "effect_keyed", Map.of("run", asked.run(), "act", "a0", "forMs", 9_000)));
        int rounds = world.size().of(1, 5);
        var load = new Load(world, "worker", 60 + rounds * 240, 40, n -> n % 4 == 0 ? "chain" : "held");
        var all = new ArrayList<Round>();
        for (int round = 0; round < rounds; round++) {
            TimeUnit.SECONDS.sleep(8);
            int stays = world.random("round " + round).nextInt(REPLICAS);
            all.addAll(cut(world, namespaces, replicas, stays));
        }
        load.join();
        boolean quiet = World.await(Duration.ofSeconds(60), () -> world.open() == 0);
        world.note("rounds.txt", all.stream().map(Round::toString).toList());
        return figures(world, load, all).exactly("stuck", quiet ? 0 : world.open(), 0);
    }

    private static List<Replica> start(World world, List<Namespace> namespaces) throws Exception {
        var postgres = world.startPostgres("listen_addresses = '*'");
        var hba = postgres.folder().resolve("cluster/pg_hba.conf");
        Files.writeString(hba, "host all all 10.231.0.0/16 scram-sha-256\n", StandardOpenOption.APPEND);
        postgres.execute("SELECT pg_reload_conf()");
        var replicas = new ArrayList<Replica>();
        for (var namespace : namespaces) {
            var settings = Map.of(
                    "HOST", namespace.inside(),
                    "PORT", "8080",
                    "DATABASE_URL", postgres.url().replace("127.0.0.1", namespace.outside()),
                    "MODEL_URL",
                            "http://%s:%d/v1"
                                    .formatted(
                                            namespace.outside(), world.model().port()),
                    "CHAOS_EFFECTS",
                            "http://%s:%d"
                                    .formatted(
                                            namespace.outside(), world.effects().port()));
            replicas.add(world.replica(settings, namespace.before()).start());
        }
        for (var replica : replicas) {
            replica.awaitReady();
        }
        return replicas;
    }

    private static List<Round> cut(World world, List<Namespace> namespaces, List<Replica> replicas, int stays)
            throws Exception {
        var cut = new ArrayList<Callable<Round>>();
        for (int n = 0; n < REPLICAS; n++) {
            int number = n;
            if (n != stays) {
                cut.add(() -> cut(world, namespaces.get(number), replicas.get(number)));
            }
        }
        var rounds = new ArrayList<Round>();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var round : each.invokeAll(cut)) {
                rounds.add(round.get());
            }
        }
        return rounds;
    }

    private static Round cut(World world, Namespace namespace, Replica replica) throws InterruptedException {
        long words = lines(replica).size();
        var at = Instant.now();
        namespace.cutOff(world.postgres().port());
        double off = until(replica, 503, CUT);
        var healsAt = at.plus(CUT);
        TimeUnit.MILLISECONDS.sleep(
                Math.max(0, Duration.between(Instant.now(), healsAt).toMillis()));
        var stopped = lines(replica).stream()
                .skip(words)
                .filter(line -> line.contains(" is no longer carried on here: ")
                        || line.contains(" cannot be carried on now: "))
                .map(line -> Duration.between(at, Instant.parse(line.substring(0, line.indexOf(' '))))
                                .toMillis()
                        / 1000.0)
                .toList();
        long dropped = namespace.heal();
        double back = until(replica, 200, Duration.ofSeconds(60));
        double fenced = stopped.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return new Round(off, fenced, stopped.size(), back, dropped);
    }

    private static double until(Replica replica, int ready, Duration most) throws InterruptedException {
        long began = System.nanoTime();
        World.await(most, () -> replica.status("/ready") == ready);
        return (System.nanoTime() - began) / 1e9;
    }

    private static List<String> lines(Replica replica) {
        try {
            return Files.readAllLines(replica.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double most(List<Round> rounds, java.util.function.ToDoubleFunction<Round> time) {
        return rounds.stream().mapToDouble(time).max().orElse(0);
    }

    private static Figures figures(World world, Load load, List<Round> rounds) {
        var check = new Check(world, load);
        return new Figures()
                .atMost("/ready off after the cut, longest", most(rounds, Round::off), "s", 5)
                .atMost("self-fenced after the cut, longest", most(rounds, Round::fenced), "s", 10)
                .atMost("ready after healing, longest", most(rounds, Round::back), "s", 10)
                .exactly("lost", check.lost(), 0)
                .exactly("steps committed twice", check.committedTwice(), 0)
                .exactly("committed steps begun again", check.wentBack(), 0)
                .exactly("logs with a gap", check.gaps(), 0)
                .exactly("keyed effects not done once", check.keyedNotOnce(), 0)
                .exactly("runs failed", check.failed(), 0)
                .atLeast("partitions", rounds.size(), "", world.size().of(4, 20))
                .atLeast(
                        "partitions that dropped packets",
                        rounds.stream().filter(round -> round.dropped() > 0).count(),
                        "",
                        rounds.size())
                .atLeast(
                        "runs stopped by their own clock",
                        rounds.stream().mapToLong(Round::stopped).sum(),
                        "",
                        rounds.size())
                .atLeast("takeovers", check.takeovers(), "", rounds.size());
    }
}
