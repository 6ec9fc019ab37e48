package dev.wheelhouse.chaos;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.testing.FaultProxy;
import dev.wheelhouse.testing.FaultProxy.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// D12. Nearly every third statement and connection meets a fault while 500 callers share a pool of five.
final class FaultyPostgres implements Experiment {

    private static final int CALLERS = 500;
    private static final int POOL = 5;
    private static final double SHARE = 0.3;

    @Override
    public String name() {
        return "D12";
    }

    @Override
    public String title() {
        return "faults of Postgres under load";
    }

    @Override
    public Figures run(World world) throws Exception {
        try (var proxy = new FaultProxy(world.postgres().port(), world.seed())) {
            var replica = world.replica(Map.of(
                            "DATABASE_URL", proxy.before(world.postgres().url()), "DATABASE_CONNECTIONS", "" + POOL))
                    .start()
                    .awaitReady();
            world.agent("worker", "effect_read", "effect_keyed", "effect_unkeyed");
            world.model().manners(200, 0);
            proxy.fail(SHARE);
            var load = new Load(world, "worker", world.size().of(40, 300), 16, n -> "chain");
            var visitor = new Visitor(replica.url());
            double health = visit(world, visitor, replica);
            load.join();
            proxy.fail(0);
            boolean quiet = World.await(Duration.ofSeconds(40), () -> world.open() == 0);
            world.note("complaints.txt", visitor.complaints());
            var figures = figures(world, visitor, load, proxy).exactly("stuck", quiet ? 0 : world.open(), 0);
            figures.atMost("/health p99", health, "ms", 200);
            return held(world, figures);
        }
    }

    private static Figures figures(World world, Visitor visitor, Load load, FaultProxy proxy) {
        var check = new Check(world, load);
        var recorded = world.postgres().column("SELECT id FROM runs");
        long lost = visitor.accepted().stream()
                .filter(run -> !recorded.contains(run))
                .count();
        double share = 100.0 * statementFaults(proxy) / Math.max(1, proxy.statements());
        var figures = new Figures()
                .exactly("answers 5xx that are no 503 with Retry-After", visitor.unexplained(), 0)
                .exactly("broken connections", visitor.with(0), 0)
                .exactly("accepted runs lost", lost, 0)
                .exactly("steps committed twice", check.committedTwice(), 0)
                .exactly("committed steps begun again", check.wentBack(), 0)
                .exactly("logs with a gap", check.gaps(), 0)
                .exactly("keyed effects not done once", check.keyedNotOnce(), 0)
                .exactly("runs failed", check.failed(), 0)
                .told("requests", visitor.asked(), "")
                .told("answered", 100.0 * (visitor.with(200) + visitor.with(201)) / Math.max(1, visitor.asked()), "%")
                .told("answered 503 with Retry-After", visitor.with(503), "")
                .atLeast("statements that met a fault", share, "%", 100 * SHARE - 5);
        for (var fault : Fault.values()) {
            figures.atLeast(fault.name().toLowerCase(java.util.Locale.ROOT), proxy.met(fault), "", 1);
        }
        return figures;
    }

    private static long statementFaults(FaultProxy proxy) {
        long sum = 0;
        for (var fault : Fault.values()) {
            sum += fault == Fault.RESET_AT_CONNECT ? 0 : proxy.met(fault);
        }
        return sum;
    }

    /// The callers' time; gives the 99th percentile of /health in milliseconds.
    private static double visit(World world, Visitor visitor, Replica replica) throws InterruptedException {
        var done = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            threads.add(Thread.ofVirtual().start(() -> call(world, visitor, number, done)));
        }
        var times = new ArrayList<Double>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(world.size().of(15, 90));
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            int status = replica.status("/health");
            times.add(status == 200 ? (System.nanoTime() - began) / 1e6 : 1e6);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        done.set(true);
        for (var thread : threads) {
            thread.join();
        }
        Collections.sort(times);
        return times.get((int) Math.ceil(times.size() * 0.99) - 1);
    }

    private static void call(World world, Visitor visitor, int number, AtomicBoolean done) {
        var random = world.random("caller " + number);
        try {
            for (int n = 0; !done.get(); n++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(4_000));
                var runs = visitor.accepted();
                String run = runs.isEmpty() ? "01a1fd66-48a3-7000-af8a-35dca4370228" : runs.getLast();
                switch (random.nextInt(8)) {
                    case 0 ->
                        visitor.ask(
                                "POST",
                                "/api/v1/agents/worker/runs",
                                "{\"input\":" + Json.quote("talk v%d-%d".formatted(number, n)) + "}");
                    case 1 -> visitor.ask("GET", "/api/v1/runs?limit=20", null);
                    case 2 -> visitor.ask("GET", "/api/v1/runs/" + run + "/steps", null);
                    case 3 -> visitor.ask("GET", "/api/v1/agents", null);
                    case 4 -> visitor.ask("GET", "/api/v1/threads?limit=20", null);
                    default -> visitor.ask("GET", "/api/v1/runs/" + run, null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Many runs at once in a long call of the model: a connection that were held for it would be busy at every look.
    private static Figures held(World world, Figures figures) throws InterruptedException {
        int calls = 60;
        world.model().script("slow", asked -> {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(8));
            return Script.Said.text("at last");
        });
        for (int n = 0; n < calls; n++) {
            world.api().start("worker", "slow s" + n);
        }
        World.await(Duration.ofSeconds(5), () -> inSlowCall(world) == calls);
        var busy = new ArrayList<Double>();
        for (int look = 0; look < 20; look++) {
            busy.add(world.busyConnections());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        World.await(Duration.ofSeconds(30), () -> world.open() == 0);
        return figures.atLeast("model calls under way at once", inSlowCall(world), "", calls)
                .exactly("connections held during them", Math.round(Collections.min(busy)), 0);
    }

    private static long inSlowCall(World world) {
        return world.model().calls().stream()
                .filter(call -> call.run().startsWith("s"))
                .count();
    }
}
