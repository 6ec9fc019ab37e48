package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.SystemClock;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// One replica of the engine in this process, put together as the platform does, with quick polls. The lease is long
/// enough for a busy computer; tests that want it over say so.
final class TestReplica implements AutoCloseable {

    static final TenantId TENANT = TenantId.DEFAULT;
    static final RunsConfig QUICK =
            new RunsConfig(Duration.ofSeconds(5), Duration.ofMillis(50), 64, Duration.ofSeconds(2));

    final Database database;
    final PostgresEngineStore store;
    final RunWriter writer;
    final Engine engine;
    final Runs runs;
    final Questions questions;
    private volatile Consumer<RunId> whenStale = run -> {};
    final List<RunId> takenOver = new CopyOnWriteArrayList<>();

    TestReplica(String url, Program program) {
        this(url, run -> program, QUICK);
    }

    TestReplica(String url, Program.Source programs, RunsConfig config) {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        var clock = new SystemClock();
        var asked = new QuestionStore(database);
        store = new PostgresEngineStore(database, asked);
        writer = new RunWriter(store, config, clock);
        var live = new LiveRuns(store);
        var hints = new PostgresHints(database, store, clock);
        engine = new Engine(store, writer, live, config, hints, clock, () -> programs, List.of(new Heard()));
        questions = new Questions(asked, engine);
        runs = new Runs(
                new RunStore(database),
                writer,
                live,
                engine,
                hints,
                database,
                new ForgetRunsStore(database, List.of()));
    }

    Run start(String text) {
        return runs.start(wanted(text));
    }

    static NewRun wanted(String text) {
        return NewRun.of(
                        TENANT,
                        new Program.Pin("agent", "test", 1),
                        "[{\"role\":\"user\",\"content\":\"" + text + "\"}]")
                .build();
    }

    Run ended(Run run) throws InterruptedException {
        return runs.await(TENANT, run.id(), Await.LONGEST);
    }

    /// Ends the lease of a run as if its owner had died. The owner is alive and renews it, so this is said again and
    /// again, until another replica has taken the run.
    static void expireLease(String url, Run run) throws InterruptedException {
        String epoch = TestDatabase.query(url, "SELECT epoch FROM runs WHERE id = '%s'".formatted(run.id()));
        String owned = "id = '%s' AND state = 'running' AND epoch = %s".formatted(run.id(), epoch);
        Await.until("Another replica has the run", () -> {
            TestDatabase.execute(url, "UPDATE runs SET due_at = now() - interval '1 s' WHERE " + owned);
            return TestDatabase.query(url, "SELECT 1 FROM runs WHERE " + owned).isEmpty();
        });
    }

    List<String> types(Run run) {
        return new ArrayList<>(runs.events(TENANT, run.id(), 0, 500).stream()
                .map(event -> event.type().word())
                .toList());
    }

    void onStale(Consumer<RunId> listener) {
        whenStale = listener;
    }

    private final class Heard implements RunListener {
        @Override
        public void staleWriteRejected(RunId run) {
            whenStale.accept(run);
        }

        @Override
        public void takenOver(Run run) {
            takenOver.add(run.id());
        }
    }

    @Override
    public void close() throws InterruptedException {
        engine.close();
        database.close();
    }
}
