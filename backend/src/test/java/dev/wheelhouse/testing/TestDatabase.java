package dev.wheelhouse.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A real Postgres, one server for the whole test run, and a fresh database for whoever asks.
public final class TestDatabase {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            var server = EmbeddedPostgres.builder()
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

    /// The address of a new, empty database, as its superuser.
    public static String fresh() {
        String name =
                "test" + MADE.incrementAndGet() + "_" + ProcessHandle.current().pid();
        execute(url("postgres"), "CREATE DATABASE " + name);
        return url(name);
    }

    /// The same for an owner like those of managed Postgres: who makes roles, is no superuser and bypasses no policy.
    public static String freshOfPlainOwner() {
        String address = fresh();
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
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// The first column of the first row.
    public static String query(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        String address = "jdbc:postgresql://" + url.substring(url.indexOf('@') + 1);
        return DriverManager.getConnection(address, "postgres", "postgres");
    }
}
