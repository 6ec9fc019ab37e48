package dev.wheelhouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/// A Postgres of the bench's own with the settings of `make run`, fsync on.
final class Postgres implements AutoCloseable {

    private final String tool;
    private final Path folder;
    private final Connection watching;

    Postgres(Path root, Path folder, String... databases) throws SQLException {
        this.tool = root.resolve("scripts/postgres").toString();
        this.folder = folder;
        var command =
                new java.util.ArrayList<>(java.util.List.of(tool, "start", folder.toString(), "wheelhouse", "floor"));
        command.addAll(java.util.List.of(databases));
        Stage.finish(
                Map.of("POSTGRES_SETTINGS", "shared_preload_libraries = 'pg_stat_statements'", "POSTGRES_UNSAFE", ""),
                command.toArray(String[]::new));
        watching = connect("wheelhouse");
        execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    }

    /// As `DATABASE_URL` wants it.
    String url(String database) {
        return Stage.finish(Map.of(), tool, "url", folder.toString(), database);
    }

    Connection connect(String database) throws SQLException {
        var parts = url(database).split("[:/@]+");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%s/%s".formatted(parts[3], parts[4], parts[5]), parts[1], parts[2]);
    }

    void execute(String sql) throws SQLException {
        try (var statement = watching.createStatement()) {
            statement.execute(sql);
        }
    }

    double number(String sql) throws SQLException {
        try (var statement = watching.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getDouble(1);
        }
    }

    /// Where the write-ahead log ends, in bytes.
    double log() throws SQLException {
        return number("SELECT pg_current_wal_insert_lsn() - '0/0'");
    }

    /// Statements so far in a database, without begin and commit.
    double statements(String database) throws SQLException {
        return number("SELECT coalesce(sum(s.calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                + " WHERE d.datname = '" + database + "' AND s.query !~* '^(begin|commit|rollback)'");
    }

    /// Seconds of CPU of the postmaster and all its children, those that have ended among them.
    double cpu() {
        long postmaster = pid();
        return Running.cpu(postmaster, true)
                + ProcessHandle.of(postmaster).stream()
                        .flatMap(ProcessHandle::children)
                        .mapToDouble(child -> Running.cpu(child.pid(), false))
                        .sum();
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Stage.finish(Map.of(), tool, "stop", folder.toString());
    }
}
