package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// D11. Many clients follow runs live, drop their streams at random and come back with `Last-Event-ID`, while replicas
/// are killed. What each has seen in the end must be the log, word by word.
final class ReconnectingClients implements Experiment {

    @Override
    public String name() {
        return "D11";
    }

    @Override
    public String title() {
        return "reconnecting clients";
    }

    @Override
    public Figures run(World world) throws Exception {
        int count = world.size().of(100, 1_000);
        int runs = count / 4;
        var replicas = world.replicas(3);
        world.agent("worker", "effect_keyed");
        String[] tools = new String[8];
        java.util.Arrays.fill(tools, "effect_keyed");
        world.model().script("long", Script.slowChain(6_000, tools));
        var load = new Load(world, "worker", runs, runs, n -> "long");
        load.join();
        var clients = follow(world, load, count);
        int kills = kill(world, replicas);
        boolean all = Reconnecting.awaitAll(clients, Duration.ofSeconds(90));
        var wrong = compare(world, clients);
        return new Figures()
                .exactly("gaps", wrong.getOrDefault("gap", 0), 0)
                .exactly("doubles or reorders", wrong.getOrDefault("double", 0), 0)
                .exactly("other words than the log", wrong.getOrDefault("other words", 0), 0)
                .exactly(
                        "clients without an end",
                        all ? 0 : clients.stream().filter(c -> !c.hasEnded()).count(),
                        0)
                .exactly("clients", clients.size(), count)
                .told("events seen", world.postgres().number("SELECT count(*) FROM log") * (count / runs), "")
                .atLeast(
                        "reconnections",
                        clients.stream().mapToInt(Reconnecting::connections).sum() - count,
                        "",
                        count)
                .atLeast("kills", kills, "", world.size().of(2, 5))
                .atLeast(
                        "takeovers",
                        new Check(world, load).takeovers(),
                        "",
                        world.size().of(2, 50));
    }

    private static List<Reconnecting> follow(World world, Load load, int count) {
        var ids = load.runs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        var clients = new ArrayList<Reconnecting>();
        var random = world.random("clients");
        for (int n = 0; n < count; n++) {
            var client = new Reconnecting(world, ids.get(n % ids.size()), random.nextLong());
            clients.add(client);
            Thread.ofVirtual().start(client);
        }
        return clients;
    }

    private static int kill(World world, List<Replica> replicas) throws InterruptedException {
        var random = world.random("nemesis");
        int kills = 0;
        long begun = System.nanoTime();
        while (world.open() > 0 && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(4)) {
            TimeUnit.SECONDS.sleep(5);
            var victim = replicas.get(random.nextInt(replicas.size()));
            victim.kill();
            victim.start();
            kills++;
        }
        return kills;
    }

    /// How many clients saw something else than the log, by the kind of the first difference.
    private static Map<String, Integer> compare(World world, List<Reconnecting> clients) throws InterruptedException {
        var logs = new HashMap<String, List<JsonNode>>();
        var wrong = new TreeMap<String, Integer>();
        var told = new ArrayList<String>();
        world.ready();
        for (var client : clients) {
            if (!logs.containsKey(client.of())) {
                logs.put(client.of(), log(world, client.of()));
            }
            String difference = client.difference(logs.get(client.of()));
            if (!difference.isEmpty()) {
                wrong.merge(difference.substring(0, difference.indexOf(':')), 1, Integer::sum);
                told.add(client.of() + " " + difference);
            }
        }
        if (!told.isEmpty()) {
            world.note("differences.txt", told);
        }
        return wrong;
    }

    private static List<JsonNode> log(World world, String run) throws InterruptedException {
        var events = new ArrayList<JsonNode>();
        world.api()
                .get("/api/v1/runs/" + run + "/events?limit=200")
                .expect(200)
                .body()
                .path("data")
                .forEach(events::add);
        return events;
    }
}
