package dev.wheelhouse.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a run costs whose model answers over HTTP and SSE at once, and which is streamed to its client as it goes: model,
/// tool, model, asked for by a client of OpenAI's API. Backend and Postgres together, warm.
final class StreamedRun implements Bench.Measured {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Map<Integer, Double> BARS = new TreeMap<>(Map.of(16, 1.6, 64, 1.0, 256, 0.9));
    private static final String SENTENCE = "chain run-%d 1 0";

    /// What is measured, by how many clients ask at once.
    private final Map<Integer, Map<String, Rounds>> found = new TreeMap<>();

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var postgres = stage.postgres();
        var replica = stage.replica(postgres, "wheelhouse", Map.of());
        try (var load = new Load(replica.port(), stage.key, 64)) {
            load.untilCompiled(replica, StreamedRun::once);
        }
        postgres.execute("CHECKPOINT");
        for (int round = 0; round < ROUNDS; round++) {
            for (int atOnce : BARS.keySet()) {
                round(stage, postgres, replica, atOnce);
            }
        }
        tell(figures);
    }

    private void round(Stage stage, Postgres postgres, Running replica, int atOnce) throws Exception {
        try (var load = new Load(replica.port(), stage.key, atOnce)) {
            load.times(atOnce, StreamedRun::once);
            double app = replica.cpu();
            double database = postgres.cpu();
            var done = load.forSeconds(4, StreamedRun::once);
            // What is written a little later belongs to the runs, too.
            Thread.sleep(300);
            double appCpu = (replica.cpu() - app) / done.count() * 1_000;
            double databaseCpu = (postgres.cpu() - database) / done.count() * 1_000;
            add(atOnce, "app", appCpu);
            add(atOnce, "postgres", databaseCpu);
            add(atOnce, "cpu", appCpu + databaseCpu);
            add(atOnce, "p50", done.millis().at(0.5));
            add(atOnce, "rate", done.perSecond());
        }
    }

    private static void once(Client client, int number) {
        String body = "{\"model\":\"remote\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                + SENTENCE.formatted(number)
                + "\"}]}";
        var answer = client.postStream("/v1/chat/completions", body, piece -> {});
        if (answer.status() != 200
                || !answer.body().contains("17 * 23 is 391")
                || !answer.body().contains("[DONE]")) {
            throw new IllegalStateException("A run did not succeed: " + answer);
        }
    }

    private void add(int atOnce, String what, double value) {
        found.computeIfAbsent(atOnce, none -> new TreeMap<>())
                .merge(what, Rounds.of(value), (before, now) -> before.with(value));
    }

    private void tell(Figures figures) {
        BARS.forEach((atOnce, bar) -> {
            var figure = found.get(atOnce);
            String name = String.format(Locale.ROOT, "c=%d", atOnce);
            figures.atMost("CPU-s per 1,000 streamed runs, " + name, figure.get("cpu"), "s", bar);
            figures.told("  of it backend, " + name, figure.get("app"), "s");
            figures.told("  of it Postgres, " + name, figure.get("postgres"), "s");
            figures.told("  p50, " + name, figure.get("p50"), "ms");
            figures.told("  runs per second, " + name, figure.get("rate"), "/s");
        });
    }
}
