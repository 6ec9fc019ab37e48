package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// A5. Agents that never end, grow their context and spawn children, each against one of the seven caps, while replicas
/// are killed. How many calls did the world see after the cap was passed?
final class RunawayAgents implements Experiment {

    private static final int MICRO_UNITS_PER_TOKEN = 10;

    /// One cap: the agent's limits, and how far a run of it went over, in calls.
    private record Cap(String name, String limit, long most, String code) {}

    private static final List<Cap> CAPS = List.of(
            new Cap("steps", "steps: 30", 30, "limit_steps"),
            new Cap("calls", "calls: 15", 15, "limit_calls"),
            new Cap("tokens", "tokens: 9000", 9_000, "limit_tokens"),
            new Cap("money", "money: 0.09", 90_000, "limit_money"),
            new Cap("time", "time: 20s", 20, "limit_time"),
            new Cap("output", "output: 20kB", 20_000, "limit_output"),
            new Cap("depth", "depth: 3", 3, ""));

    private static final Map<String, String> WIDE = Map.of(
            "steps", "steps: 1000",
            "calls", "calls: 1000",
            "tokens", "tokens: 100000000",
            "time", "time: 1h",
            "output", "output: 100MB",
            "depth", "depth: 10");

    @Override
    public String name() {
        return "A5";
    }

    @Override
    public String title() {
        return "run-away agents";
    }

    @Override
    public Figures run(World world) throws Exception {
        int each = world.size().of(2, 12);
        var prices = world.folder().resolve("prices.yaml");
        Files.writeString(prices, """
                models:
                  aliases:
                    default:
                      - provider: openai
                        name: scripted
                        url: %s
                        key-env: MODEL_API_KEY
                        prices: {version: "2026-01-01", input: 10000000, cached-input: 10000000, output: 10000000}
                """.formatted(world.model().url()));
        for (int n = 0; n < 3; n++) {
            world.replica(Map.of("WHEELHOUSE_CONFIG", prices.toString(), "RUNS_LEASE", "3s"))
                    .start();
        }
        var replicas = world.ready();
        world.model().manners(2_000, 0);
        world.model().script("away", RunawayAgents::away);
        world.model().script("spawn", RunawayAgents::spawn);
        for (var cap : CAPS) {
            world.agent(cap.name(), List.of("effect_keyed"), definition(cap));
        }
        var begun = new HashMap<String, Long>();
        var ids = start(world, each, begun);
        var shared = new SharedBudgets(world);
        shared.start(
                each,
                "maxOutputTokens: 200\nlimits: {repeats: 100, idle: 1000, %s}"
                        .formatted(String.join(", ", WIDE.values())));
        int kills = killWhileOpen(world, replicas);
        var figures = new Figures();
        for (var cap : CAPS) {
            figures.atMost("calls over the cap on " + cap.name(), over(world, cap, each, ids, begun), "", 1);
        }
        return figures.atMost("calls over a budget that many share", shared.over(), "", 1)
                .atLeast("least used of these budgets", 100 * shared.leastUsed(), "%", 50)
                .exactly("runs not ended by their cap", notByCap(world), 0)
                .told("runs", world.postgres().number("SELECT count(*) FROM runs"), "")
                .told("model calls", world.model().calls().size(), "")
                .atLeast("kills", kills, "", world.size().of(2, 4))
                .atLeast(
                        "takeovers",
                        world.postgres()
                                .number(
                                        "SELECT count(*) FROM events WHERE type = 'run.claimed' AND data LIKE '%takeover%'"),
                        "",
                        world.size().of(2, 30));
    }

    private static String definition(Cap cap) {
        var limits = new ArrayList<>(List.of("repeats: 100", "idle: 1000", cap.limit()));
        WIDE.forEach((name, wide) -> {
            if (!name.equals(cap.name())) {
                limits.add(wide);
            }
        });
        return "maxOutputTokens: 200\nlimits: {%s}%s"
                .formatted(String.join(", ", limits), cap.name().equals("depth") ? "\nagents: [depth]" : "");
    }

    /// Always one more act, which brings a little more to read.
    private static Script.Said away(Script.ApprovalRequest asked) {
        return Script.Said.call(
                "effect_keyed",
                Map.of("run", asked.run(), "act", "a" + asked.turn(), "forMs", 100, "bytes", 200 + 60 * asked.turn()));
    }

    /// Each calls a child that does the same, and then answers.
    private static Script.Said spawn(Script.ApprovalRequest asked) {
        return asked.turn() == 0
                ? Script.Said.call("call_agent", Map.of("agent", "depth", "input", "spawn " + asked.run() + ".c"))
                : Script.Said.text("done");
    }

    private static Map<String, String> start(World world, int each, Map<String, Long> begun)
            throws InterruptedException {
        var ids = new HashMap<String, String>();
        for (int n = 0; n < each; n++) {
            for (var cap : CAPS) {
                String name = cap.name() + n;
                String script = cap.name().equals("depth") ? "spawn " : "away ";
                ids.put(name, next(world, ids.size()).start(cap.name(), script + name));
                begun.put(name, System.nanoTime());
            }
        }
        return ids;
    }

