package dev.wheelhouse.database;

import dev.wheelhouse.base.Problem;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Says in one line why Postgres cannot be prepared, and which setting or right mends it.
final class ExplainDatabaseError {

    private ExplainDatabaseError() {}

    static String of(Exception trouble, DatabaseConfig config) {
        if (trouble instanceof Problem problem) {
            return problem.hint() == null ? problem.message() : problem.message() + ". " + problem.hint();
        }
        var refused = refused(trouble);
        String said = refused == null ? null : said(refused, config);
        return said == null ? flyway(trouble) : said;
    }

    private static @Nullable SQLException refused(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return refused;
            }
        }
        return null;
    }

    private static @Nullable String said(SQLException refused, DatabaseConfig config) {
        String state = String.valueOf(refused.getSQLState());
        String why = oneLine(refused);
        String at = config.host() + ":" + config.port();
        return switch (state) {
            case "28P01" ->
                "Postgres at %s refuses the password of \"%s\". Correct DATABASE_URL (or DATABASE_PASSWORD)"
                        .formatted(at, config.user());
            case "28000" ->
                "Postgres at %s rejects the login of \"%s\": %s. Correct DATABASE_URL (user, sslmode) or the server's pg_hba.conf"
                        .formatted(at, config.user(), why);
            case "3D000" ->
                "Postgres at %s has no database \"%s\". Create it, or correct DATABASE_URL (or DATABASE_NAME)"
                        .formatted(at, config.name());
            case "08004" ->
                "Postgres at %s refuses the connection: %s. Correct DATABASE_URL (sslmode)".formatted(at, why);
            case "42501" ->
                "The database user \"%s\" lacks rights: %s. Give DATABASE_URL the owner of database \"%s\""
                        .formatted(config.user(), why, config.name());
            default ->
                state.startsWith("08")
                        ? "Postgres cannot be reached at %s (DATABASE_URL): %s".formatted(at, why)
                        : state.startsWith("57P") || state.startsWith("53")
                                ? "Postgres at %s is not accepting connections: %s".formatted(at, why)
                                : null;
        };
    }

    /// Flyway says a lot, over many lines; the first two say what is wrong.
    private static String flyway(Exception trouble) {
        String why = oneLine(trouble);
        return trouble instanceof FlywayException
                ? "The schema cannot be migrated: " + why
                        + ". Restore a backup, or repair the table flyway_schema_history"
                : why;
    }

    private static String oneLine(Exception trouble) {
        String text = String.valueOf(trouble.getMessage()).strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return plain.length() > 300 ? plain.substring(0, 300) + "…" : plain;
    }
}
