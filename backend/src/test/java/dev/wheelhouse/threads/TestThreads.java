package dev.wheelhouse.threads;

import dev.wheelhouse.database.Database;

/// Threads as the platform puts them together, for tests of other packages.
public final class TestThreads {

    private TestThreads() {}

    public static Threads of(Database database) {
        return new Threads(new ThreadStore(database));
    }
}
