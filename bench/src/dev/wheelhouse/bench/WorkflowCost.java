package dev.wheelhouse.bench;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What workflows cost: a step of a map over 10,000 items against one over 100, what it holds in the heap, how long its
/// log takes to read, and ten tool states against an agent that calls the same tool ten times.
final class WorkflowCost implements Bench.Measured {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int FEW = 100;
    private static final int MANY = 10_000;
    private static final double MIB = 1048576.0;

    /// Each item is a call of a tool and an end of its own: two steps, of which one takes a commit.
    private static final String MAP = """
            kind: workflow
            name: many
            input: {type: object, required: [items]}
            limits: {steps: 1000000}
            start: each
            states:
              each:
                map:
                  over: "${input.items}"
                  atMost: 10
                  start: sum
                  states:
                    sum: {tool: calculator, args: {expression: "${item} + 1"}, next: end}
                    end: {succeed: {output: 1}}
                next: done
              done: {succeed: {output: done}}
            """;

    private Rounds few = Rounds.of();
    private Rounds many = Rounds.of();
    private Rounds states = Rounds.of();
    private Rounds loop = Rounds.of();
    private Rounds held = Rounds.of();
    private Rounds opened = Rounds.of();

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        stage.definition("many", MAP);
        stage.definition("ten", ten());
        var postgres = stage.postgres();
        var replica = stage.replica(postgres, "wheelhouse", Map.of());
        try (var client = new Client(replica.port(), stage.key)) {
            warmUp(client);
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 2 == 0) {
                    few = few.with(map(replica, postgres, client, FEW, 40));
                    many = many.with(map(replica, postgres, client, MANY, 1));
                } else {
                    many = many.with(map(replica, postgres, client, MANY, 1));
                    few = few.with(map(replica, postgres, client, FEW, 40));
                }
                calls(replica, postgres, client, round);
                long idle = replica.held();
                held = held.with((heldInTheMiddle(replica, postgres, client) - idle) / MIB);
            }
        }
        figures.told("CPU of a step, map over 100 items", few, "us");
        figures.told("CPU of a step, map over 10,000 items", many, "us");
        figures.atMost("  one over the other", many.over(few), "x", 1.5);
        figures.atMost("heap above idle, nine tenths of 10,000 items done", held, "MiB", 64);
        figures.atMost("reading the log of 10,000 items", opened, "s", 1);
        figures.told("CPU of ten tool states", states, "ms");
        figures.told("CPU of ten calls by an agent", loop, "ms");
        figures.atMost("  one over the other", states.over(loop), "x", 1.3);
    }

    private static String ten() {
        var text = new StringBuilder("kind: workflow\nname: ten\ninput: {type: object}\nstart: s0\nstates:\n");
        for (int at = 0; at < 10; at++) {
            text.append("  s%d: {tool: calculator, args: {expression: \"17 * %d\"}, next: s%d}\n"
                    .formatted(at, 20 + at, at + 1));
        }
        return text.append("  s10: {succeed: {output: done}}\n").toString();
    }

    private static void warmUp(Client client) {
        for (int n = 0; n < 60; n++) {
            run(client, "/api/v1/workflows/many/runs", items(FEW));
        }
        for (int n = 0; n < 600; n++) {
            run(client, "/api/v1/workflows/ten/runs", "{}");
            run(client, "/api/v1/agents/assistant/runs", TEN_CALLS);
        }
    }

    /// The demo model asks for the tool once a round, as often as it is told "then". Sums differ: ten times the same one would
    /// be stopped as a loop.
    private static final String TEN_CALLS = "\""
            + IntStream.range(0, 10).mapToObj(n -> "what is 17 * " + (20 + n)).collect(Collectors.joining(", then ")) + "\"";

    private static String items(int count) {
        return "{\"items\":[%s]}"
                .formatted(IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    }

    /// Microseconds of CPU for each step.
    private static double map(Running replica, Postgres postgres, Client client, int items, int times) {
        String input = items(items);
        double before = replica.cpu() + postgres.cpu();
        for (int n = 0; n < times; n++) {
            run(client, "/api/v1/workflows/many/runs", input);
        }
        return (replica.cpu() + postgres.cpu() - before) / times / items / 2 * 1e6;
    }

    private void calls(Running replica, Postgres postgres, Client client, int round) {
        for (int turn = 0; turn < 2; turn++) {
            boolean isStates = (round + turn) % 2 == 0;
            double before = replica.cpu() + postgres.cpu();
            for (int n = 0; n < 300; n++) {
                if (isStates) {
                    run(client, "/api/v1/workflows/ten/runs", "{}");
                } else {
                    run(client, "/api/v1/agents/assistant/runs", TEN_CALLS);
                }
            }
            double each = (replica.cpu() + postgres.cpu() - before) / 300 * 1e3;
            states = isStates ? states.with(each) : states;
            loop = isStates ? loop : loop.with(each);
        }
    }

    private static String run(Client client, String path, String input) {
        String id = client.post(path, "{\"input\":" + input + "}").field("id");
        boolean[] succeeded = {false};
        client.stream("/api/v1/runs/" + id + "/events", 0, piece -> succeeded[0] |= piece.contains("run.succeeded"));
        if (!succeeded[0]) {
            throw new IllegalStateException("Run %s of %s did not succeed: %s"
                    .formatted(id, path, client.get("/api/v1/runs/" + id).body()));
        }
        return id;
    }

    private double heldInTheMiddle(Running replica, Postgres postgres, Client client) throws Exception {
        String id = client.post("/api/v1/workflows/many/runs", "{\"input\":" + items(MANY) + "}").field("id");
        String done = "SELECT coalesce(max(seq), 0) FROM events WHERE run = '" + id + "'";
        while (postgres.number(done) < MANY * 2 * 0.9) {
            Thread.sleep(50);
        }
        double most = replica.held();
        client.stream("/api/v1/runs/" + id + "/events", 0, none -> {});
        long begun = System.nanoTime();
        client.stream("/api/v1/runs/" + id + "/events", 0, none -> {});
        opened = opened.with((System.nanoTime() - begun) / 1e9);
        return most;
    }
}
