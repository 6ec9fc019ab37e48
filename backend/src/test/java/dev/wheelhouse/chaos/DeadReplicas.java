package dev.wheelhouse.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// D3. A replica dies and never comes back: how long until its runs have other owners? Each dead replica is a trial; a
/// group of them dies within a few seconds, while two live on.
final class DeadReplicas implements Experiment {

    private static final int SURVIVORS = 2;
    private static final int RUNS_EACH = 4;

    @Override
    public String name() {
        return "D3";
    }

    @Override
    public String title() {
        return "takeover of the dead";
    }

    @Override
    public Figures run(World world) throws Exception {
        int trials = world.size().of(12, 200);
        int group = world.size().of(6, 20);
        world.startPostgres("max_connections = 400");
        for (int n = 0; n < SURVIVORS + group; n++) {
            var replica = world.replica(Map.of("DATABASE_CONNECTIONS", "2"));
            if (n < SURVIVORS) {
                replica.start();
            }
        }
        var all = world.known();
        for (var survivor : all.subList(0, SURVIVORS)) {
            survivor.awaitReady();
        }
        world.model()
                .script(
                        "long",
                        asked -> asked.turn() == 0
                                ? Script.Said.call(
                                        "effect_keyed", Map.of("run", asked.run(), "act", "a0", "forMs", 20_000))
                                : Script.Said.text("done"));
        world.agent("worker", "effect_keyed");
        var times = new ArrayList<Double>();
        while (times.size() < trials) {
            times.addAll(round(world, all.subList(SURVIVORS, all.size()), times.size()));
        }
        times.sort(null);
        boolean quiet = World.await(Duration.ofSeconds(90), () -> world.open() == 0);
        return new Figures()
                .atMost("p99", times.get((int) Math.ceil(0.99 * times.size()) - 1), "s", 15)
                .atMost("slowest", times.getLast(), "s", 20)
                .told("median", times.get(times.size() / 2), "s")
                .exactly("runs that never ended", quiet ? 0 : world.open(), 0)
                .atLeast("trials", times.size(), "", trials)
                .told(
                        "runs taken over",
                        world.postgres()
                                .number(
                                        "SELECT count(*) FROM events WHERE type = 'run.claimed' AND data LIKE '%takeover%'"),
                        "");
    }

    /// Starts the victims, gives each its runs, kills each; the seconds until the last of its runs had another owner.
    private static List<Double> round(World world, List<Replica> victims, int before) throws InterruptedException {
        victims.forEach(Replica::start);
        for (var victim : victims) {
            victim.awaitReady();
        }
        var runs = new HashMap<Replica, List<String>>();
        for (int n = 0; n < victims.size() * RUNS_EACH; n++) {
            var victim = victims.get(n % victims.size());
            String run = world.api().onlyAt(victim).start("worker", "long " + before + "-" + n);
            runs.computeIfAbsent(victim, v -> new ArrayList<>()).add(run);
        }
        var killedAt = new HashMap<Replica, Double>();
        var random = world.random("kill " + before);
        for (var victim : victims) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
            victim.kill();
            killedAt.put(victim, now(world));
        }
        var times = new ArrayList<Double>();
        for (var victim : victims) {
            double last = lastTakeover(world, runs.get(victim));
            times.add(last - killedAt.get(victim));
        }
        return times;
    }

    private static double lastTakeover(World world, List<String> runs) throws InterruptedException {
        String list = "'" + String.join("', '", new TreeSet<>(runs)) + "'";
        String takeovers = " FROM events WHERE run::text IN (%s) AND type = 'run.claimed'".formatted(list);
        if (!World.await(
                Duration.ofSeconds(60),
                () -> world.postgres().number("SELECT count(DISTINCT run)" + takeovers) == runs.size())) {
            world.blame("not taken over", runs);
            return 999;
        }
        return Double.parseDouble(world.postgres()
                .column("SELECT extract(epoch FROM max(at)) FROM (SELECT run, min(at) AS at" + takeovers
                        + " GROUP BY run) AS first")
                .getFirst());
    }

    private static double now(World world) {
        return Double.parseDouble(world.postgres()
                .column("SELECT extract(epoch FROM clock_timestamp())")
                .getFirst());
    }
}
