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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
            migrate(owner);
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

    /// Reads what has run on the connection that is there: asking Flyway would load it twice at every start.
    private void migrate(Connection owner) throws SQLException {
        forgetBrokenOff(owner);
        var before = migrationsRun(owner);
        before.stream().filter(migration -> !migration.isOurs()).forEach(PrepareDatabase::checkNewer);
        var settings = new FlywayConfigurationProperties("owner");
        var flyway = settings.getFluentConfiguration()
                .dataSource(config.jdbcUrl(TIMEOUT), config.user(), config.password())
                .placeholders(Map.of("app", Roles.quoted(roles.app()), "engine", Roles.quoted(roles.engine())))
                .initSql("SET lock_timeout = '3s'")
                // An index that is built beside the load waits for every open transaction: ours is the lock that
                // counts.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .validateMigrationNaming(true)
                .communityDBSupportEnabled(false);
        migrator.run(settings, flyway.getDataSource());
        var after = migrationsRun(owner);
        if (after.size() > before.size()) {
            LOG.info(
                    "Schema is at version {}. {} migrations ran.",
                    after.getLast().version(),
                    after.size() - before.size());
        }
    }

    private record Migration(String version, String description, String script) {

        boolean isOurs() {
            return PrepareDatabase.class.getResource("/db/migration/" + script) != null;
        }
    }

    private static boolean hasHistory(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet there = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
            there.next();
            return there.getBoolean(1);
        }
    }

    /// A migration outside of a transaction that breaks off leaves a note, with which Flyway refuses to go on. Ours
    /// begin by taking away what a broken attempt left, so that they are simply run again.
    private static void forgetBrokenOff(Connection owner) throws SQLException {
        if (hasHistory(owner)) {
            try (Statement statement = owner.createStatement()) {
                statement.executeUpdate("DELETE FROM flyway_schema_history WHERE NOT success");
            }
        }
    }

    /// In the order in which they ran; none where the schema is still empty.
    private static List<Migration> migrationsRun(Connection owner) throws SQLException {
        var migrations = new ArrayList<Migration>();
        if (!hasHistory(owner)) {
            return migrations;
        }
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT version, description, script FROM flyway_schema_history WHERE version IS NOT NULL"
                                + " ORDER BY installed_rank")) {
            while (row.next()) {
                migrations.add(new Migration(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return migrations;
    }

    /// A newer version of this program has been here. What it added does not disturb us, so that both can serve side by
    /// side; once it has taken away what we need, we must not begin.
    private static void checkNewer(Migration newer) {
        if (newer.description().startsWith("contract")) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "The schema in DATABASE_URL is newer than this program: its migration %s (%s) removed what this version needs"
                            .formatted(newer.version(), newer.description()),
                    "Start the newer version, or restore a backup from before it");
        }
        LOG.info("The schema has migration {} of a newer version. This one serves beside it.", newer.version());
    }
}
