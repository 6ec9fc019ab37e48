package dev.wheelhouse.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// W1. Workflows over all kinds of states while a replica is killed every 5 s: people approve and refuse, send
/// signals and cancel, states fail, are tried again, caught and undone.
final class WorkflowStorm implements Experiment {

    private static final Duration AFTER_LAST_KILL = Duration.ofSeconds(120);

    /// What becomes of a run; the word is its input.
    enum Way {
        PAID,
        CAUGHT,
        FAILED,
        REFUSED,
        CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Way of(int run) {
            return values()[run % values().length];
        }

        /// Whether what it did is taken back.
        boolean isUndone() {
            return this == FAILED || this == REFUSED || this == CANCELLED;
        }
    }

    private static final String PART = """
            kind: workflow
            name: part
            input: {type: object}
            start: act
            states:
              act:
                tool: effect_keyed
                args: {run: "${input.run}", act: part, forMs: 80}
                next: left
              left: {succeed: {output: "${states.act.output.done}"}}
            """;

    private static final String FAILING = """
            kind: workflow
            name: failing
            input: {type: object}
            start: pause
            states:
              pause: {wait: {for: 1s}, next: end}
              end: {fail: {code: planned, message: "It was to fail"}}
            """;

    private static final String STORM = """
            kind: workflow
            name: storm
            input: {type: object, required: [run, way, until]}
            start: note
            states:
              note: {set: {run: "${input.run}", way: "${input.way}"}, next: judge}
              judge: {agent: worker, input: "once ${states.note.output.run}", next: reserve}
              reserve:
                tool: effect_keyed
                args: {run: "${input.run}", act: reserve, forMs: 120}
                undo: {tool: effect_keyed, args: {run: "${input.run}", act: reserve-undone, forMs: 60}}
                next: part
              part:
                workflow: part
                input: "${input}"
                undo: {tool: effect_keyed, args: {run: "${input.run}", act: part-undone, forMs: 60}}
                next: ask
              ask:
                approval: {message: "Go on with ${input.run}?", expires: 1h, otherwise: reject}
                next: both
                rejected: refused
              both:
                parallel:
                  branches:
                    left: {tool: effect_keyed, args: {run: "${input.run}", act: left, forMs: 150}}
                    right:
                      start: one
                      states:
                        one: {tool: effect_keyed, args: {run: "${input.run}", act: right-one, forMs: 40}, next: two}
                        two: {tool: effect_keyed, args: {run: "${input.run}", act: right-two, forMs: 40}}
                next: first
              first:
                parallel:
                  join: any
                  branches:
                    quick: {tool: effect_keyed, args: {run: "${input.run}", act: quick, forMs: 20}}
                    late:
                      start: pause
                      states:
                        pause: {wait: {for: 1h}, next: act}
                        act: {tool: effect_keyed, args: {run: "${input.run}", act: late}}
                next: most
              most:
                parallel:
                  join: 2
                  branches:
                    a: {tool: effect_keyed, args: {run: "${input.run}", act: most-a, forMs: 30}}
                    b: {tool: effect_keyed, args: {run: "${input.run}", act: most-b, forMs: 60}}
                    c: {fail: {code: planned, message: "One of three fails"}}
                next: each
              each:
                map:
                  over: "${[0, 1, 2, 3]}"
                  as: n
                  atMost: 2
                  tool: effect_keyed
                  args: {run: "${input.run}", act: "each-${n}", forMs: 30}
                next: pause
              pause: {wait: {for: 1s}, next: moment}
              moment: {wait: {until: "${input.until}"}, next: hear}
              hear: {wait: {signal: go}, next: decide}
              decide:
                choice:
                  - {when: "input.way == 'failed'", next: broken}
                  - {when: "input.way == 'cancelled'", next: stay}
                  - {when: "input.way == 'caught'", next: risk}
                otherwise: pay
              risk:
                workflow: failing
                input: "${input}"
                retry: {attempts: 2, delay: 1s, on: [planned]}
                catch: [{on: [planned], next: pay}]
                next: pay
              stay: {wait: {signal: never}, next: pay}
              pay: {tool: effect_keyed, args: {run: "${input.run}", act: pay, forMs: 100}, next: done}
              broken: {fail: {code: planned, message: "It was to fail"}}
              refused: {fail: {code: refused, message: "Somebody refused"}}
              done: {succeed: {output: "${input.run}"}}
            """;

