package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// D5. One of three replicas lives in another time: an hour ahead, an hour behind, in jumps, too fast, too slow.
final class ClockSkew implements Experiment {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    private static final List<String> TIMES =
            List.of("+3600s", "-3600s", "+3600s", "-3600s", "+0s", "+1800s x1.5", "-1800s x0.7");

    @Override
    public String name() {
        return "D5";
    }

    @Override
    public String title() {
        return "clock skew";
    }

    @Override
    public Figures run(World world) throws Exception {
        var clock = world.folder().resolve("clock");
        set(clock, "+0s");
        world.replicas(2);
        var skewed = world.replica(environment(clock)).start().awaitReady();
        world.agent("worker", "effect_read", "effect_keyed", "effect_unkeyed", "wait");
        world.model()
                .script(
                        "nap",
                        asked -> asked.turn() == 2
                                ? Script.Said.text("rested " + asked.run())
                                : Script.Said.call(
                                        "wait",
                                        Map.of(
                                                "seconds",
                                                2 + Math.floorMod(asked.run().hashCode(), 4))));
        int each = world.size().of(4, 18);
        var load = new Load(world, "worker", TIMES.size() * each * 4, 30, n -> n % 2 == 0 ? "nap" : "chain");
        var shifts = new ArrayList<Double>();
        for (String time : TIMES) {
            set(clock, time);
            TimeUnit.SECONDS.sleep(each);
            shifts.add(shift(skewed));
        }
        load.join();
        boolean quiet = World.await(Duration.ofSeconds(60), () -> world.open() == 0);
        world.note("shifts.txt", shifts.stream().map(String::valueOf).toList());
        return figures(world, load, shifts).exactly("stuck", quiet ? 0 : world.open(), 0);
    }

    /// Of a replica that reads the time from a file.
    static Map<String, String> environment(Path clock) {
        var library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(LIBRARIES.getFirst());
        Missing.unlessFile(library, "apt-get install libfaketime");
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                // Real clocks jump; what counts time that has passed does not.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    private static Figures figures(World world, Load load, List<Double> shifts) {
        var check = new Check(world, load);
        var database = world.postgres();
        return new Figures()
                .exactly("leases stolen", stolen(world), 0)
                .told("leases that ran out, their owners knowing", check.takeovers() - stolen(world), "")
                .exactly("timers more than 1 s from the database's time", timersOff(database), 0)
                .exactly(
                        "events before an earlier one's time",
                        database.number("SELECT count(*) FROM (SELECT at, lag(at) OVER (PARTITION BY run ORDER BY seq)"
                                + " AS before FROM log) AS l WHERE at < before"),
                        0)
                .exactly("logs with a gap", check.gaps(), 0)
                .exactly("lost", check.lost(), 0)
                .exactly("steps committed twice", check.committedTwice(), 0)
                .exactly("committed steps begun again", check.wentBack(), 0)
                .exactly("keyed effects not done once", check.keyedNotOnce(), 0)
                .exactly("runs failed", check.failed(), 0)
                .atLeast("timers", timers(database), "", 20)
                .atLeast(
                        "furthest ahead",
                        shifts.stream().mapToDouble(s -> s).max().orElse(0),
                        "s",
                        3_500)
                .atMost(
                        "furthest behind",
                        shifts.stream().mapToDouble(s -> s).min().orElse(0),
                        "s",
                        -3_500)
                .atLeast(
                        "replicas that carried runs on",
                        database.number("SELECT count(DISTINCT replica) FROM runs"),
                        "",
                        3);
    }

    /// Runs that were taken over while their owner still believed in its lease. A computer that is too busy to renew
    /// one in time loses it rightly, and its owner says so before anybody takes it.
    private static long stolen(World world) {
        var taken = world.postgres()
                .column("SELECT run FROM events WHERE type = 'run.claimed' AND data::text LIKE '%takeover%'");
        var logs = new StringBuilder();
        try (var files = Files.list(world.folder())) {
            for (var log : files.filter(file -> file.toString().matches(".*replica-\\d+.log"))
                    .toList()) {
                logs.append(Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken.stream()
                .filter(run -> !logs.toString().contains("Run " + run + " is no longer carried on here: its lease")
                        && !logs.toString().contains("Run " + run + " cannot be carried on now"))
                .count();
    }

    private static final String TIMER = " FROM log w JOIN log c ON c.run = w.run AND c.seq = w.seq + 1"
            + " WHERE w.type = 'run.waiting' AND c.type = 'run.claimed'";

    private static long timers(Postgres database) {
        return database.number("SELECT count(*)" + TIMER);
    }

    private static long timersOff(Postgres database) {
        return database.number("SELECT count(*)" + TIMER + " AND abs(extract(epoch FROM c.at - w.at)"
                + " - (w.data::json ->> 'forMs')::numeric / 1000) > 1");
    }

    static void set(Path clock, String time) {
        try {
            // Whole or not at all: the process reads it while we write.
            var next = clock.resolveSibling("clock.next");
            Files.writeString(next, time + "\n");
            Files.move(next, clock, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How far ahead of ours the replica's clock is, in seconds, by the date of an answer.
    private static double shift(Replica replica) throws IOException {
        var connection = URI.create(replica.url() + "/health").toURL().openConnection();
        return (connection.getHeaderFieldDate("Date", 0) - System.currentTimeMillis()) / 1000.0;
    }
}
