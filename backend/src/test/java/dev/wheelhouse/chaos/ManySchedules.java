package dev.wheelhouse.chaos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// T1. Schedules on every minute over three replicas, one of which lives in another time, while they are killed.
final class ManySchedules implements Experiment {

    private static final List<String> TIMES = List.of("+3600s", "-3600s", "+90s", "-90s");
    private static final String SLOTS =
            "SELECT trigger, count(*) AS n, min(slot) AS first, max(slot) AS last FROM firings GROUP BY trigger";
    private static final String LATE = "SELECT coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY"
            + " extract(epoch FROM r.created_at - f.slot)) * 1000, 0)::bigint FROM firings f JOIN runs r ON r.id = f.run";

    @Override
    public String name() {
        return "T1";
    }

    @Override
    public String title() {
        return "schedules on the minute";
    }

    @Override
    public Figures run(World world) throws Exception {
        int count = world.size().of(60, 1_000);
        int minutes = world.size().of(2, 6);
        var clock = world.folder().resolve("clock");
        ClockSkew.set(clock, "+0s");
        world.replicas(2);
        var replicas = new java.util.ArrayList<>(world.known());
        replicas.add(world.replica(ClockSkew.environment(clock)).start().awaitReady());
        world.agent("worker");
        for (int n = 0; n < count; n++) {
            world.api().define("/api/v1/triggers/t" + n, """
                            name: t%d
                            agent: worker
                            input: "talk t%d:${slot}"
                            schedule: {cron: "* * * * *", missed: all, overlap: allow}
                            """.formatted(n, n));
        }
        int kills = storm(world, replicas, clock, minutes);
        var database = world.postgres();
        boolean quiet = World.await(
                Duration.ofSeconds(60), () -> database.number("SELECT count(*) FROM firings WHERE state = 'due'") == 0);
        long fired = database.number("SELECT count(*) FROM firings WHERE state = 'started'");
        long slots = database.number(
                "SELECT sum(extract(epoch FROM last - first) / 60 + 1)::bigint FROM (%s) s".formatted(SLOTS));
        long runs = database.number("SELECT count(*) FROM runs WHERE idempotency_key LIKE 'trigger:%'");
        return new Figures()
                .exactly("missed", slots - fired, 0)
                .exactly("doubled", runs - fired, 0)
                .exactly("left", quiet ? 0 : 1, 0)
                .atMost("late, p99", database.number(LATE) / 1_000.0, "s", 2)
                .atLeast("fired", fired, "", (double) count * (minutes - 1))
                .atLeast("kills", kills, "", world.size().of(5, 30));
    }

    private static int storm(World world, List<Replica> replicas, java.nio.file.Path clock, int minutes)
            throws InterruptedException {
        var random = world.random("nemesis");
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        int kills = 0;
        while (System.nanoTime() < end) {
            ClockSkew.set(clock, TIMES.get(kills % TIMES.size()));
            var victim = replicas.get(random.nextInt(replicas.size()));
            victim.kill();
            victim.start();
            kills++;
            TimeUnit.SECONDS.sleep(8);
        }
        return kills;
    }
}
