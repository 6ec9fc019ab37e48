package dev.wheelhouse.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Connections of the superuser that are kept for the next statement: a test that looks every 10 ms would
/// otherwise keep Postgres busy with logins. Never two users of one at a time, and few in all.
final class OpenConnections {

    private static final int MOST = 6;
    private static final int LONGEST_LOOK = 30;

    interface Work<T> {
        T on(Statement statement) throws SQLException;
    }

    private final LinkedHashMap<String, Connection> idle = new LinkedHashMap<>();

    /// @param sql told where it fails
    <T> T on(String url, String sql, Work<T> work) {
        try {
            var connection = take(url);
            try (Statement statement = connection.createStatement()) {
                T found = work.on(statement);
                keep(url, connection);
                return found;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Ends the one that is kept, if there is one: a database that is copied has nobody in it.
    void close(String url) {
        try {
            var connection = taken(url);
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection take(String url) throws SQLException {
        var connection = taken(url);
        if (connection != null && connection.isValid(LONGEST_LOOK)) {
            return connection;
        }
        // A test may have ended all connections of its database.
        if (connection != null) {
            connection.close();
        }
        String address = "jdbc:postgresql://" + url.substring(url.indexOf('@') + 1);
        return DriverManager.getConnection(address, "postgres", "postgres");
    }

    private synchronized @Nullable Connection taken(String url) {
        return idle.remove(url);
    }

    private void keep(String url, Connection connection) throws SQLException {
        var eldest = kept(url, connection);
        if (eldest != null) {
            eldest.close();
        }
    }

    private synchronized @Nullable Connection kept(String url, Connection connection) {
        var other = idle.put(url, connection);
        return other != null || idle.size() <= MOST
                ? other
                : idle.pollFirstEntry().getValue();
    }
}
