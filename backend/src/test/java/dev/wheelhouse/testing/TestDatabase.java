package dev.wheelhouse.testing;

import dev.wheelhouse.database.TestDatabases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A real Postgres, one server for each process of tests, and a fresh database for whoever asks.
///
/// Migrations run once: what is fresh is a copy, which takes a tenth of the time. Its two roles have what those of the
/// original have, as members of them.
public final class TestDatabase {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();
    private static final OpenConnections OPEN = new OpenConnections();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setPGStartupWait(Await.LONGEST)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("timezone", "Pacific/Chatham")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The address of a new database with the schema of today and nothing in it, as its superuser.
    public static String fresh() {
        String name = nextName("test");
        String postgres = url("postgres");
        execute(postgres, "CREATE DATABASE %s TEMPLATE %s".formatted(name, Original.NAME));
        for (String role : List.of("_app", "_engine")) {
            execute(postgres, "CREATE ROLE %s NOINHERIT".formatted(name + role));
            execute(
                    postgres,
                    "GRANT %s TO %s WITH INHERIT TRUE, SET FALSE".formatted(Original.NAME + role, name + role));
        }
        return url(name);
    }

    /// The same without a schema, for tests of what makes it.
    public static String empty() {
        String name = nextName("empty");
        execute(url("postgres"), "CREATE DATABASE " + name);
        return url(name);
    }

    private static String nextName(String kind) {
        return kind + MADE.incrementAndGet() + "_" + ProcessHandle.current().pid();
    }

    /// Made when the first test asks.
    private static final class Original {

        static final String NAME = make();

        private static String make() {
            String url = empty();
            try {
                TestDatabases.migrate(url);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            OPEN.close(url);
            return url.substring(url.lastIndexOf('/') + 1);
        }
    }

    /// An empty one for an owner like those of managed Postgres: who makes roles, is no superuser and bypasses
    /// no policy.
    public static String freshOfPlainOwner() {
        String address = empty();
        String name = address.substring(address.lastIndexOf('/') + 1);
        execute(url("postgres"), "CREATE ROLE %s LOGIN CREATEROLE PASSWORD 'plain'".formatted(name));
        execute(url("postgres"), "ALTER DATABASE %s OWNER TO %s".formatted(name, name));
        return address.replace("postgres:postgres@", name + ":plain@");
    }

    public static String url(String name) {
        return "postgresql://postgres:postgres@localhost:%d/%s".formatted(SERVER.getPort(), name);
    }

    /// Runs SQL as the superuser, whom no policy holds.
    public static void execute(String url, String sql) {
        OPEN.on(url, sql, statement -> statement.execute(sql));
    }

    /// The first column of the first row.
    public static String query(String url, String sql) {
        return OPEN.on(url, sql, statement -> {
            try (ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        });
    }
}
