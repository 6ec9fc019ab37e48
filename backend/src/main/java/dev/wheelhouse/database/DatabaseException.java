package dev.wheelhouse.database;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;

/// Postgres refused or was not reached.
public final class DatabaseException extends RuntimeException {

    /// Beginnings of SQL states: connection, transaction, resources, lock not available, standby, statement timeout,
    /// shutdown, system.
    private static final List<String> PASSING = List.of("08", "40", "53", "55P03", "25006", "57014", "57P", "58");

    private static final String NO_CONNECTION = "08003";

    private final String state;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /// What Micronaut Data says in several words of its own, in ours; anything else as it is.
    ///
    /// A connection that breaks in a transaction cannot be rolled back either. The pool then says without a
    /// state that it is closed, which may be all that is left to see.
    static RuntimeException orSame(RuntimeException e) {
        var refused = refused(e, new ArrayList<>());
        return refused.stream()
                .filter(one -> one.getSQLState() != null)
                .findFirst()
                .or(() -> refused.stream().findFirst().map(DatabaseException::withState))
                .<RuntimeException>map(DatabaseException::new)
                .orElse(e);
    }

    private static List<SQLException> refused(Throwable e, List<SQLException> found) {
        if (e instanceof SQLException refused) {
            found.add(refused);
        }
        if (e.getCause() != null) {
            refused(e.getCause(), found);
        }
        for (var suppressed : e.getSuppressed()) {
            refused(suppressed, found);
        }
        return found;
    }

    private static SQLException withState(SQLException refused) {
        boolean isClosed = "Connection is closed".equals(refused.getMessage());
        return isClosed ? new SQLException(refused.getMessage(), NO_CONNECTION, refused) : refused;
    }

    /// Another try may do: a deadlock, a serialization failure, a statement that took too long, or a server that is
    /// starting, stopping, full, away or no longer the one that writes.
    public boolean isPassing() {
        return PASSING.stream().anyMatch(state::startsWith)
                || getCause() instanceof SQLTransientException
                || getCause() instanceof SQLRecoverableException;
    }

    /// Whether a failure says that Postgres is away for now, which whoever waits for it has told already.
    public static boolean isAway(Throwable e) {
        return e instanceof DatabaseException database && database.isPassing()
                || e instanceof Problem problem && problem.code() == ErrorCode.NOT_READY;
    }

    /// Postgres rolled the statement back and says that nothing but bad timing was wrong with it.
    boolean isRolledBack() {
        return state.equals("40001") || state.equals("40P01");
    }

    /// The connection broke under the statement. A pool that had none to give has waited long enough.
    boolean hasLostConnection() {
        return (state.startsWith("08") || state.equals("57P01")) && !(getCause() instanceof SQLTransientException);
    }

    /// The rows themselves were refused: malformed text, a broken constraint.
    public boolean isAboutTheRows() {
        return state.startsWith("22") || state.startsWith("23");
    }

    public boolean isDuplicate() {
        return state.equals("23505");
    }
}
