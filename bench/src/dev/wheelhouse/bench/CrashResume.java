package dev.wheelhouse.bench;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// One of two replicas dies with 64 runs in flight: what is done twice, and when the other goes on with them.
final class CrashResume implements Bench.Measured {

    private static final int RUNS = 64;
    private static final double LEASE = 8;

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var postgres = stage.postgres();
        var dying = stage.replica(postgres, "wheelhouse", Map.of());
        var staying = stage.replica(postgres, "wheelhouse", Map.of());
        var ids = Collections.synchronizedList(new ArrayList<String>());
        try (var load = new Load(dying.port(), stage.key, 16)) {
            load.times(RUNS, (client, number) -> {
                String body = "{\"input\":\"chain crash-%d 6 1000\"}".formatted(number);
                ids.add(client.post("/api/v1/agents/remote/runs", body).field("id"));
            });
        }
        TimeUnit.MILLISECONDS.sleep(1_500);
        long begun = System.nanoTime();
        dying.kill();
        double taken = 0;
        while (postgres.number("SELECT count(*) FROM events WHERE data LIKE '%takeover%'") < RUNS && taken < 60) {
            TimeUnit.MILLISECONDS.sleep(20);
            taken = (System.nanoTime() - begun) / 1e9;
        }
        int succeeded = awaitAll(stage, staying, ids);
        double all = (System.nanoTime() - begun) / 1e9;
        figures.exactly("runs of 64 that did not succeed", RUNS - succeeded, 0);
        figures.exactly("committed steps that were done again", stage.model().wentBack(), 0);
        figures.exactly(
                "steps on record twice",
                (long)
                        postgres.number(
                                "SELECT count(*) FROM (SELECT run, step FROM log"
                                        + " WHERE type IN ('step.succeeded', 'step.failed') GROUP BY run, step HAVING count(*) > 1) twice"),
                0);
        figures.told(
                "model calls beyond the seven of each run: cut off in the middle",
                Rounds.of(stage.model().calls() - 7.0 * RUNS),
                "");
        figures.atMost("until the last of them was taken (lease 8 s)", Rounds.of(taken), "s", LEASE + 0.1);
        figures.told("until all had ended", Rounds.of(all), "s");
    }

    private static int awaitAll(Stage stage, Running replica, List<String> ids) throws Exception {
        int succeeded = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = ids.stream()
                    .map(id -> threads.submit(() -> {
                        try (var client = new Client(replica.port(), stage.key)) {
                            return client.stream("/api/v1/runs/" + id + "/events", 0, none -> {})
                                    .body()
                                    .contains("event: run.succeeded");
                        } catch (UncheckedIOException e) {
                            return false;
                        }
                    }))
                    .toList();
            for (var end : ends) {
                succeeded += end.get() ? 1 : 0;
            }
        }
        return succeeded;
    }
}
