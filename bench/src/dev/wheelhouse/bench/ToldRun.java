package dev.wheelhouse.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What it costs to be seen: runs with metrics that are read, traces of 10 % and a log of JSON, over the same with none of it, in
/// turns on two replicas of one Postgres. A sink of its own stands in for the collector.
final class ToldRun implements Bench.Measured {

    private static final int ROUNDS = 2 * Integer.getInteger("bench.rounds", 5);
    private static final int AT_ONCE = 16;
    private static final double SECONDS = 5;
    private static final int EVERY = 15;

    private final Map<Boolean, Rounds> found = new HashMap<>();

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/v1/traces", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        sink.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        sink.start();
        ScheduledExecutorService scrapes = Executors.newSingleThreadScheduledExecutor();
        try {
            var postgres = stage.postgres("told", "silent");
            var told = stage.replica(
                    postgres,
                    "told",
                    Map.of(
                            "LOG_FORMAT", "json",
                            "TRACES_URL", "http://127.0.0.1:%d/v1/traces".formatted(sink.getAddress().getPort()),
                            "TRACES_SAMPLE", "10"));
            var silent = stage.replica(postgres, "silent", Map.of("METRICS_TENANTS", "none"));
            // As often as a Prometheus does.
            scrapes.scheduleAtFixedRate(() -> scrape(stage, told), 0, EVERY, TimeUnit.SECONDS);
            for (var one : new Running[] {told, silent}) {
                try (var load = new Load(one.port(), stage.key, AT_ONCE)) {
                    load.untilCompiled(one, ToldRun::once);
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                boolean first = round % 2 == 0;
                round(stage, first ? told : silent, first);
                round(stage, first ? silent : told, !first);
            }
        } finally {
            scrapes.shutdownNow();
            sink.stop(0);
        }
        figures.told("CPU-s of the backend per 1,000 runs, all on", found.get(true), "s");
        figures.told("  all off", found.get(false), "s");
        figures.atMost("CPU of being seen, on over off", found.get(true).over(found.get(false)), "x", 1.08);
    }

    private static void scrape(Stage stage, Running replica) {
        try (var client = new Client(replica.port(), stage.key)) {
            client.get("/metrics");
        }
    }

    private void round(Stage stage, Running replica, boolean isTold) throws IOException, InterruptedException {
        try (var load = new Load(replica.port(), stage.key, AT_ONCE)) {
            load.times(AT_ONCE, ToldRun::once);
            double before = replica.cpu();
            var done = load.forSeconds(SECONDS, ToldRun::once);
            // Traces are read 6 s after the ends of their runs, and belong to them.
            Thread.sleep(8_000);
            double cpu = (replica.cpu() - before) / done.count() * 1_000;
            found.merge(isTold, Rounds.of(cpu), (all, one) -> all.with(one.values()[0]));
        }
    }

    private static void once(Client client, int number) {
        String id = client.post("/api/v1/agents/assistant/runs", "{\"input\":\"what is 17 * 23\"}").field("id");
        if (!client.stream("/api/v1/runs/" + id + "/events", 0, none -> {}).body().contains("event: run.succeeded")) {
            throw new IllegalStateException("A run did not succeed: " + id);
        }
    }
}
