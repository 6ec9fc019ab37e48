package dev.wheelhouse.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings roles and schema up to date as the owner, one replica at a time.
final class PrepareDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(PrepareDatabase.class);
    private static final long LOCK = 0x7768_6565_6c68_6f75L;

    private final DatabaseConfig config;
    private final Roles roles;

    PrepareDatabase(DatabaseConfig config, Roles roles) {
        this.config = config;
        this.roles = roles;
    }

    /// Tries for the lock instead of queueing for it, so that no replica holds up others that only want to read.
    void prepare() throws SQLException, InterruptedException {
        try (Connection owner = connect()) {
            while (!tryLock(owner)) {
                LOG.info("Another replica prepares the database. Looking again in 200 ms.");
                Thread.sleep(200);
            }
            roles.prepare(owner);
            migrate();
        }
    }

    private Connection connect() throws SQLException {
        var login = new Properties();
        login.setProperty("user", config.user());
        login.setProperty("password", config.password());
        login.setProperty("ApplicationName", "wheelhouse start");
        return DriverManager.getConnection(config.jdbcUrl(), login);
    }

    private static boolean tryLock(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void migrate() {
        var result = Flyway.configure(PrepareDatabase.class.getClassLoader())
                .dataSource(config.jdbcUrl(), config.user(), config.password())
                .placeholders(Map.of("app", Roles.quoted(roles.app()), "engine", Roles.quoted(roles.engine())))
                .initSql("SET lock_timeout = '3s'")
                .validateMigrationNaming(true)
                .communityDBSupportEnabled(false)
                .load()
                .migrate();
        if (result.migrationsExecuted > 0) {
            LOG.info(
                    "Schema is at version {}. {} migrations ran.",
                    result.targetSchemaVersion,
                    result.migrationsExecuted);
        }
    }
}
