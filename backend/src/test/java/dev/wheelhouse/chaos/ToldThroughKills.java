package dev.wheelhouse.chaos;

import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// T3. Others are told of approvals and ends of runs while replicas are killed and the receiver fails half the time.
final class ToldThroughKills implements Experiment {

    private static final Map<String, String> SETTINGS = Map.of(
            "SECRETS_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]),
            "WEBHOOKS_PRIVATE_HOSTS", "localhost",
            "WEBHOOKS_RETRY", "200ms");
    private static final List<String> ORDER = List.of("approval.opened", "approval.decided", "run.succeeded");

    /// A message fails as often as this at most: pauses double, and of thousands of messages that fail half the time a
    /// few would have pauses longer than the experiment waits.
    private static final int MOST_FAILURES = 6;

    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "T3";
    }

    @Override
    public String title() {
        return "webhooks told through kills";
    }

    @Override
    public Figures run(World world) throws Exception {
        int kills = world.size().of(4, 30);
        var receiver = receiver(world.random("receiver"));
        try {
            for (int n = 0; n < 3; n++) {
                world.replica(SETTINGS).start().awaitReady();
            }
            world.agent("careful", List.of("effect_keyed"), """
                    limits: {steps: 100, time: 1h}
                    approvals:
                      - when: tool.name == "effect_keyed"
                        message: Something outside will change""");
            world.api()
                    .define(
                            "/api/v1/webhooks/all",
                            "name: all\nurl: http://localhost:%d/\nevents: ['*']\n"
                                    .formatted(receiver.getAddress().getPort()));
            TimeUnit.SECONDS.sleep(4);
            var load = new Load(world, "careful", kills * 20, 40, n -> "chain");
            return judge(world, load, kills);
        } finally {
            receiver.stop(0);
        }
    }

    private HttpServer receiver(Random random) throws java.io.IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var body = Json.read(
                    new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            boolean fails;
            synchronized (random) {
                fails = random.nextBoolean();
            }
            String message = exchange.getRequestHeaders().getFirst("webhook-id");
            fails &= failed.merge(message, fails ? 1 : 0, Integer::sum) <= MOST_FAILURES;
            if (!fails) {
                told.computeIfAbsent(
                                body.path("data").path("run").path("id").asText(), id -> new CopyOnWriteArrayList<>())
                        .add(body.path("type").asText());
            }
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Figures judge(World world, Load load, int kills) throws Exception {
        var done = new AtomicBoolean();
        var deciding = Thread.ofVirtual().start(() -> decideAll(world, done));
        var random = world.random("nemesis");
        for (int n = 0; n < kills; n++) {
            TimeUnit.SECONDS.sleep(4);
            var victim = world.known().get(random.nextInt(3));
            victim.kill();
            victim.start();
        }
        load.join();
        String open = "SELECT count(*) FROM runs WHERE ended_at IS NULL";
        boolean ended =
                World.await(Duration.ofMinutes(2), () -> world.postgres().number(open) == 0);
        done.set(true);
        deciding.join();
        String due = "SELECT (SELECT count(*) FROM notices) + (SELECT count(*) FROM deliveries WHERE state = 'due')";
        boolean quiet =
                World.await(Duration.ofMinutes(3), () -> world.postgres().number(due) == 0);
        var runs = world.postgres().column("SELECT id FROM runs WHERE state = 'succeeded'");
        long lost = runs.stream()
                .filter(run -> !told.getOrDefault(run, List.of()).containsAll(ORDER))
                .count();
        return new Figures()
                .exactly("runs of which something was not told", lost, 0)
                .exactly(
                        "runs told out of order",
                        told.values().stream()
                                .filter(ToldThroughKills::isDisordered)
                                .count(),
                        0)
                .exactly("left", ended && quiet ? 0 : 1, 0)
                .told(
                        "messages told",
                        told.values().stream().mapToInt(List::size).sum(),
                        "")
                .atLeast("runs", runs.size(), "", kills * 20)
                .atLeast("kills", kills, "", kills);
    }

    /// Told again is in order where the first of each was; the two questions of a run alternate.
    private static boolean isDisordered(List<String> types) {
        int opened = 0;
        int decided = 0;
        boolean ended = false;
        for (String type : types) {
            ended |= type.equals("run.succeeded");
            opened += type.equals("approval.opened") ? 1 : 0;
            decided += type.equals("approval.decided") ? 1 : 0;
            if (decided > 0 && opened == 0 || ended && decided == 0) {
                return true;
            }
        }
        return false;
    }

    private static void decideAll(World world, AtomicBoolean done) {
        while (!done.get()) {
            try {
                for (String id : world.postgres().column("SELECT id FROM questions WHERE state = 'open'")) {
                    world.api()
                            .post(
                                    "/api/v1/approvals/" + id + "/decision",
                                    "{\"decision\":\"approve\"}",
                                    "decide-" + id);
                }
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
