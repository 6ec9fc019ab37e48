package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Schedules over several replicas, of which some die: each slot once. The times are those of the database, which the
/// test moves: a schedule that came due a while ago is due at once.
class ScheduleStormTest {

    private static final String MISSING_OR_DOUBLED = """
            SELECT count(*) FROM firings f WHERE f.state <> 'started' OR (
              SELECT count(*) FROM runs r WHERE r.tenant = f.tenant
                AND r.idempotency_key = 'trigger:' || f.trigger || ':' || f.key) <> 1""";

    private final String database = TestDatabase.fresh();

    private TestServer replica() {
        return TestServer.start(java.util.Map.of("database.url", database));
    }

    private static void define(TestServer server, String name, String schedule) {
        var answer = server.send(server.request("/api/v1/triggers/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(
                        "name: %s\nagent: assistant\ninput: '${slot}'\nschedule: %s\n".formatted(name, schedule))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String query(String sql) {
        return TestDatabase.query(database, sql);
    }

    /// By days in UTC, whatever the session's zone: between two midnights the slots are always as many.
    private void cameDue(String ago) {
        TestDatabase.execute(
                database,
                "UPDATE triggers SET due_at = date_trunc('day', now(), 'UTC') - interval '%s'".formatted(ago));
    }

    @Test
    void each_slot_starts_one_run_over_replicas_that_die() throws InterruptedException {
        var replicas = new ArrayList<>(List.of(replica(), replica(), replica()));
        try {
            for (int n = 0; n < 40; n++) {
                define(replicas.getFirst(), "daily-" + n, "{cron: '@daily', missed: all, overlap: allow}");
            }
            for (int round = 1; round <= 5; round++) {
                cameDue(2 * round + " days");
                int wanted = 40 * (2 * round + 1);
                // A replica that loses its database in the middle has no more say than one that is dead.
                var dead = replicas.removeFirst();
                dead.bean(Database.class).close();
                dead.close();
                replicas.add(replica());
                Await.until(
                        "All slots have a run",
                        () -> Integer.parseInt(query("SELECT count(*) FROM firings WHERE state = 'started'")) >= wanted
                                && query("SELECT count(*) FROM firings WHERE state = 'due'")
                                        .equals("0"));
                assertThat(query(MISSING_OR_DOUBLED)).isEqualTo("0");
                assertThat(query("SELECT count(*) FROM runs WHERE metadata LIKE '%daily-%'"))
                        .isEqualTo(query("SELECT count(*) FROM firings"));
            }
        } finally {
            replicas.forEach(TestServer::close);
        }
    }

    @Test
    void run_that_has_not_ended_holds_the_next_up_or_keeps_it_out() throws InterruptedException {
        try (var server = replica()) {
            define(server, "skips", "{cron: '@daily', missed: all, overlap: skip}");
            define(server, "queues", "{cron: '@daily', missed: all, overlap: queue}");
            define(server, "allows", "{cron: '@daily', missed: all, overlap: allow}");
            TestDatabase.execute(
                    database, "UPDATE triggers SET definition = replace(definition, '${slot}', 'hold ' || name)");
            cameDue("1 day");

            Await.until(
                    "The first slots fire",
                    () -> count("skips", "started").equals("1")
                            && count("skips", "skipped").equals("1")
                            && count("queues", "started").equals("1")
                            && count("queues", "due").equals("1")
                            && count("allows", "started").equals("2"));
            for (String name : List.of("skips", "queues")) {
                String run =
                        query("SELECT run FROM firings WHERE trigger = '%s' AND state = 'started'".formatted(name));
                assertThat(server.post("/api/v1/runs/" + run + "/cancel", "{}").statusCode())
                        .isLessThan(300);
            }

            Await.until("The one that waited fires", () -> count("queues", "started")
                    .equals("2"));
            assertThat(count("skips", "started")).isEqualTo("1");
            assertThat(query("SELECT reason FROM firings WHERE state = 'skipped'"))
                    .isEqualTo("The run before has not ended");
        }
    }

    private String count(String trigger, String state) {
        return query("SELECT count(*) FROM firings WHERE trigger = '%s' AND state = '%s'".formatted(trigger, state));
    }

    @Test
    void file_is_loaded_once_and_a_start_keeps_its_next_slot() throws Exception {
        var folder = java.nio.file.Files.createTempDirectory("triggers");
        java.nio.file.Files.writeString(folder.resolve("night.yaml"), """
                kind: trigger
                name: night
                agent: assistant
                input: Good night
                schedule: {cron: '0 2 * * *', missed: once}
                """);
        java.nio.file.Files.writeString(folder.resolve("assistant.yaml"), "name: assistant\ninstructions: You help.\n");
        var settings = java.util.Map.<String, Object>of("database.url", database, "definitions.dir", folder.toString());
        try (var first = TestServer.start(settings)) {
            Await.until("It is there", () -> query("SELECT name FROM triggers").equals("night"));
            assertThat(first.get("/api/v1/triggers/night").statusCode()).isEqualTo(200);
        }
        // Nobody was there when it came due.
        TestDatabase.execute(
                database, "UPDATE triggers SET due_at = date_trunc('day', now(), 'UTC') - interval '22 hours'");
        try (var second = TestServer.start(settings)) {
            Await.until("The slot that was missed fires once", () -> query(
                            "SELECT count(*) FROM firings WHERE state = 'started'")
                    .equals("1"));
            assertThat(second.get("/api/v1/triggers/night").body()).contains("\"version\":1");
        }
    }
}
