package dev.wheelhouse.bench;

import java.util.Map;

/// A model that streams: when the first event comes, what the first token waits for here, what each token costs.
final class FirstToken implements Bench.Measured {

    private static final int ROUNDS = 5;

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var postgres = stage.postgres();
        var replica = stage.replica(postgres, "wheelhouse", Map.of());
        var events = Rounds.of();
        var added = Rounds.of();
        var cpu = Rounds.of();
        try (var client = new Client(replica.port(), stage.key);
                var direct = new Client(stage.model().port(), "");
                var load = new Load(replica.port(), stage.key, 16)) {
            load.times(64, (one, number) -> first(stage, replica, one, "tokens w-" + number + " 500 1"));
            for (int round = 0; round < ROUNDS; round++) {
                var event = Rounds.of();
                var token = Rounds.of();
                var alone = Rounds.of();
                for (int each = 0; each < 40; each++) {
                    double[] took = first(stage, replica, client, "tokens t-%d-%d 3 5".formatted(round, each));
                    event = event.with(took[0]);
                    token = token.with(took[1]);
                    alone = alone.with(direct(direct, "tokens d-%d-%d 3 5".formatted(round, each)));
                }
                events = events.with(event.median());
                added = added.with(token.median() - alone.median());
                double before = replica.cpu();
                load.times(16, (one, number) -> first(stage, replica, one, "tokens c-" + number + " 500 5"));
                cpu = cpu.with((replica.cpu() - before) / (16 * 500) * 1e6);
            }
        }
        figures.told("time to first event, c=1, median", events, "ms");
        figures.atMost("first token later than from the model itself, c=1, median", added, "ms", 1);
        figures.atMost("CPU per token event: read from the model, told to one stream", cpu, "us", 10);
    }

    /// Milliseconds to the first event and to the first piece of text.
    private static double[] first(Stage stage, Running replica, Client client, String message) {
        long begun = System.nanoTime();
        String id = client.post("/api/v1/agents/remote/runs", "{\"input\":\"" + message + "\"}")
                .field("id");
        double[] took = new double[2];
        // The connection of a stream that lasted is closed behind it.
        try (var listening = new Client(replica.port(), stage.key)) {
            listening.stream("/api/v1/runs/" + id + "/events", 0, piece -> {
                double now = (System.nanoTime() - begun) / 1e6;
                if (took[0] == 0 && piece.contains("\nid: ") || took[0] == 0 && piece.startsWith("id: ")) {
                    took[0] = now;
                }
                if (took[1] == 0 && piece.contains("event: delta")) {
                    took[1] = now;
                }
            });
        }
        return took;
    }

    private static double direct(Client client, String message) {
        long begun = System.nanoTime();
        double[] took = new double[1];
        client.postStream(
                "/v1/chat/completions",
                "{\"model\":\"bench\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + message
                        + "\"}]}",
                piece -> {
                    if (took[0] == 0) {
                        took[0] = (System.nanoTime() - begun) / 1e6;
                    }
                });
        return took[0];
    }
}
