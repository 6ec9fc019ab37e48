package dev.wheelhouse.database;

import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestSettings;
import io.micronaut.context.ApplicationContext;
import java.lang.ref.WeakReference;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import org.flywaydb.core.Flyway;

/// Opens databases for tests of other packages, with the repositories on them and nothing else of the platform.
public final class TestDatabases {

    // A database holds its context, which nobody else needs to keep.
    private static final Map<Database, WeakReference<ApplicationContext>> CONTEXTS =
            Collections.synchronizedMap(new WeakHashMap<>());

    private TestDatabases() {}

    public static Database open(String url) {
        var context = TestSettings.context(Map.of("database.url", url), TestDatabases::isAboutData);
        context.start();
        var database = context.getBean(Database.class);
        CONTEXTS.put(database, new WeakReference<>(context));
        return database;
    }

    /// A repository on this database, or whatever else Micronaut makes from it.
    public static <T> T bean(Database database, Class<T> type) {
        return context(database).getBean(type);
    }

    static ApplicationContext context(Database database) {
        return CONTEXTS.get(database).get();
    }

    private static boolean isAboutData(String name) {
        return name.startsWith("dev.wheelhouse.database.") || name.contains("Repository") || name.endsWith("Column");
    }

    /// Brings an empty database to the schema of today, as the start of a replica does.
    public static void migrate(String url) throws InterruptedException {
        try (var database = open(url)) {
            Await.until("The schema is made", () -> database.notReadyBecause() == null);
        }
    }

    /// Makes the schema as an earlier version had it.
    public static void prepare(String url, String version) throws SQLException {
        var config = new DatabaseSettings(url, null, 5432, "wheelhouse", "postgres", null, 8).read();
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
}
