package dev.wheelhouse.runs;

import dev.wheelhouse.database.Database;

/// One replica of the engine for tests of programs in other packages.
public final class TestRuns implements AutoCloseable {

    private final TestReplica replica;

    public TestRuns(String url, Program.Source programs) {
        replica = new TestReplica(url, programs, TestReplica.QUICK);
    }

    public Runs runs() {
        return replica.runs;
    }

    public Database database() {
        return replica.database;
    }

    @Override
    public void close() throws InterruptedException {
        replica.close();
    }
}
