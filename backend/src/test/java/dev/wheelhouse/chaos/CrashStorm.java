package dev.wheelhouse.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// D1. Runs of five steps while replicas are killed every 5 s, and Postgres loses its power five times.
final class CrashStorm implements Experiment {

    private static final Duration AFTER_LAST_FAULT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "D1";
    }

    @Override
    public String title() {
        return "crash storm";
    }

    @Override
    public Figures run(World world) throws Exception {
        int count = world.size().of(400, 10_000);
        var replicas = world.replicas(3);
        world.agent("worker", "effect_read", "effect_keyed", "effect_unkeyed", "wait");
        world.model().manners(40, 0.01);
        world.model().script("parallel", CrashStorm::parallel);
        world.model().script("timer", CrashStorm::timer);
        world.model().script("long", CrashStorm::longer);
        var load = new Load(world, "worker", count, world.size().of(64, 400), CrashStorm::script);
        int[] faults = storm(world, replicas, load, world.random("nemesis"));
        long lastFault = System.nanoTime();
        load.join();
        boolean quiet = World.await(AFTER_LAST_FAULT.multipliedBy(4), () -> world.open() == 0);
        double settled = (System.nanoTime() - lastFault) / 1e9;
        long unsettled = settle(world);
        var check = new Check(world, load);
        return new Figures()
                .exactly("lost", check.lost(), 0)
                .exactly("stuck", quiet ? 0 : world.open(), 0)
                .atMost("all ended after the last fault", settled, "s", AFTER_LAST_FAULT.toSeconds())
                .exactly("steps committed twice", check.committedTwice(), 0)
                .exactly("committed steps begun again", check.wentBack(), 0)
                .exactly("logs with a gap", check.gaps(), 0)
                .exactly("keyed effects not done once", check.keyedNotOnce(), 0)
                .exactly("unkeyed effects repeated", check.unkeyedRepeated(), 0)
                .exactly("runs failed", check.failed(), 0)
                .told("runs", count, "")
                .atLeast("kills", faults[0], "", world.size().of(3, 20))
                .exactly("Postgres restarts", faults[1], world.size().of(1, 5))
                .atLeast("takeovers", check.takeovers(), "", world.size().of(5, 100))
                .told("keyed calls caught by their key", world.effects().repeatsCaughtByKey(), "")
                .atLeast(
                        "unkeyed effects that asked",
                        check.asked(),
                        "",
                        world.size().of(0, 1));
    }

    /// A person says of each effect in doubt that it happened; then there is no run left.
    private static long settle(World world) throws InterruptedException {
        for (String id :
                world.postgres().column("SELECT id FROM questions WHERE state = 'open' AND kind = 'outcome'")) {
            world.api()
                    .post("/api/v1/approvals/" + id + "/decision", "{\"decision\":\"happened\"}", "settle-" + id)
                    .expect(200);
        }
        String left = "SELECT count(*) FROM runs WHERE ended_at IS NULL";
        World.await(AFTER_LAST_FAULT, () -> world.postgres().number(left) == 0);
        return world.postgres().number(left);
    }

    /// Mostly two keyed acts in turn; a tenth has an act without a key; some wait, some do three things at once, and
    /// one in a hundred has an act that takes longer than a lease.
    private static String script(int n) {
        if (n % 100 == 4) {
            return "long";
        }
        return switch (n % 10) {
            case 0 -> "unkeyed";
            case 1 -> "read";
            case 2 -> "parallel";
            case 3 -> "timer";
            default -> "chain";
        };
    }

    private static Script.Said parallel(Script.ApprovalRequest asked) {
        return asked.turn() == 1
                ? Script.Said.text("done " + asked.run())
                : Script.Said.calls(
                        new Script.Call("effect_keyed", Script.act(asked.run(), "a0", 200)),
                        new Script.Call("effect_keyed", Script.act(asked.run(), "a1", 200)),
                        new Script.Call("effect_keyed", Script.act(asked.run(), "a2", 200)));
    }

    private static Script.Said timer(Script.ApprovalRequest asked) {
        return switch (asked.turn()) {
            case 0 -> Script.Said.call("wait", Map.of("seconds", 1));
            case 1 -> Script.Said.call("effect_keyed", Script.act(asked.run(), "a0", 200));
            default -> Script.Said.text("done " + asked.run());
        };
    }

    private static Script.Said longer(Script.ApprovalRequest asked) {
        return switch (asked.turn()) {
            case 0 -> Script.Said.call("effect_keyed", Map.of("run", asked.run(), "act", "a0", "forMs", 10_000));
            case 1 -> Script.Said.call("effect_keyed", Script.act(asked.run(), "a1", 200));
            default -> Script.Said.text("done " + asked.run());
        };
    }

    /// Kills until all runs were accepted and Postgres has fallen often enough.
    private static int[] storm(World world, List<Replica> replicas, Load load, Random random) throws Exception {
        var alive = new ArrayList<>(replicas);
        int kills = 0;
        int restarts = 0;
        int wanted = world.size().of(1, 5);
        while (!load.isAccepted() || restarts < wanted && !load.isBroken()) {
            TimeUnit.SECONDS.sleep(5);
            var victim = alive.get(random.nextInt(alive.size()));
            victim.kill();
            victim.start();
            kills++;
            if (restarts < wanted && load.accepted() >= (restarts + 1.0) / (wanted + 1) * load.count()) {
                world.postgres().restartAtOnce();
                restarts++;
            }
        }
        return new int[] {kills, restarts};
    }
}
