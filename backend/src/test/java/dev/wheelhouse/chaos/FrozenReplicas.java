package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// D2. Replicas that are frozen in the middle of their work for twice the lease, wake up and believe that nothing has
/// happened: what they write then must be refused. What they had sent just before is on the wire all the while and
/// arrives when they wake: that no clock of theirs can stop, only the epoch.
final class FrozenReplicas implements Experiment {

    private static final Duration LEASE = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "D2";
    }

    @Override
    public String title() {
        return "zombies";
    }

    @Override
    public Figures run(World world) throws Exception {
        int pauses = world.size().of(4, 30);
        // A slow disk: there are always writes on their way when a replica freezes.
        world.startPostgres("commit_delay = 100000", "commit_siblings = 0");
        var wires = new HashMap<Replica, Wire>();
        var replicas = start(world, wires);
        world.agent("worker", "effect_keyed");
        world.model().script("slow", Script.slowChain(60, "effect_keyed", "effect_keyed", "effect_keyed"));
        var load = new Load(world, "worker", world.size().of(2_000, 30_000), 160, n -> "slow");
        int frozen = freeze(world, wires, load, pauses);
        load.stop();
        boolean quiet = World.await(Duration.ofSeconds(60), () -> world.open() == 0);
        wires.values().forEach(Wire::close);
        var check = new Check(world, load);
        return new Figures()
                .exactly("stale commits", staleCommits(world), 0)
                .exactly("steps committed twice", check.committedTwice(), 0)
                .exactly("keyed effects not done once", check.keyedNotOnce(), 0)
                .exactly("lost", check.lost(), 0)
                .exactly("stuck", quiet ? 0 : world.open(), 0)
                .exactly("runs failed", check.failed(), 0)
                .atLeast(
                        "stale writes refused by the epoch",
                        world.metric("wheelhouse_runs_stale_writes_rejected_total"),
                        "",
                        world.size().of(1, 20))
                .told("stopped by the replica's own clock", givenUp(replicas), "")
                .exactly("pauses of twice the lease", frozen, pauses)
                .told("runs", load.accepted(), "")
                .atLeast("takeovers", check.takeovers(), "", pauses)
                .told("keyed calls caught by their key", world.effects().repeatsCaughtByKey(), "");
    }

    private static List<Replica> start(World world, Map<Replica, Wire> wires) throws InterruptedException {
        String url = world.postgres().url();
        for (int n = 0; n < 4; n++) {
            var wire = new Wire(world.postgres().port());
            String through = url.replace(":" + world.postgres().port() + "/", ":" + wire.port() + "/");
            var settings = Map.of("RUNS_LEASE", LEASE.toSeconds() + "s", "DATABASE_URL", through);
            wires.put(world.replica(settings).start(), wire);
        }
        return world.ready();
    }

    /// Two of four at a time, so that half of all runs change hands.
    private static int freeze(World world, Map<Replica, Wire> wires, Load load, int pauses)
            throws InterruptedException {
        var random = world.random("nemesis");
        int done = 0;
        while (done < pauses && !load.isBroken()) {
            var order = new ArrayList<>(world.known());
            Collections.shuffle(order, random);
            var victims = order.subList(0, 2);
            TimeUnit.MILLISECONDS.sleep(1_500 + random.nextInt(1_000));
            victims.forEach(victim -> wires.get(victim).hold());
            TimeUnit.MILLISECONDS.sleep(200);
            victims.forEach(Replica::freeze);
            TimeUnit.MILLISECONDS.sleep(2 * LEASE.toMillis());
            victims.forEach(victim -> wires.get(victim).deliver());
            victims.forEach(Replica::thaw);
            done += victims.size();
        }
        return done;
    }

    /// Results in the log that came through a replica which did not own the run when they were written: the effect
    /// server told each caller its port, and the log tells who had claimed. The first owner of a run is not in its
    /// log: it is who brought the first result.
    private static long staleCommits(World world) throws InterruptedException {
        Map<String, Integer> ports = new HashMap<>();
        for (var replica : world.ready()) {
            var info = world.api().once(replica.url(), "GET", "/info", null, null, "application/json");
            ports.put(info.body().path("replica").asText(), replica.port());
        }
        Set<String> wrong = new HashSet<>();
        Map<String, Integer> owner = new HashMap<>();
        for (var row : world.postgres()
                .rows("SELECT run, type, step, data FROM log WHERE type IN ('run.claimed',"
                        + " 'step.succeeded') ORDER BY run, seq")) {
            JsonNode data = Json.read(row.get(3));
            String run = row.get(0);
            int port = data.path("output").path("port").asInt(0);
            if (row.get(1).equals("run.claimed")) {
                owner.put(run, ports.getOrDefault(data.path("replica").asText(), 0));
            } else if (port != 0 && owner.computeIfAbsent(run, first -> port) != port) {
                wrong.add(run);
            }
        }
        world.blame("stale commit", wrong);
        return wrong.size();
    }

    private static long givenUp(List<Replica> replicas) {
        return replicas.stream().mapToLong(FrozenReplicas::givenUp).sum();
    }

    private static long givenUp(Replica replica) {
        try (var lines = Files.lines(replica.log())) {
            return lines.filter(line -> line.contains("could not be renewed in time")
                            || line.contains("did not take the write in time"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
