package dev.wheelhouse.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The same work in a database of 1,000 and in one of 1,000,000 steps: to append a run, to open one, to list.
final class Growth implements Bench.Measured {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int STEPS_OF_A_RUN = 5;
    private static final String SEED = """
            INSERT INTO runs (tenant, id, thread, created_at, revision, epoch, seq, steps, agent, state, replica, ended_at,
              input_tokens, output_tokens, cost, created, ended)
            SELECT 'default', id, id, at, 1, 1, %1$d + 2, %1$d, 'assistant', 'succeeded', 'r-seed', at, 500, 60, 0,
              '{"input":[{"role":"user","content":"what is 17 * 23"}]}', '{"output":"17 * 23 is 391."}'
            FROM seeded;
            INSERT INTO events (tenant, run, seq, step, at, type, data)
            SELECT 'default', id, step + 1, step, at, 'step.succeeded',
              '{"ms":1,"use":[250,0,20,0],"kind":"model","name":"default","output":{"text":"' || repeat(md5(id::text || step), 5) || '"}}'
            FROM seeded, generate_series(1, %1$d) AS step;""".formatted(STEPS_OF_A_RUN);

    private record Size(String database, long steps, Running replica, List<String> runs) {}

    private final Map<String, Rounds> found = new TreeMap<>();

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var postgres = stage.postgres("large");
        var small = size(stage, postgres, "wheelhouse", 1_000);
        var large = size(stage, postgres, "large", 1_000_000);
        for (int round = -1; round < ROUNDS; round++) {
            for (var size : round % 2 == 0 ? List.of(small, large) : List.of(large, small)) {
                round(stage, postgres, size, round >= 0);
            }
        }
        for (String what : List.of("append", "open", "list")) {
            figures.atMost(
                    "CPU at 1,000,000 over 1,000 steps: " + what,
                    found.get(what + " cpu large").over(found.get(what + " cpu wheelhouse")),
                    "x",
                    1.2);
            figures.told(
                    "  pages that Postgres looks at: " + what,
                    found.get(what + " pages large").over(found.get(what + " pages wheelhouse")),
                    "x");
            figures.told("  CPU at 1,000,000: " + what, found.get(what + " cpu large"), "us");
        }
        figures.told(
                "WAL per appended run at 1,000,000 over 1,000",
                found.get("append log large").over(found.get("append log wheelhouse")),
                "x");
        thread(stage, postgres, small.replica(), figures);
    }

    private static Size size(Stage stage, Postgres postgres, String database, long steps) throws Exception {
        var replica = stage.replica(postgres, database, Map.of());
        var runs = new ArrayList<String>();
        try (var connection = postgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            // In the order of time, as ids are.
            statement.execute("""
                    CREATE TEMP TABLE seeded AS SELECT at, lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')::text
                      || '7' || lpad(to_hex(n %% 4096), 3, '0') || '8' || substr(md5(n::text), 1, 15) AS hex, NULL::uuid AS id
                    FROM (SELECT n, now() - interval '1 hour' - (%1$d - n) * interval '1 second' AS at FROM generate_series(1, %1$d) AS n) n
                    """.formatted(steps / STEPS_OF_A_RUN));
            statement.execute("UPDATE seeded SET id = hex::uuid");
            statement.execute(SEED);
            statement.execute("VACUUM ANALYZE");
            statement.execute("SELECT id FROM seeded ORDER BY md5(id::text) LIMIT 200");
            try (var ids = statement.getResultSet()) {
                while (ids.next()) {
                    runs.add(ids.getString(1));
                }
            }
        }
        return new Size(database, steps, replica, runs);
    }

    private void round(Stage stage, Postgres postgres, Size size, boolean counts) throws Exception {
        try (var load = new Load(size.replica().port(), stage.key, 8)) {
            ops(postgres, size, "append", counts, 600, load, (client, number) -> {
                String id = client.post("/api/v1/agents/assistant/runs", "{\"input\":\"what is 17 * 23\"}")
                        .field("id");
                client.stream("/api/v1/runs/" + id + "/events", 0, none -> {});
            });
            ops(postgres, size, "open", counts, 600, load, (client, number) -> {
                String id = size.runs().get(number % size.runs().size());
                String body = client.get("/api/v1/runs/" + id + "/events").body();
                if (!body.contains("run.succeeded")) {
                    throw new IllegalStateException("A seeded run does not open: " + body);
                }
            });
            ops(postgres, size, "list", counts, 300, load, (client, number) -> client.get("/api/v1/runs?limit=20"));
        }
    }

    private void ops(Postgres postgres, Size size, String what, boolean counts, int times, Load load, Load.Once once)
            throws Exception {
        postgres.execute("CHECKPOINT");
        double cpu = size.replica().cpu() + postgres.cpu();
        double pages = pages(postgres, size.database());
        double log = postgres.log();
        load.times(times, once);
        if (counts) {
            add(what + " cpu " + size.database(), (size.replica().cpu() + postgres.cpu() - cpu) / times * 1e6);
            add(what + " pages " + size.database(), (pages(postgres, size.database()) - pages) / times);
            add(what + " log " + size.database(), (postgres.log() - log) / times);
        }
    }

    private static double pages(Postgres postgres, String database) throws SQLException {
        return postgres.number("SELECT sum(shared_blks_hit + shared_blks_read) FROM pg_stat_statements s"
                + " JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = '" + database + "'");
    }

    private void add(String what, double value) {
        found.merge(what, Rounds.of(value), (before, now) -> before.with(value));
    }

    /// What 200 turns of a conversation leave in the database.
    private static void thread(Stage stage, Postgres postgres, Running replica, Figures figures) throws Exception {
        double before = stored(postgres);
        try (var client = new Client(replica.port(), stage.key)) {
            String thread = "";
            for (int turn = 0; turn < 200; turn++) {
                String more = thread.isEmpty() ? "" : ",\"thread\":\"" + thread + "\"";
                var answer = client.post(
                        "/api/v1/agents/assistant/runs", "{\"input\":\"say " + Words.of(890, turn) + "\"" + more + "}");
                thread = answer.field("thread");
                client.stream("/api/v1/runs/" + answer.field("id") + "/events", 0, none -> {});
            }
        }
        figures.atMost(
                "stored bytes of a thread of 200 turns, 0.9 kB of message each",
                Rounds.of((stored(postgres) - before) / 1e6),
                "MB",
                0.5);
    }

    private static double stored(Postgres postgres) throws Exception {
        postgres.execute("VACUUM FULL runs");
        postgres.execute("VACUUM FULL events");
        return postgres.number("SELECT pg_total_relation_size('runs') + pg_total_relation_size('events')");
    }
}
