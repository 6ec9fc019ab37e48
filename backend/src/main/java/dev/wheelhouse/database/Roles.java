package dev.wheelhouse.database;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The two roles that do all work after the start. Neither owns anything nor may bypass row-level security.
final class Roles {

    private final DatabaseConfig config;

    Roles(DatabaseConfig config) {
        this.config = config;
    }

    /// Serves requests: a tenant's rows.
    String app() {
        return config.name() + "_app";
    }

    /// Carries runs on: runs, threads and events of all tenants.
    String engine() {
        return config.name() + "_engine";
    }

    /// The same on every replica, and useless to anybody who does not know the owner's password.
    String password(String role) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            var key = ("wheelhouse " + config.password()).getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(role.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /// Makes both roles, or takes from them what they must not have.
    void prepare(Connection owner) throws SQLException {
        prepare(owner, app());
        prepare(owner, engine());
    }

    private void prepare(Connection owner, String role) throws SQLException {
        boolean there = isThere(owner, role, "true");
        try (Statement statement = owner.createStatement()) {
            statement.execute("%s ROLE %s LOGIN NOCREATEROLE NOINHERIT%s PASSWORD '%s'"
                    .formatted(there ? "ALTER" : "CREATE", quoted(role), lacks(owner, role), password(role)));
        } catch (SQLException e) {
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "The database user \"%s\" may not make the role \"%s\"".formatted(config.user(), role),
                    "Give DATABASE_URL a user that may: ALTER ROLE %s CREATEROLE".formatted(quoted(config.user())));
        }
    }

    /// What else the role must not have. Postgres lets nobody take away what they have not themselves, even where there
    /// is nothing to take: an owner without CREATEDB could make the roles, and then not start a second time.
    private static String lacks(Connection owner, String role) throws SQLException {
        if (isSuperuser(owner)) {
            return " NOCREATEDB NOSUPERUSER NOBYPASSRLS NOREPLICATION";
        }
        return isThere(owner, role, "rolcreatedb") ? " NOCREATEDB" : "";
    }

    private static boolean isSuperuser(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static boolean isThere(Connection owner, String role, String condition) throws SQLException {
        try (PreparedStatement statement =
                owner.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ? AND " + condition)) {
            statement.setString(1, role);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