    /// Each replica gets its share, so that each death is one of many runs' owner.
    static Api next(World world, int number) {
        var replicas = world.known();
        return world.api().onlyAt(replicas.get(number % replicas.size()));
    }

    private static int killWhileOpen(World world, List<Replica> replicas) throws InterruptedException {
        var random = world.random("nemesis");
        int kills = 0;
        while (world.open() > 0 && kills < 60) {
            var victim = replicas.get(random.nextInt(replicas.size()));
            victim.kill();
            victim.start();
            kills++;
            TimeUnit.MILLISECONDS.sleep(4_000);
        }
        World.await(Duration.ofSeconds(60), () -> world.open() == 0);
        return kills;
    }

    /// The most calls that the world saw of a run of this cap from the one on that passed it.
    private static long over(World world, Cap cap, int each, Map<String, String> ids, Map<String, Long> begun) {
        long most = 0;
        for (int n = 0; n < each; n++) {
            String name = cap.name() + n;
            var calls = world.model().calls().stream()
                    .filter(call -> call.run().equals(name))
                    .toList();
            long over =
                    switch (cap.name()) {
                        case "calls" -> passed(calls.stream(), call -> 1, cap.most());
                        case "tokens" ->
                            passed(calls.stream(), call -> call.inputTokens() + call.outputTokens(), cap.most());
                        case "money" -> passed(calls.stream(), RunawayAgents::cost, cap.most());
                        case "steps" -> passed(steps(world, name, calls), step -> 1, cap.most());
                        case "time" ->
                            late(
                                    world,
                                    name,
                                    calls,
                                    begun.get(name) + queued(world, ids.get(name)) + cap.most() * 1_000_000_000L);
                        case "output" -> passed(outputs(world, ids.get(name)).stream(), bytes -> bytes, cap.most());
                        default -> depth(world, name) - cap.most();
                    };
            most = Math.max(most, over);
        }
        return most;
    }

    static long cost(ModelServer.Call call) {
        return (long) MICRO_UNITS_PER_TOKEN * (call.inputTokens() + call.outputTokens());
    }

    /// How many of these were made from the one on that passed the cap.
    static <T> long passed(Stream<T> calls, ToLongFunction<T> amount, long cap) {
        long sum = 0;
        long over = 0;
        for (var call : calls.toList()) {
            sum += amount.applyAsLong(call);
            over += sum > cap ? 1 : 0;
        }
        return over;
    }

    /// What was asked and done, each step once, however often it had to be begun.
    private static Stream<String> steps(World world, String name, List<ModelServer.Call> calls) {
        return Stream.concat(
                        calls.stream().map(call -> "turn " + call.turn()),
                        world.effects().calls().stream()
                                .filter(call -> call.run().equals(name))
                                .map(EffectServer.Call::act))
                .distinct();
    }

    private static long late(World world, String name, List<ModelServer.Call> calls, long end) {
        return calls.stream().filter(call -> call.atNanos() > end).count()
                + world.effects().calls().stream()
                        .filter(call -> call.run().equals(name) && call.atNanos() > end)
                        .count();
    }

    /// Nanoseconds until a replica had room for the run: its own time begins behind them.
    private static long queued(World world, String id) {
        return 1_000
                * world.postgres()
                        .number("SELECT coalesce(extract(epoch FROM started_at - created_at) * 1000000, 0)::bigint"
                                + " FROM runs WHERE id = '%s'".formatted(id));
    }

    private static List<Integer> outputs(World world, String id) {
        return world
                .postgres()
                .column("SELECT data FROM log WHERE run = '%s' AND type = 'step.succeeded' ORDER BY seq".formatted(id))
                .stream()
                .map(Json::read)
                .filter(data -> data.path("kind").asText().equals("tool"))
                .map(data -> data.path("output").toString().length())
                .toList();
    }

    private static long depth(World world, String name) {
        return world.model().calls().stream()
                .map(ModelServer.Call::run)
                .filter(run -> run.startsWith(name + ".") || run.equals(name))
                .mapToLong(run -> run.split("\\.").length - 1L)
                .max()
                .orElse(0);
    }

    private static long notByCap(World world) {
        var wrong = new ArrayList<String>();
        for (var cap : CAPS) {
            if (!cap.code().isEmpty()) {
                for (var row : world.postgres()
                        .rows("SELECT id, coalesce(ended, '{}') FROM runs WHERE agent = '%s'".formatted(cap.name()))) {
                    JsonNode error = Json.read(row.get(1)).path("error");
                    if (!error.path("code").asText().equals(cap.code())) {
                        wrong.add(row.getFirst());
                    }
                }
            }
        }
        world.blame("not by cap", wrong);
        return wrong.size();
    }
}
