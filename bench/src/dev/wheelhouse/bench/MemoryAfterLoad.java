package dev.wheelhouse.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What many runs at once leave of memory: a replica that has just started carries out 8,000 runs of 256 clients, and
/// is looked at right after and once it has been idle for a while.
final class MemoryAfterLoad implements Bench.Measured {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int RUNS = 8_000;
    private static final int AT_ONCE = 256;
    private static final double MIB = 1048576.0;

    private Rounds before = Rounds.of();
    private Rounds after = Rounds.of();
    private Rounds idle = Rounds.of();
    private Rounds cpu = Rounds.of();

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var postgres = stage.postgres();
        for (int round = 0; round < ROUNDS; round++) {
            try (var replica = stage.replica(postgres, "wheelhouse", Map.of())) {
                round(stage, replica);
            }
        }
        figures.told("RSS after the start", before, "MiB");
        figures.atMost("RSS right after 8,000 runs, c=256", after, "MiB", 320);
        figures.told("  15 s later", idle, "MiB");
        figures.told("  CPU-s of the backend per 1,000 runs, its start-up compiler among them", cpu, "s");
    }

    private void round(Stage stage, Running replica) throws Exception {
        before = before.with(replica.memory() / MIB);
        double used = replica.cpu();
        try (var load = new Load(replica.port(), stage.key, AT_ONCE)) {
            load.times(RUNS, (client, number) -> {
                String id = client.post("/api/v1/agents/assistant/runs", "{\"input\":\"what is 17 * 23\"}")
                        .field("id");
                client.stream("/api/v1/runs/" + id + "/events", 0, none -> {});
            });
            after = after.with(replica.memory() / MIB);
            cpu = cpu.with((replica.cpu() - used) / RUNS * 1_000);
        }
        TimeUnit.SECONDS.sleep(15);
        idle = idle.with(replica.memory() / MIB);
    }
}
