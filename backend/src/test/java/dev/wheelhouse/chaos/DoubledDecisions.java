package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// D8. Every question is answered by two people at the same moment, one says yes and one says no, while replicas are
/// killed. One word counts, once; the other person is told.
final class DoubledDecisions implements Experiment {

    private static final int QUESTIONS_EACH = 2;

    private final List<String> people = List.of("anna", "ben");

    @Override
    public String name() {
        return "D8";
    }

    @Override
    public String title() {
        return "doubled decisions";
    }

    /// What the platform told the two who decided a question.
    private static final class Told {
        final AtomicInteger taken = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicReference<String> word = new AtomicReference<>("");
    }

    @Override
    public Figures run(World world) throws Exception {
        int questions = world.size().of(60, 2_000);
        var replicas = world.replicas(3);
        world.agent("careful", List.of("effect_keyed"), """
                limits: {steps: 100, time: 1h}
                approvals:
                  - when: tool.name == "effect_keyed"
                    message: Something outside will change""");
        world.model().script("ask", DoubledDecisions::askTwice);
        var keys = new ArrayList<Api>();
        for (String person : people) {
            keys.add(world.api().as(key(world, person)));
        }
        var load = new Load(world, "careful", questions / QUESTIONS_EACH, questions, n -> "ask");
        var told = new ConcurrentHashMap<String, Told>();
        var done = new AtomicBoolean();
        var deciding = Thread.ofVirtual().start(() -> decideAll(world, keys, told, done));
        int kills = 0;
        var random = world.random("nemesis");
        while (!load.isAccepted() || open(world) > 0 && kills < 80) {
            TimeUnit.SECONDS.sleep(5);
            var victim = replicas.get(random.nextInt(replicas.size()));
            victim.kill();
            victim.start();
            kills++;
        }
        load.join();
        boolean quiet = World.await(Duration.ofSeconds(60), () -> open(world) == 0);
        done.set(true);
        deciding.join();
        return judge(world, load, told, questions)
                .exactly("stuck", quiet ? 0 : open(world), 0)
                .atLeast("kills", kills, "", world.size().of(1, 5));
    }

    private static Script.Said askTwice(Script.ApprovalRequest asked) {
        return asked.turn() == 0
                ? Script.Said.calls(
                        new Script.Call("effect_keyed", Script.act(asked.run(), "a0", 100)),
                        new Script.Call("effect_keyed", Script.act(asked.run(), "a1", 100)))
                : Script.Said.text("done");
    }

    private static String key(World world, String person) throws InterruptedException {
        return world.api()
                .post(
                        "/api/v1/keys",
                        "{\"name\":\"%s\",\"scopes\":[\"read\",\"approve\"]}".formatted(person),
                        "key-" + person)
                .expect(201)
                .body()
                .path("secret")
                .asText();
    }

    private static long open(World world) {
        return world.postgres().number("SELECT count(*) FROM runs WHERE ended_at IS NULL");
    }

