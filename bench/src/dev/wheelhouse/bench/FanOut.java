package dev.wheelhouse.bench;

import java.util.Map;

/// Many clients watch one run: what an idle stream holds, what an event to all of them costs, what is lost when a
/// thousand come back.
final class FanOut implements Bench.Measured {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var postgres = stage.postgres();
        var replica = stage.replica(postgres, "wheelhouse", Map.of("HTTP_HEARTBEAT", "60s"));
        idle(stage, replica, figures);
        for (int count : new int[] {1_000, 4_000, 8_000}) {
            delivered(stage, replica, figures, count);
        }
        reconnected(stage, replica, figures);
    }

    private static String start(Stage stage, Running replica, String input) {
        try (var client = new Client(replica.port(), stage.key)) {
            String id = client.post("/api/v1/agents/assistant/runs", "{\"input\":\"" + input + "\"}")
                    .field("id");
            return "/api/v1/runs/" + id + "/events";
        }
    }

    /// Memory at 1,000 and at 4,000 and 8,000 streams, each after a collection; what lies between is the streams'.
    private static void idle(Stage stage, Running replica, Figures figures) throws Exception {
        String waiting = start(stage, replica, "wait 20 minutes");
        try (var warm = new Streams(replica.port(), stage.key)) {
            warm.open(2_000, waiting);
        }
        Thread.sleep(1_000);
        try (var streams = new Streams(replica.port(), stage.key)) {
            long[] memory = new long[3];
            int[] counts = {1_000, 4_000, 8_000};
            for (int at = 0; at < counts.length; at++) {
                streams.open(counts[at] - streams.all().size(), waiting);
                // Idle is who has said nothing for a while.
                Thread.sleep(3_500);
                replica.collect();
                Thread.sleep(500);
                memory[at] = replica.memory();
            }
            figures.atMost(
                    "RSS per idle stream, 1,000 to 4,000",
                    Rounds.of((memory[1] - memory[0]) / 3_000.0 / 1_024),
                    "KiB",
                    3);
            figures.told(
                    "RSS per idle stream, 1,000 to 8,000", Rounds.of((memory[2] - memory[0]) / 7_000.0 / 1_024), "KiB");
            figures.told("RSS with 8,000 streams", Rounds.of(memory[2] / 1048576.0), "MiB");
        }
        Thread.sleep(1_000);
    }

    /// The words of a slow answer come one by one; each is an event to every stream.
    private static void delivered(Stage stage, Running replica, Figures figures, int count) throws Exception {
        var cost = Rounds.of();
        int rounds = count == 4_000 ? ROUNDS : 2;
        for (int round = -1; round < rounds; round++) {
            String slow = start(stage, replica, "be slow for 60 s");
            try (var streams = new Streams(replica.port(), stage.key)) {
                streams.open(count, slow);
                streams.readUntilQuiet(150);
                long frames = streams.frames();
                double cpu = replica.cpu();
                long end = System.nanoTime() + 8_000_000_000L;
                while (System.nanoTime() < end) {
                    streams.read(20);
                }
                if (round >= 0) {
                    cost = cost.with((replica.cpu() - cpu) / (streams.frames() - frames) * 1e6);
                }
            }
            cancel(stage, replica, slow);
        }
        if (count == 4_000) {
            figures.atMost("CPU per delivered event, 4,000 streams", cost, "us", 8);
        } else {
            figures.told("CPU per delivered event, %,d streams".formatted(count), cost, "us");
        }
    }

    private static void cancel(Stage stage, Running replica, String events) {
        try (var client = new Client(replica.port(), stage.key)) {
            client.post(events.replace("/events", "/cancel"), "");
        }
    }

    private static void reconnected(Stage stage, Running replica, Figures figures) throws Exception {
        String path = start(
                stage, replica, "what is 2 + 2, then wait 2 s, then what is 3 + 3, then wait 4 s, then what is 4 + 4");
        try (var streams = new Streams(replica.port(), stage.key)) {
            streams.open(1_000, path);
            double cpu = replica.cpu();
            long begun = System.nanoTime();
            streams.reconnect(1_000, path);
            double took = (System.nanoTime() - begun) / 1e6;
            double each = (replica.cpu() - cpu) / 1_000 * 1e6;
            for (int again = 0; again < 3; again++) {
                streams.read(300);
                streams.reconnect(1_000, path);
            }
            streams.readUntilQuiet(6_000);
            int last = streams.all().stream()
                    .mapToInt(Streams.Stream::lastId)
                    .max()
                    .orElse(0);
            long lost = streams.all().stream()
                    .filter(one -> one.isBroken() || one.lastId() != last)
                    .count();
            figures.exactly("clients of 1,000 that lost, doubled or reordered an event over 4 reconnects", lost, 0);
            figures.told("CPU per reconnect with Last-Event-ID", Rounds.of(each), "us");
            figures.told("1,000 clients back", Rounds.of(took), "ms");
        }
    }
}
