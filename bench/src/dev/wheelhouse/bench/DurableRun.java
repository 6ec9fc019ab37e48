package dev.wheelhouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a run costs: each is asked for by a POST and followed to its end over SSE, with keys, tenant and trace on.
final class DurableRun implements Bench.Measured {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final String SUM = "{\"input\":\"what is 17 * 23\"}";

    /// @param agent null for the floor
    private record Way(String name, Running server, String agent, String input, String path) {}

    /// What one round of one way has shown, by name.
    private final Map<String, Map<String, Rounds>> found = new TreeMap<>();

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var postgres = stage.postgres();
        var floor = stage.floor(postgres);
        var replica = stage.replica(postgres, "wheelhouse", Map.of());
        var ways = List.of(
                new Way("floor", floor, "", "{}", "/runs"),
                new Way("ours", replica, "assistant", SUM, ""),
                new Way("floor, model 20 ms", floor, "", "{}", "/slow"),
                new Way("ours, model 20 ms", replica, "remote", "chain run-%d 1 20", ""),
                new Way("ours, model over HTTP", replica, "remote", "chain run-%d 1 0", ""));
        warmUp(stage, ways);
        postgres.execute("CHECKPOINT");
        for (int round = 0; round < ROUNDS; round++) {
            for (int atOnce : new int[] {64, 1, 16, 256}) {
                round(stage, postgres, rotated(ways.subList(0, 2), round), atOnce, atOnce == 64 ? 5 : 2);
            }
            round(stage, postgres, rotated(ways.subList(2, 5), round), 64, 2.5);
        }
        tell(figures);
    }

    private static void warmUp(Stage stage, List<Way> ways) throws Exception {
        for (var way : ways) {
            try (var load = new Load(way.server().port(), stage.key, 64)) {
                load.untilCompiled(way.server(), (client, number) -> once(way, client, number));
            }
        }
    }

    private static <T> List<T> rotated(List<T> all, int by) {
        var turned = new ArrayList<>(all);
        java.util.Collections.rotate(turned, by);
        return turned;
    }

    private void round(Stage stage, Postgres postgres, List<Way> ways, int atOnce, double seconds) throws Exception {
        for (var way : ways) {
            try (var load = new Load(way.server().port(), stage.key, atOnce)) {
                load.times(atOnce, (client, number) -> once(way, client, number));
                String database = way.agent().isEmpty() ? "floor" : "wheelhouse";
                double statements = postgres.statements(database);
                double log = postgres.log();
                double app = way.server().cpu();
                double database0 = postgres.cpu();
                long switches = way.server().switches();
                var done = load.forSeconds(seconds, (client, number) -> once(way, client, number));
                // What is written a little later belongs to the runs, too.
                Thread.sleep(300);
                String where = way.name() + " c=" + atOnce;
                double appCpu = (way.server().cpu() - app) / done.count() * 1_000;
                double databaseCpu = (postgres.cpu() - database0) / done.count() * 1_000;
                add(where, "app", appCpu);
                add(where, "postgres", databaseCpu);
                add(where, "cpu", appCpu + databaseCpu);
                add(where, "statements", (postgres.statements(database) - statements) / done.count());
                add(where, "log", (postgres.log() - log) / done.count());
                add(where, "switches", (double) (way.server().switches() - switches) / done.count());
                add(where, "p50", done.millis().at(0.5));
                add(where, "p99", done.millis().at(0.99));
                add(where, "rate", done.perSecond());
                if (Boolean.getBoolean("bench.verbose")) {
                    System.out.println(
                            "  " + where + ": " + done.count() + " runs, CPU " + Figures.plain(appCpu + databaseCpu));
                }
            }
        }
    }

    private static void once(Way way, Client client, int number) {
        if (way.agent().isEmpty()) {
            check(client.post(way.path(), way.input()));
            return;
        }
        String body = way.input().startsWith("{")
                ? way.input()
                : "{\"input\":\"" + way.input().formatted(number) + "\"}";
        String id = client.post("/api/v1/agents/" + way.agent() + "/runs", body).field("id");
        check(client.stream("/api/v1/runs/" + id + "/events", 0, none -> {}));
    }

    private static void check(Client.Answer answer) {
        if (answer.status() != 200 || !answer.body().contains("event: run.succeeded")) {
            throw new IllegalStateException("A run did not succeed: " + answer);
        }
    }

    private void add(String where, String what, double value) {
        found.computeIfAbsent(where, none -> new TreeMap<>())
                .merge(what, Rounds.of(value), (before, now) -> before.with(value));
    }

    private void tell(Figures figures) {
        var ours = found.get("ours c=64");
        figures.atMost("CPU-s per 1,000 runs, c=64, backend + Postgres", trusted(64, "cpu"), "s", 1.0);
        figures.told("  of it backend", ours.get("app"), "s");
        figures.told("  of it Postgres", ours.get("postgres"), "s");
        figures.atMost("SQL statements per run, c=64", ours.get("statements"), "", 2);
        figures.atMost("WAL per run, c=64", ours.get("log"), "bytes", 1_800);
        figures.told(
                "  statements / WAL bytes at c=1: statements",
                found.get("ours c=1").get("statements"),
                "");
        figures.told("  WAL per run, c=1", found.get("ours c=1").get("log"), "bytes");
        figures.told("context switches of the backend per run, c=64", ours.get("switches"), "");
        for (int atOnce : new int[] {1, 16, 64, 256}) {
            String name = String.format(Locale.ROOT, "c=%d", atOnce);
            var mine = found.get("ours " + name);
            var floor = found.get("floor " + name);
            var cpu = floor.get("cpu");
            figures.told(
                    "CPU over the floor's, " + name, mine.get("cpu").over(cpu).trusted(cpu), "x");
            figures.told("  CPU-s per 1,000 runs, " + name, mine.get("cpu"), "s");
            figures.told("  the floor's, " + name, cpu, "s");
            figures.told(
                    "  p50 over the floor's, " + name,
                    mine.get("p50").over(floor.get("p50")).trusted(cpu),
                    "x");
            figures.told("  p99 over p50, " + name, mine.get("p99").over(mine.get("p50")), "x");
            figures.told("  runs per second, " + name, mine.get("rate"), "/s");
        }
        figures.told(
                "CPU-s per 1,000 runs, model over HTTP at 0 ms, c=64",
                found.get("ours, model over HTTP c=64").get("cpu"),
                "s");
        figures.told(
                "CPU-s per 1,000 runs, model over HTTP at 20 ms, c=64",
                found.get("ours, model 20 ms c=64").get("cpu"),
                "s");
        figures.told(
                "  p50 over the floor's with 20 ms",
                found.get("ours, model 20 ms c=64")
                        .get("p50")
                        .over(found.get("floor, model 20 ms c=64").get("p50")),
                "x");
    }

    private Rounds trusted(int atOnce, String what) {
        return found.get("ours c=" + atOnce)
                .get(what)
                .trusted(found.get("floor c=" + atOnce).get("cpu"));
    }
}