    private void decideAll(World world, List<Api> keys, Map<String, Told> told, AtomicBoolean done) {
        var room = new Semaphore(16);
        try {
            while (!done.get()) {
                for (String id : world.postgres().column("SELECT id FROM questions WHERE state = 'open' LIMIT 500")) {
                    if (!told.containsKey(id)) {
                        told.put(id, new Told());
                        room.acquire();
                        Thread.ofVirtual().start(() -> {
                            try {
                                decideTwice(keys, id, told.get(id));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } finally {
                                room.release();
                            }
                        });
                    }
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            room.acquire(16);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void decideTwice(List<Api> keys, String id, Told told) throws InterruptedException {
        var together = new CountDownLatch(keys.size());
        var threads = new ArrayList<Thread>();
        for (int n = 0; n < keys.size(); n++) {
            var key = keys.get(n);
            String person = people.get(n);
            String decision = n == 0 ? "approve" : "reject";
            threads.add(Thread.ofVirtual().start(() -> {
                together.countDown();
                try {
                    together.await();
                    decide(key, id, person, decision, told);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    /// A person whose answer got lost with a replica asks again; "decided already, by you" is then a yes.
    private static void decide(Api key, String id, String person, String decision, Told told)
            throws InterruptedException {
        var answer = key.post(
                "/api/v1/approvals/" + id + "/decision",
                "{\"decision\":\"%s\"}".formatted(decision),
                person + "-" + id);
        told.asked.incrementAndGet();
        boolean mine =
                answer.status() == 409 && answer.body().path("detail").asText().startsWith(person + " decided");
        if (answer.status() == 200 || mine) {
            told.taken.incrementAndGet();
            told.word.set(decision);
        } else if (answer.status() == 409) {
            told.refused.incrementAndGet();
        }
    }

    private static Figures judge(World world, Load load, Map<String, Told> told, int questions) {
        var rows = world.postgres().rows("SELECT id, run, state, decided_by FROM questions");
        Map<String, String> names = new HashMap<>();
        load.runs().forEach((name, id) -> names.put(id, name));
        Map<String, Integer> yes = new HashMap<>();
        Set<String> lost = new HashSet<>();
        Set<String> wrongAnswers = new HashSet<>();
        for (var row : rows) {
            var heard = told.getOrDefault(row.getFirst(), new Told());
            if (heard.taken.get() != 1 || heard.refused.get() != 1) {
                wrongAnswers.add(row.get(1));
            }
            String state = heard.word.get().equals("approve") ? "approved" : "rejected";
            if (!row.get(2).equals(state)) {
                lost.add(row.get(1));
            }
            yes.merge(row.get(1), row.get(2).equals("approved") ? 1 : 0, Integer::sum);
        }
        var twice = twice(world, names, yes);
        lost.addAll(unheard(world, rows));
        world.blame("applied twice", twice);
        world.blame("lost", lost);
        world.blame("not one yes and one no", wrongAnswers);
        return new Figures()
                .exactly("applied twice", twice.size(), 0)
                .exactly("lost", lost.size(), 0)
                .exactly("looping", rows.size() - questions, 0)
                .exactly("not one 200 and one 409", wrongAnswers.size(), 0)
                .told(
                        "decisions",
                        told.values().stream().mapToInt(t -> t.asked.get()).sum(),
                        "")
                .told("approved", yes.values().stream().mapToInt(n -> n).sum(), "");
    }

    /// Runs in which more was done outside than was approved, or less, or a decision stands twice in the log.
    private static Set<String> twice(World world, Map<String, String> names, Map<String, Integer> yes) {
        Map<String, Integer> acts = new HashMap<>();
        world.effects()
                .keyedActs()
                .forEach(
                        (act, times) -> acts.merge(act.substring(0, act.indexOf('/')), times.intValue(), Integer::sum));
        var wrong = new HashSet<String>();
        yes.forEach((run, approved) -> {
            if (!acts.getOrDefault(names.get(run), 0).equals(approved)) {
                wrong.add(run);
            }
        });
        wrong.addAll(world.postgres()
                .column("SELECT run FROM log WHERE type = 'step.succeeded' GROUP BY run, step HAVING count(*) > 1"));
        return wrong;
    }

    /// Runs whose log has another word of a decision than the table.
    private static Set<String> unheard(World world, List<List<String>> rows) {
        Map<String, List<String>> table = new HashMap<>();
        rows.forEach(row -> table.computeIfAbsent(row.get(1), run -> new ArrayList<>())
                .add(row.get(2).substring(0, 6)));
        Map<String, List<String>> log = new HashMap<>();
        for (var row : world.postgres().rows("SELECT run, data FROM log WHERE type = 'step.succeeded'")) {
            JsonNode data = Json.read(row.get(1));
            if (data.path("kind").asText().equals("decision")) {
                String word = data.path("output").path("decision").asText();
                log.computeIfAbsent(row.getFirst(), run -> new ArrayList<>()).add(word.substring(0, 6));
            }
        }
        Set<String> wrong = new HashSet<>();
        table.forEach((run, words) -> {
            var heard = log.getOrDefault(run, List.of()).stream().sorted().toList();
            if (!heard.equals(words.stream().sorted().toList())) {
                wrong.add(run);
            }
        });
        return wrong;
    }
}
