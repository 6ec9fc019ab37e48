package dev.wheelhouse.database;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.flyway.FlywayConfigurationProperties;
import io.micronaut.flyway.FlywayMigrator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings roles and schema up to date as the owner, one replica at a time.
final class PrepareDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(PrepareDatabase.class);
    private static final long LOCK = 0x7768_6565_6c68_6f75L;

    // A migration may take its time.
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final DatabaseConfig config;
    private final Roles roles;
    private final FlywayMigrator migrator;

    PrepareDatabase(DatabaseConfig config, Roles roles, FlywayMigrator migrator) {
        this.config = config;
        this.roles = roles;
        this.migrator = migrator;
    }

    /// Tries for the lock instead of queueing for it, so that no replica holds up others that only want to read.
    void prepare() throws SQLException, InterruptedException {
        try (Connection owner = connect()) {
            while (!tryLock(owner)) {
                LOG.info("Another replica is preparing the database. Checking again in 200 ms.");
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
        return DriverManager.getConnection(config.jdbcUrl(Duration.ofSeconds(20)), login);
    }

    private static boolean tryLock(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void migrate() {
        var settings = new FlywayConfigurationProperties("owner");
        var flyway = settings.getFluentConfiguration()
                .dataSource(config.jdbcUrl(TIMEOUT), config.user(), config.password())
                .placeholders(Map.of("app", Roles.quoted(roles.app()), "engine", Roles.quoted(roles.engine())))
                .initSql("SET lock_timeout = '3s'")
                .validateMigrationNaming(true)
                .communityDBSupportEnabled(false);
        var found = flyway.load().info();
        refuseContracted(found.all());
        migrator.run(settings, flyway.getDataSource());
        var missing = found.pending();
        if (missing.length > 0) {
            LOG.info(
                    "Schema is at version {}. {} migrations ran.",
                    missing[missing.length - 1].getVersion(),
                    missing.length);
        }
    }

    /// A newer version of this program may have been here. What it added does not disturb us, so that both can serve
    /// side by side; once it has taken away what we need, we must not begin.
    private static void refuseContracted(MigrationInfo[] migrations) {
        for (var migration : migrations) {
            boolean isNewer = migration.getState().name().startsWith("FUTURE");
            if (isNewer && migration.getDescription().startsWith("contract")) {
                throw new Problem(
                        ErrorCode.NOT_READY,
                        "The schema in DATABASE_URL is newer than this program: its migration %s (%s) removed what this version needs"
                                .formatted(migration.getVersion(), migration.getDescription()),
                        "Start the newer version, or restore a backup from before it");
            }
            if (isNewer) {
                LOG.info(
                        "The schema has migration {} of a newer version. This one serves beside it.",
                        migration.getVersion());
            }
        }
    }
}
