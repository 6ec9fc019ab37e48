package dev.wheelhouse.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/// Opens databases for tests of other packages.
public final class TestDatabases {

    private TestDatabases() {}

    public static Database open(String url) {
        return new Database(settings(url));
    }

    /// Makes the schema as an earlier version had it.
    public static void prepare(String url, String version) throws SQLException {
        var config = settings(url).read();
        var roles = new Roles(config);
        String address = config.jdbcUrl(Duration.ofSeconds(20));
        var login = new Properties();
        login.setProperty("user", config.user());
        login.setProperty("password", config.password());
        try (var owner = DriverManager.getConnection(address, login)) {
            roles.prepare(owner);
        }
        Flyway.configure(TestDatabases.class.getClassLoader())
                .dataSource(address, config.user(), config.password())
                .placeholders(Map.of("app", Roles.quoted(roles.app()), "engine", Roles.quoted(roles.engine())))
                .target(version)
                .load()
                .migrate();
    }

    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings(url, null, 5432, "wheelhouse", "postgres", null, 8);
    }
}
