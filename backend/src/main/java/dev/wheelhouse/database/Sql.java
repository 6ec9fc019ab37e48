package dev.wheelhouse.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs single statements as one role, and for one tenant where the role is the application's.
///
/// Arguments may be null, String, Integer, Long, Boolean, UUID, Instant, byte[], UUID[], String[], Integer[], Long[].
/// Every statement is its own transaction; what belongs together is one statement with CTEs.
public final class Sql {

    /// Makes one thing of the row that the cursor stands on.
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final String SET_TENANT = "SELECT set_config('app.tenant', ?, true); ";

    private final DataSource connections;
    private final @Nullable String tenant;
    private final MeasureSql measure;

    Sql(DataSource connections, @Nullable String tenant, MeasureSql measure) {
        this.connections = connections;
        this.tenant = tenant;
        this.measure = measure;
    }

    public <T> List<T> rows(String sql, Row<T> row, @Nullable Object... arguments) {
        return execute(sql, arguments, statement -> {
            var rows = new ArrayList<T>();
            try (ResultSet cursor = statement.getResultSet()) {
                while (cursor.next()) {
                    rows.add(row.read(cursor));
                }
            }
            return rows;
        });
    }

    public <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... arguments) {
        return rows(sql, row, arguments).stream().findFirst();
    }

    /// How many rows were changed.
    public int update(String sql, @Nullable Object... arguments) {
        return execute(sql, arguments, PreparedStatement::getUpdateCount);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @FunctionalInterface
    private interface Result<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /// What changed nothing is tried again: what Postgres rolled back because of others' timing, and what begins with
    /// SELECT where the connection broke, as all of a pool do when Postgres starts anew. A hint sent twice does no
    /// harm.
    private <T> T execute(String sql, @Nullable Object[] arguments, Result<T> result) {
        return Retry.whereHarmless(
                e -> e.isRolledBack() || e.hasLostConnection() && sql.startsWith("SELECT"),
                () -> executeOnce(sql, arguments, result));
    }

    private <T> T executeOnce(String sql, @Nullable Object[] arguments, Result<T> result) {
        String text = tenant == null ? sql : SET_TENANT + sql;
        long begun = System.nanoTime();
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            bind(connection, statement, arguments);
            statement.execute();
            if (tenant != null) {
                statement.getMoreResults();
            }
            return result.of(statement);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            measure.statement(sql, System.nanoTime() - begun);
        }
    }

    private void bind(Connection connection, PreparedStatement statement, @Nullable Object[] arguments)
            throws SQLException {
        int at = 1;
        if (tenant != null) {
            statement.setString(at++, tenant);
        }
        for (var argument : arguments) {
            bind(connection, statement, at++, argument);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int at, @Nullable Object argument)
            throws SQLException {
        switch (argument) {
            case null -> statement.setNull(at, Types.NULL);
            case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
            case UUID[] ids -> statement.setArray(at, connection.createArrayOf("uuid", ids));
            case String[] texts -> statement.setArray(at, connection.createArrayOf("text", texts));
            case Integer[] numbers -> statement.setArray(at, connection.createArrayOf("int4", numbers));
            case Long[] numbers -> statement.setArray(at, connection.createArrayOf("int8", numbers));
            default -> statement.setObject(at, argument);
        }
    }
}
