package dev.wheelhouse.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.wheelhouse.models.ModelCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// What a call of a model server takes beside the server itself and the way there: ours, and the JDK's client that
/// reads lines and understands none of them, by turns.
final class ModelClient implements Bench.Measured {

    private static final int ROUNDS = 5;
    private static final int CALLS = 400;
    private static final String MESSAGE = "tokens m-1 20 0";

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (var raw = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            String url = "http://127.0.0.1:%d/v1".formatted(stage.model().port());
            var ours = new ModelCalls(url, MESSAGE);
            for (int warm = 0; warm < 4 * CALLS; warm++) {
                ours.ask();
                lines(raw, url);
            }
            var tax = Rounds.of();
            var cpu = Rounds.of();
            for (int round = 0; round < ROUNDS; round++) {
                var mine = Rounds.of();
                var theirs = Rounds.of();
                for (int call = 0; call < CALLS; call++) {
                    long start = System.nanoTime();
                    ours.ask();
                    long between = System.nanoTime();
                    lines(raw, url);
                    mine = mine.with((between - start) / 1e6);
                    theirs = theirs.with((System.nanoTime() - between) / 1e6);
                }
                tax = tax.with(mine.median() - theirs.median());
                long before = system.getProcessCpuTime();
                for (int call = 0; call < CALLS; call++) {
                    ours.ask();
                }
                long middle = system.getProcessCpuTime();
                for (int call = 0; call < CALLS; call++) {
                    lines(raw, url);
                }
                cpu = cpu.with((middle - before - (system.getProcessCpuTime() - middle)) / 1e3 / CALLS);
            }
            figures.atMost("later than a client that reads lines, 20 pieces, p50", tax, "ms", 0.3);
            figures.told("CPU beyond such a client", cpu, "us");
        }
    }

    private static void lines(HttpClient client, String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"bench\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                        + MESSAGE + "\"}]}"))
                .build();
        var body = client.send(request, BodyHandlers.ofInputStream()).body();
        try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                // only that it is there is of interest
            }
        }
    }
}