    @Override
    public String name() {
        return "W1";
    }

    @Override
    public String title() {
        return "workflow storm";
    }

    @Override
    public Figures run(World world) throws Exception {
        int count = world.size().of(60, 2_000);
        var replicas = world.replicas(3);
        world.agent("worker", "effect_keyed");
        world.model().manners(40, 0.01);
        world.model().script("once", WorkflowStorm::once);
        world.api().define("/api/v1/workflows/part?publish=true", PART);
        world.api().define("/api/v1/workflows/failing?publish=true", FAILING);
        world.api().define("/api/v1/workflows/storm?publish=true", STORM);
        try (var people = new WorkflowPeople(world)) {
            var load = new Load(
                    world, count, world.size().of(30, 120), n -> Way.of(n).word(), WorkflowStorm::start);
            people.know(load);
            int kills = storm(world, replicas, load, world.random("nemesis"));
            load.join();
            String open = "SELECT count(*) FROM runs WHERE ended_at IS NULL";
            boolean quiet = World.await(AFTER_LAST_KILL, () -> world.postgres().number(open) == 0 && isUndone(world));
            return judge(world, load, quiet)
                    .told("runs", count, "")
                    .told("runs with those they called", world.postgres().number("SELECT count(*) FROM runs"), "")
                    .atLeast("kills", kills, "", world.size().of(2, 20));
        }
    }

    /// Each cancelled run that can be undone has a run that does it, which has come to its end.
    private static boolean isUndone(World world) {
        return world.postgres().number("""
                        SELECT count(*) FROM runs c WHERE c.state = 'cancelled' AND c.agent = 'storm' AND NOT EXISTS
                          (SELECT FROM runs u WHERE u.idempotency_key = 'undo:' || c.id AND u.ended_at IS NOT NULL)""") == 0;
    }

    private static Figures judge(World world, Load load, boolean quiet) {
        var check = new WorkflowCheck(world, load);
        var both = new Check(world, load);
        return new Figures()
                .exactly("lost", check.lost(), 0)
                .exactly("stuck", quiet ? 0 : check.stuck(), 0)
                .exactly("steps committed twice", both.committedTwice(), 0)
                .exactly("committed steps begun again", both.wentBack() + check.wentBack(), 0)
                .exactly("logs with a gap", both.gaps(), 0)
                .exactly("keyed effects not done once", check.notOnce(), 0)
                .exactly("undone not exactly once, or in another order", check.wronglyUndone(), 0)
                .exactly("runs that ended otherwise", check.otherEnds(), 0)
                .atLeast("takeovers", both.takeovers(), "", world.size().of(3, 100))
                .told("keyed calls caught by their key", world.effects().repeatsCaughtByKey(), "")
                .told("undone by a run of its own", check.undoRuns(), "");
    }

    private static String start(Api api, int n) throws InterruptedException {
        String body = "{\"input\":{\"run\":\"%d\",\"way\":\"%s\",\"until\":\"%s\"}}"
                .formatted(n, Way.of(n).word(), Instant.now().plusSeconds(2));
        return api.post("/api/v1/workflows/storm/runs", body, "storm:" + n)
                .expect(201)
                .body()
                .path("id")
                .asText();
    }

    private static Script.Said once(Script.ApprovalRequest asked) {
        return asked.turn() == 0
                ? Script.Said.call("effect_keyed", Script.act(asked.run(), "judged", 100))
                : Script.Said.text("done " + asked.run());
    }

    private static int storm(World world, List<Replica> replicas, Load load, Random random) throws Exception {
        int kills = 0;
        int wanted = world.size().of(2, 20);
        do {
            TimeUnit.SECONDS.sleep(5);
            var victim = replicas.get(random.nextInt(replicas.size()));
            victim.kill();
            // Where a start takes longer than the pause, there would soon be nobody left to take anything over.
            victim.start().awaitReady();
            kills++;
        } while (!load.isAccepted() || kills < wanted && !load.isBroken());
        return kills;
    }
}
