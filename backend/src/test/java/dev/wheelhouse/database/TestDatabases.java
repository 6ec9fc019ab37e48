package dev.wheelhouse.database;

/// Opens databases for tests of other packages.
public final class TestDatabases {

    private TestDatabases() {}

    public static Database open(String url) {
        return new Database(new DatabaseSettings(url, null, 5432, "wheelhouse", "postgres", null, 8));
    }
}
