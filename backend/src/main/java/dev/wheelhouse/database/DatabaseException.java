package dev.wheelhouse.database;

import java.sql.SQLException;

/// Postgres refused or was not reached.
public final class DatabaseException extends RuntimeException {

    private final String state;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /// Another try may do: a deadlock, a serialization failure, or a server that is starting, stopping or away.
    public boolean isPassing() {
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("40") || state.equals("53300");
    }

    /// The rows themselves were refused: malformed text, a broken constraint.
    public boolean isAboutTheRows() {
        return state.startsWith("22") || state.startsWith("23");
    }

    public boolean isDuplicate() {
        return state.equals("23505");
    }
}
