package dev.wheelhouse.chaos;

import dev.wheelhouse.outbound.WebhookKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// T2. Signed webhooks, so many a second, a third of them delivered to two replicas at once; beside them as many runs
/// by the API, between them, whose time theirs is held against.
final class DoubledWebhooks implements Experiment {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    @Override
    public String name() {
        return "T2";
    }

    @Override
    public String title() {
        return "webhooks delivered twice";
    }

    /// What the answers said.
    private static final class Told {
        final ConcurrentLinkedQueue<Long> hooks = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Long> runs = new ConcurrentLinkedQueue<>();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final Map<String, String> runOf = new ConcurrentHashMap<>();
        final AtomicInteger doubled = new AtomicInteger();
    }

    @Override
    public Figures run(World world) throws Exception {
        int seconds = world.size().of(10, 60);
        int rate = world.size().of(40, 200);
        for (int n = 0; n < 3; n++) {
            world.replica(Map.of("SECRETS_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32])))
                    .start()
                    .awaitReady();
        }
        world.agent("worker");
        world.api()
                .once(
                        world.known().getFirst().url(),
                        "PUT",
                        "/api/v1/secrets/hook",
                        "{\"value\":\"%s\",\"hosts\":[\"example.org\"]}".formatted(SECRET),
                        null,
                        "application/json")
                .expect(200, 201);
        world.api().define("/api/v1/triggers/hook", """
                        name: hook
                        agent: worker
                        input: "talk ${body.n}"
                        webhook: {verify: standard, secret: secret://hook}
                        """);
        var told = new Told();
        warm(world, rate, told);
        var measured = new Told();
        send(world, rate, seconds, measured, "m");
        World.await(Duration.ofMinutes(2), () -> world.open() == 0);
        long made = world.postgres().number("SELECT count(*) FROM runs WHERE idempotency_key LIKE 'trigger:hook:%'");
        double hooks = p95(measured.hooks);
        double runs = p95(measured.runs);
        return new Figures()
                .exactly("deliveries with two runs", measured.doubled.get(), 0)
                .exactly("runs without a delivery", made - told.runOf.size() - measured.runOf.size(), 0)
                .exactly("answers of 5xx, or none", measured.failed.get(), 0)
                .exactly("refused", measured.refused.get(), 0)
                .told("webhook, p95", hooks, "ms")
                .told("run by API, p95", runs, "ms")
                .atMost("webhook ÷ run by API", hooks / runs, "", 1.3)
                .atLeast("deliveries", measured.runOf.size(), "", rate * seconds * 0.95);
    }

    private static void warm(World world, int rate, Told told) throws InterruptedException {
        send(world, rate, 5, told, "w");
    }

    /// One each tick, whatever the answers do; every third message twice, and a run by the API half a tick later, so
    /// that neither kind stands behind the other. Both use the same connections.
    private static void send(World world, int rate, int seconds, Told told, String word) throws InterruptedException {
        var urls = world.known().stream().map(Replica::url).toList();
        var keys = WebhookKeys.read(SECRET).orElseThrow();
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long begun = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < rate * seconds; n++) {
                String id = word + n;
                String body = "{\"n\":\"%s\"}".formatted(id);
                for (int copy = 0; copy < (n % 3 == 0 ? 2 : 1); copy++) {
                    String url = urls.get((n + copy) % urls.size());
                    threads.execute(() -> hook(client, url, keys, id, body, told));
                }
                sleepUntil(begun + (2L * n + 1) * 500_000_000L / rate);
                String url = urls.get(n % urls.size());
                threads.execute(() -> api(client, url, id, told));
                sleepUntil(begun + (n + 1) * 1_000_000_000L / rate);
            }
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    private static void hook(HttpClient client, String url, WebhookKeys keys, String id, String body, Told told) {
        var request = HttpRequest.newBuilder(URI.create(url + "/hooks/default/hook"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        keys.sign(id, Instant.now(), body).forEach(request::header);
        var answer = timed(client, request.build(), told.hooks, told);
        if (answer != null) {
            String run = answer.body().replaceAll(".*\"run\":\"([^\"]*)\".*", "$1");
            String before = told.runOf.putIfAbsent(id, run);
            if (before != null && !before.equals(run)) {
                told.doubled.incrementAndGet();
            }
        }
    }

    private static void api(HttpClient client, String url, String id, Told told) {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/agents/worker/runs"))
                .header("Authorization", "Bearer " + World.KEY)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "api-" + id)
                .POST(HttpRequest.BodyPublishers.ofString("{\"input\":\"talk " + id + "\"}"));
        timed(client, request.build(), told.runs, told);
    }

    private static @org.jspecify.annotations.Nullable HttpResponse<String> timed(
            HttpClient client, HttpRequest request, ConcurrentLinkedQueue<Long> times, Told told) {
        long begun = System.nanoTime();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            times.add(System.nanoTime() - begun);
            if (answer.statusCode() < 300) {
                return answer;
            }
            (answer.statusCode() >= 500 ? told.failed : told.refused).incrementAndGet();
        } catch (IOException e) {
            told.failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private static double p95(ConcurrentLinkedQueue<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * 0.95)) / 1e6;
    }
}
