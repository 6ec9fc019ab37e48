package dev.wheelhouse.chaos;

import dev.wheelhouse.base.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// D13. The whole platform is restarted replica by replica, again and again, while clients behind nginx notice nothing.
final class RollingRestarts implements Experiment {

    private static final int PER_SECOND = 50;

    @Override
    public String name() {
        return "D13";
    }

    @Override
    public String title() {
        return "rolling restarts behind nginx";
    }

    @Override
    public Figures run(World world) throws Exception {
        Missing.unlessProgram("nginx", "apt-get install nginx-light");
        int rounds = world.size().of(2, 20);
        var replicas = world.replicas(3);
        world.agent("worker", "effect_read", "effect_keyed", "effect_unkeyed");
        world.model().manners(400, 0);
        var nginx = new Nginx(world, replicas);
        var visitor = new Visitor(nginx.url());
        var done = new AtomicBoolean();
        var visitors = Executors.newVirtualThreadPerTaskExecutor();
        visitors.submit(() -> visit(world, visitor, visitors, done));
        TimeUnit.SECONDS.sleep(3);
        double slowest = roll(replicas, rounds);
        TimeUnit.SECONDS.sleep(2);
        done.set(true);
        visitors.shutdown();
        boolean left = visitors.awaitTermination(60, TimeUnit.SECONDS);
        visitors.shutdownNow();
        boolean quiet = World.await(Duration.ofSeconds(30), () -> world.open() == 0);
        world.note("complaints.txt", visitor.complaints());
        return figures(world, visitor, rounds * replicas.size())
                .exactly("stuck", quiet ? 0 : world.open(), 0)
                .atMost("longest restart of a replica", slowest, "s", 30)
                .exactly("visitors never answered", left ? 0 : 1, 0)
                .told("passed on by nginx", nginx.passedOn(), "");
    }

    private static Figures figures(World world, Visitor visitor, int restarts) {
        var recorded = world.postgres().column("SELECT id FROM runs WHERE state = 'succeeded'");
        var lost = new ArrayList<>(visitor.accepted());
        lost.removeAll(recorded);
        return new Figures()
                .exactly("failed requests", visitor.complaints().size() + visitor.with(503), 0)
                .exactly("accepted runs that did not succeed", lost.size(), 0)
                .exactly(
                        "runs nobody was promised",
                        recorded.size() - visitor.accepted().size() + lost.size(),
                        0)
                .exactly("steps run again", runAgain(world), 0)
                .atMost("longest hand-over", longestHandOver(world), "s", 2)
                .told("replicas restarted", restarts, "")
                .atLeast("runs handed over", released(world), "", restarts / 3)
                .atLeast("requests", visitor.asked(), "", restarts * 100)
                .told("streams taken up again", visitor.resumed(), "");
    }

    /// Each kind in its turn, as evenly as threads allow.
    private static Void visit(
            World world, Visitor visitor, java.util.concurrent.ExecutorService visitors, AtomicBoolean done)
            throws InterruptedException {
        var random = world.random("visits");
        long next = System.nanoTime();
        for (int n = 0; !done.get(); n++) {
            int kind = random.nextInt(10);
            int number = n;
            visitors.submit(() -> visit(visitor, kind, number));
            next += 1_000_000_000L / PER_SECOND;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
        }
        return null;
    }

    private static Void visit(Visitor visitor, int kind, int number) throws InterruptedException {
        var known = visitor.accepted();
        var run = known.isEmpty() ? null : known.get(known.size() - 1 - number % Math.min(known.size(), 20));
        if (kind < 2 || run == null) {
            String word = number % 3 == 0 ? "unkeyed" : "chain";
            visitor.ask("POST", "/api/v1/agents/worker/runs", "{\"input\":" + Json.quote(word + " r" + number) + "}");
        } else if (kind < 5) {
            visitor.ask("GET", "/api/v1/runs/" + run, null);
        } else if (kind < 7) {
            visitor.ask("GET", "/api/v1/runs?limit=20", null);
        } else if (kind < 8) {
            visitor.ask("GET", "/api/v1/runs/" + run + "/steps", null);
        } else {
            visitor.watch(run);
        }
        return null;
    }

    private static double roll(List<Replica> replicas, int rounds) throws InterruptedException {
        double slowest = 0;
        for (int round = 0; round < rounds; round++) {
            for (var replica : replicas) {
                long began = System.nanoTime();
                replica.term();
                replica.awaitEnd(Duration.ofSeconds(40));
                replica.start().awaitReady();
                slowest = Math.max(slowest, (System.nanoTime() - began) / 1e9);
            }
        }
        return slowest;
    }

    /// Calls that the outside world saw more than once: of the model for one turn, of a tool for one act.
    private static long runAgain(World world) {
        var calls = new HashMap<String, Integer>();
        world.model().calls().forEach(call -> calls.merge(call.run() + " turn " + call.turn(), 1, Integer::sum));
        world.effects().calls().forEach(call -> calls.merge(call.what(), 1, Integer::sum));
        var again = calls.entrySet().stream()
                .filter(call -> call.getValue() > 1)
                .map(call -> call.getKey() + ": " + call.getValue())
                .toList();
        world.note("run-again.txt", again);
        return again.size();
    }

    private static long released(World world) {
        return world.postgres().number("SELECT count(*) FROM events WHERE type = 'run.released'");
    }

    /// From the moment a replica gave a run away to the moment another had it, by the database's clock.
    private static double longestHandOver(World world) {
        return world.postgres()
                        .number("SELECT coalesce(max(extract(epoch FROM c.at - r.at) * 1000), 0)::bigint"
                                + " FROM events r JOIN events c ON c.run = r.run AND c.seq = r.seq + 1"
                                + " WHERE r.type = 'run.released' AND c.type = 'run.claimed'")
                / 1000.0;
    }
}
