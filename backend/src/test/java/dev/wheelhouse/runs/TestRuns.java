package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import java.time.Instant;
import java.util.List;

/// One replica of the engine for tests of programs in other packages.
public final class TestRuns implements AutoCloseable {

    public static final TenantId TENANT = TestReplica.TENANT;

    private final TestReplica replica;

    public TestRuns(String url, Program.Source programs) {
        replica = new TestReplica(url, programs, TestReplica.QUICK);
    }

    /// Nothing of what the engine has to say of failures that are meant to be.
    public static void silence() {
        Simulate.silence();
    }

    /// A run that its first owner has just begun, without a database.
    public static Run running(Program.Pin program, Run.Asker asker) {
        var id = RunId.next();
        return new Run(
                id,
                TestReplica.TENANT,
                program,
                id.value(),
                new Run.Request("[]", null, null, "{}", asker),
                Run.Lineage.NONE,
                Run.Status.RUNNING,
                new Run.Place(null, 1),
                Run.Totals.CREATED,
                new Run.Times(Instant.EPOCH, null, null));
    }

    public Runs runs() {
        return replica.runs;
    }

    public Run ended(Run run) throws InterruptedException {
        return replica.ended(run);
    }

    /// A run's log as it is stored.
    public List<Retelling.Entry> log(Run run) {
        return replica.store.log(run.tenant(), run.id()).stream()
                .map(entry -> new Retelling.Entry(entry.at(), entry.type().word(), entry.step(), entry.data()))
                .toList();
    }

    public Database database() {
        return replica.database;
    }

    @Override
    public void close() throws InterruptedException {
        replica.close();
    }
}
