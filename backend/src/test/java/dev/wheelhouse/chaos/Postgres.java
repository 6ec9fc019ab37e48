package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Postgres of the experiment's own, with fsync on. Its owner is a superuser, so queries here see every tenant.
final class Postgres implements AutoCloseable {

    private final Path tool;
    private final Path folder;
    private final String settings;
    private @Nullable String url;

    /// @param settings lines of postgresql.conf, added to those of `scripts/postgres`
    Postgres(Path tool, Path folder, String... settings) {
        this.tool = tool;
        this.folder = folder;
        this.settings = "max_connections = 120\nshared_buffers = 128MB\n" + String.join("\n", settings);
        start();
    }

    /// Starts it again after a stop; it must come back at the same port, since the replicas know no other.
    void start() {
        Processes.finish(
                Map.of("POSTGRES_SETTINGS", settings), tool.toString(), "start", folder.toString(), "wheelhouse");
        String now = Processes.finish(Map.of(), tool.toString(), "url", folder.toString(), "wheelhouse");
        if (url != null && !url.equals(now)) {
            throw new IllegalStateException("Postgres came back at another port: somebody took its own meanwhile");
        }
        url = now;
    }

    /// The power goes off and on: nothing is flushed, the log is replayed. Returns when it takes connections again.
    void restartAtOnce() {
        stopAtOnce();
        start();
    }

    void stopAtOnce() {
        long pid = pid();
        Processes.signal(pid, "QUIT");
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }

    long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /// As `DATABASE_URL` wants it.
    String url() {
        return String.valueOf(url);
    }

    int port() {
        return Integer.parseInt(url().replaceAll(".*:(\\d+)/.*", "$1"));
    }

    Connection connect() throws SQLException {
        var parts = url().split("[:/@]+");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/wheelhouse".formatted(port()), parts[1], parts[2]);
    }

    /// All rows, each column as text.
    List<List<String>> rows(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres did not answer \"%s\": %s".formatted(sql, e.getMessage()), e);
        }
    }

    /// The first column, as text.
    List<String> column(String sql) {
        return rows(sql).stream().map(List::getFirst).toList();
    }

    long number(String sql) {
        return Long.parseLong(column(sql).getFirst());
    }

    void execute(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres did not do \"%s\": %s".formatted(sql, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        Processes.finish(Map.of(), tool.toString(), "stop", folder.toString());
    }
}
