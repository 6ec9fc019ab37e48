package dev.wheelhouse.threads;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;

/// Threads as the platform puts them together, for tests of other packages.
public final class TestThreads {

    private TestThreads() {}

    public static Threads of(Database database) {
        return new Threads(new ThreadStore(database, TestDatabases.bean(database, ThreadRepository.class)), () -> {
            throw new UnsupportedOperationException("These threads are not deleted");
        });
    }
}
