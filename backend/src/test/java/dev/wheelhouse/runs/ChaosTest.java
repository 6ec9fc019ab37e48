package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real processes that are killed and frozen, a real Postgres, and a world outside that counts. Small forms of the
/// experiments D1, D2, D3 and D11 of the bar, which `make chaos` carries out whole; the seed stands in every failure.
class ChaosTest {

    private static final int KILLS = 3;

    private static final RunsConfig ONLY_ASKING =
            new RunsConfig(Duration.ofSeconds(2), Duration.ofSeconds(10), 0, Duration.ZERO);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final String url = TestDatabase.fresh();
    private final List<Replica> replicas = new ArrayList<>();

    private final class Replica {
        final Process process;
        final AtomicInteger stale = new AtomicInteger();
        String name = "";

        Replica(EffectServer effects, int leaseMillis, int atOnce) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ChaosReplica.class.getName(),
                            url,
                            effects.url(),
                            "" + leaseMillis,
                            "" + atOnce)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            replicas.add(this);
            var lines = process.inputReader();
            name = firstLine(lines).substring("READY ".length());
            Thread.ofVirtual()
                    .start(() ->
                            lines.lines().filter(l -> l.startsWith("STALE")).forEach(l -> stale.incrementAndGet()));
        }

        private static String firstLine(BufferedReader lines) throws IOException {
            var line = lines.readLine();
            while (line != null && !line.startsWith("READY")) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        }

        void signal(String signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
        }
    }

    @AfterEach
    void endTheProcesses() {
        replicas.forEach(replica -> replica.process.destroyForcibly());
    }

    @Test
    void two_hundred_runs_survive_kills_with_nothing_lost_stuck_or_repeated() throws Exception {
        try (var effects = new EffectServer(seed, 200);
                var api = new TestReplica(url, run -> history -> new Next.Succeed(""), ONLY_ASKING)) {
            var alive = new ArrayList<Replica>();
            for (int n = 0; n < 3; n++) {
                alive.add(new Replica(effects, 2_000, 16));
            }
            var runs = start(api, 200);
            var done = new AtomicBoolean();
            var transcripts = watchReconnecting(api, runs.subList(0, 30), done);
            for (int kill = 1; kill <= KILLS; kill++) {
                int left = runs.size() - kill * runs.size() / (KILLS + 1);
                Await.until("no more than %d open runs".formatted(left), () -> open() <= left);
                alive.remove(random.nextInt(alive.size())).signal("KILL");
                alive.add(new Replica(effects, 2_000, 16));
            }
            awaitAllEnded();
            assertThat(open()).as("stuck runs, seed %d", seed).isZero();
            assertThat(number("SELECT count(*) FROM events WHERE type = 'run.claimed' AND data LIKE '%takeover%'"))
                    .as("takeovers")
                    .isPositive();
            assertNothingLostOrRepeated(runs, effects);
            done.set(true);
            for (var transcript : transcripts) {
                transcript.get(Await.LONGEST.toSeconds(), TimeUnit.SECONDS);
            }
            System.out.printf(
                    "D1 small: %d runs, %d kills, %d takeovers, seed %d%n",
                    runs.size(),
                    KILLS,
                    number("SELECT count(*) FROM events WHERE type = 'run.claimed' AND data LIKE '%takeover%'"),
                    seed);
        }
    }

    private List<Run> start(TestReplica api, int count) {
        var runs = new ArrayList<Run>();
        for (int n = 0; n < count; n++) {
            String third = n % 10 == 0 ? "unkeyed" : "keyed";
            runs.add(api.runs.start(
                    NewRun.of(TENANT, new Program.Pin("agent", third, 1), "[]").build()));
        }
        return runs;
    }

    private long open() {
        return number(
                "SELECT count(*) FROM runs WHERE ended_at IS NULL AND coalesce(waiting, '') <> 'outcome_unknown'");
    }

    private long number(String sql) {
        return Long.parseLong(TestDatabase.query(url, sql));
    }

    private void assertNothingLostOrRepeated(List<Run> runs, EffectServer effects) {
        assertThat(number("SELECT count(*) FROM runs")).as("runs on record").isEqualTo(runs.size());
        assertThat(number("SELECT count(*) FROM runs WHERE state NOT IN ('succeeded', 'waiting')"))
                .isZero();
        assertThat(number("SELECT count(*) FROM (SELECT run, step FROM log WHERE type = 'step.succeeded'"
                        + " GROUP BY run, step HAVING count(*) > 1) AS twice"))
                .as("steps committed twice")
                .isZero();
        assertThat(number(
                        "SELECT count(*) FROM (SELECT run, count(*) AS n, max(seq) AS last FROM log GROUP BY run) AS l"
                                + " WHERE n <> last"))
                .as("logs with a gap")
                .isZero();
        assertThat(effects.committedStepsRepeated)
                .as("committed steps begun again, seed %d", seed)
                .hasValue(0);
        for (var run : runs) {
            if (run.program().name().equals("unkeyed")) {
                assertThat(unkeyedCalls(effects, run))
                        .as("unkeyed effects of one step, seed %d", seed)
                        .isBetween(isOutcomeUnknown(run) ? 0 : 1, 1);
            }
        }
        long unknown = number("SELECT count(*) FROM runs WHERE state = 'waiting'");
        long committed = number("SELECT count(*) FROM log WHERE type = 'step.succeeded'");
        assertThat(committed).isEqualTo((runs.size() - unknown) * ChaosReplica.STEPS + unknown * 2);
    }

    private static int unkeyedCalls(EffectServer effects, Run run) {
        var calls = effects.calls.get(run.id() + ":3");
        return calls == null ? 0 : calls.get();
    }

    /// A replica that dies between writing that it begins and beginning leaves a question, and no effect.
    private boolean isOutcomeUnknown(Run run) {
        return number("SELECT count(*) FROM runs WHERE state = 'waiting' AND id = '%s'".formatted(run.id())) == 1;
    }

    /// Clients that drop their stream at random and come back with the last seq they saw.
    private static List<CompletableFuture<Void>> watchReconnecting(
            TestReplica api, List<Run> runs, AtomicBoolean done) {
        return runs.stream()
                .map(run -> CompletableFuture.runAsync(
                        () -> {
                            var whole = new ArrayList<Integer>();
                            boolean ended = false;
                            while (!ended && !done.get()) {
                                var part = new Transcript();
                                try (var watch = api.runs.watch(TENANT, run.id(), whole.size(), part)) {
                                    ended = part.endedWithin(
                                            Duration.ofMillis(100 + run.id().hashCode() % 97));
                                }
                                whole.addAll(part.seqs());
                            }
                            for (int at = 0; at < whole.size(); at++) {
                                assertThat(whole.get(at))
                                        .as("transcript of %s: %s", run.id(), whole)
                                        .isEqualTo(at + 1);
                            }
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toList();
    }

    @Test
    void frozen_replica_finds_its_writes_refused_when_it_wakes() throws Exception {
        try (var effects = new EffectServer(seed, 400);
                var api = new TestReplica(url, run -> history -> new Next.Succeed(""), ONLY_ASKING)) {
            var frozen = new Replica(effects, 1_500, 12);
            // Started before there are runs: on a busy computer its start takes longer than their work.
            var other = new Replica(effects, 1_500, 32);
            other.signal("STOP");
            var runs = start(api, 60);
            awaitOwner(frozen);
            for (int round = 0; round < 3 && open() > 0; round++) {
                frozen.signal("STOP");
                other.signal("CONT");
                awaitNone(ownedBy(frozen));
                frozen.signal("CONT");
                awaitOwnerAgain(frozen);
            }
            awaitAllEnded();
            assertNothingLostOrRepeated(runs, effects);
            assertThat(other.process.isAlive()).isTrue();
            long takeovers =
                    number("SELECT count(*) FROM events WHERE type = 'run.claimed' AND data LIKE '%takeover%'");
            assertThat(takeovers).as("takeovers, seed %d", seed).isPositive();
            System.out.printf(
                    "D2 small: %d takeovers, %d stale writes refused by the fence, seed %d%n",
                    takeovers, frozen.stale.get(), seed);
        }
    }

    @Test
    void runs_of_a_dead_replica_are_owned_by_others_within_the_lease() throws Exception {
        try (var effects = new EffectServer(seed, 3_000);
                var api = new TestReplica(url, run -> history -> new Next.Succeed(""), ONLY_ASKING)) {
            var victim = new Replica(effects, 4_000, 20);
            // Started before there are runs: on a busy computer its start takes longer than the victim's work.
            var other = new Replica(effects, 4_000, 64);
            other.signal("STOP");
            start(api, 20);
            awaitOwner(victim);
            String killedAt = TestDatabase.query(url, "SELECT now()");
            victim.signal("KILL");
            other.signal("CONT");
            awaitNone(ownedBy(victim));
            long took = number(
                    "SELECT coalesce(max(extract(epoch FROM at - '%s'::timestamptz) * 1000)::bigint, 0) FROM events"
                                    .formatted(killedAt)
                            + " WHERE type = 'run.claimed' AND data LIKE '%takeover%'");
            System.out.printf("D3 small: the last of the dead replica's runs was owned by another after %d ms%n", took);
            // The bar of 15 s is for a computer that has nothing else to do: make chaos EXPERIMENT=D3.
            assertThat(took).isBetween(1L, 60_000L);
        }
    }

    private static String ownedBy(Replica replica) {
        return "SELECT count(*) FROM runs WHERE ended_at IS NULL AND replica = '%s'".formatted(replica.name);
    }

    private void awaitOwner(Replica replica) throws InterruptedException {
        awaitNone("SELECT CASE WHEN count(*) > 5 THEN 0 ELSE 1 END FROM runs WHERE replica = '" + replica.name + "'");
    }

    /// Or until the other has taken all there are.
    private void awaitOwnerAgain(Replica replica) throws InterruptedException {
        awaitNone("SELECT CASE WHEN (%s) > 0 THEN 0 ELSE count(*) END FROM runs WHERE state = 'queued'"
                .formatted(ownedBy(replica)));
    }

    private void awaitAllEnded() throws InterruptedException {
        awaitNone("SELECT count(*) FROM runs WHERE ended_at IS NULL AND coalesce(waiting, '') <> 'outcome_unknown'");
    }

    private void awaitNone(String count) throws InterruptedException {
        Await.until("%s is 0, seed %d".formatted(count, seed), () -> number(count) == 0);
    }
}
