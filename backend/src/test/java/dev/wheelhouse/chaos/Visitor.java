package dev.wheelhouse.chaos;

import dev.wheelhouse.base.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Clients that ask once, never again, and write down how they were answered.
final class Visitor {

    /// How requests came out, counted by status; 0 is a connection that broke.
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unexplained = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final String url;

    Visitor(String url) {
        this.url = url;
    }

    /// The answer's status; 503 is only counted as explained where it says when to come again.
    int ask(String method, String path, @Nullable String body) throws InterruptedException {
        asked.incrementAndGet();
        try {
            var response = client.send(request(method, path, body).build(), BodyHandlers.ofString());
            note(method + " " + path, response.statusCode(), response);
            if (response.statusCode() == 201) {
                accepted.add(Json.read(response.body()).path("id").asText());
            }
            return response.statusCode();
        } catch (IOException e) {
            broken(method + " " + path, e);
            return 0;
        }
    }

    /// Reads a run's events to their end, coming again with the last number where the stream ends before. Complains
    /// about numbers that are missing or come twice, and about streams that break instead of ending.
    void watch(String run) throws InterruptedException {
        var seen = new ArrayList<Integer>();
        boolean ended = false;
        for (int tries = 0; !ended && tries < 30; tries++) {
            asked.incrementAndGet();
            if (tries > 0) {
                resumed.incrementAndGet();
                Thread.sleep(300);
            }
            ended = watchOnce(run, seen);
        }
        for (int at = 0; at < seen.size(); at++) {
            if (seen.get(at) != at + 1) {
                complain("events of " + run + " came as " + seen);
                return;
            }
        }
        if (!ended) {
            complain("events of " + run + " never ended: " + seen);
        }
    }

    private boolean watchOnce(String run, List<Integer> seen) throws InterruptedException {
        String path = "/api/v1/runs/" + run + "/events";
        var request = request("GET", path, null).setHeader("Accept", "text/event-stream");
        if (!seen.isEmpty()) {
            request.header("Last-Event-ID", "" + seen.getLast());
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            note("stream " + path, response.statusCode(), response);
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                boolean ended = false;
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id:")) {
                        seen.add(Integer.parseInt(line.substring(3).strip()));
                    }
                    // One that waits for a person ends for us as well.
                    if (line.matches("event: ?run\\.(succeeded|failed|cancelled|waiting)")) {
                        ended = true;
                    }
                    if (ended && line.isEmpty()) {
                        return true;
                    }
                }
                return ended;
            }
        } catch (IOException e) {
            broken("stream " + path, e);
            return false;
        }
    }

    private HttpRequest.Builder request(String method, String path, @Nullable String body) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + World.KEY)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private void note(String what, int status, HttpResponse<?> response) {
        statuses.computeIfAbsent(status, code -> new LongAdder()).increment();
        boolean isExplained =
                status == 503 && response.headers().firstValue("Retry-After").isPresent();
        if (status >= 500 && !isExplained) {
            unexplained.incrementAndGet();
            complain("%s: %d %s".formatted(what, status, response.body()));
        }
    }

    private void broken(String what, IOException e) {
        statuses.computeIfAbsent(0, code -> new LongAdder()).increment();
        complain("%s: %s".formatted(what, e));
    }

    private void complain(String what) {
        complaints.add("%tT.%<tL %s".formatted(System.currentTimeMillis(), what));
    }

    long with(int status) {
        var count = statuses.get(status);
        return count == null ? 0 : count.sum();
    }

    /// Answers of 5xx that are no 503 with Retry-After.
    int unexplained() {
        return unexplained.get();
    }

    int asked() {
        return asked.get();
    }

    /// Streams that ended before their run and were taken up again.
    int resumed() {
        return resumed.get();
    }

    /// Runs that the platform promised.
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
