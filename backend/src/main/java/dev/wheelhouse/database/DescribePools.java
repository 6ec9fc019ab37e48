package dev.wheelhouse.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Says to the pools that `application.yml` names where Postgres is, as whom to log in, and how long to wait.
///
/// None of them connects before the database is prepared: the roles they log in as are made then.
@Singleton
final class DescribePools implements BeanCreatedEventListener<DatasourceConfiguration> {

    /// A tenant's rows: requests.
    static final String APP = "app";
    /// The run engine.
    static final String ENGINE = "engine";
    /// Renewing leases and the watch, which must not queue.
    static final String LEASE = "lease";

    // Longer than Postgres' own statement_timeout, whose word is clearer than a broken connection.
    static final Duration LONG = Duration.ofSeconds(20);
    // A commit that takes longer has no owner any more: the lease is over.
    private static final Duration MIDDLE = Duration.ofSeconds(6);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final String GUARDS =
            "SET lock_timeout = '3s'; SET statement_timeout = '%ds'; SET idle_in_transaction_session_timeout = '10s'";

    /// The engine's statements find their rows by keys. Postgres keeps the plan it made first, and where a table
    /// has three rows it would read all of it, for ever more of them, until the table is analyzed. Compiling such
    /// plans, which older versions do because they count a forbidden scan as dear, costs more than they do.
    private static final String BY_KEY = "; SET enable_seqscan = off; SET jit = off";

    private final DatabaseConfig config;
    private final Roles roles;
    private final MeasureSql measure;
    private final String replica =
            "r-" + Long.toString(System.nanoTime() ^ ProcessHandle.current().pid() << 24, 36);

    DescribePools(DatabaseSettings settings, MeasureSql measure) {
        this.measure = measure;
        this.config = settings.read();
        this.roles = new Roles(config);
    }

    DatabaseConfig config() {
        return config;
    }

    Roles roles() {
        return roles;
    }

    String replica() {
        return replica;
    }

    /// The name under which Postgres lists this replica's connections.
    String applicationName() {
        return "wheelhouse " + replica;
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        var pool = event.getBean();
        switch (pool.getName()) {
            case APP -> describe(pool, roles.app(), config.connections(), LONG, GUARDS);
            case ENGINE -> describe(pool, roles.engine(), 3, MIDDLE, GUARDS + BY_KEY);
            case LEASE -> describe(pool, roles.engine(), 2, SHORT, GUARDS + BY_KEY);
            default -> throw new IllegalStateException("Nobody uses a pool \"%s\"".formatted(pool.getName()));
        }
        return pool;
    }

    /// @param timeout after how long without an answer a connection is given up
    private void describe(DatasourceConfiguration pool, String role, int size, Duration timeout, String session) {
        pool.setPoolName(pool.getName());
        pool.setMetricsTrackerFactory(measure::tracker);
        pool.setJdbcUrl(config.jdbcUrl(timeout));
        pool.setUsername(role);
        pool.setPassword(roles.password(role));
        pool.setInitializationFailTimeout(-1);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(60_000);
        pool.setConnectionTimeout(Math.min(5_000, timeout.toMillis()));
        pool.setValidationTimeout(2_000);
        // Postgres gives up before we do, so that nothing is written that nobody waits for.
        pool.setConnectionInitSql(session.formatted(Math.min(15, timeout.toSeconds() - 1)));
        pool.addDataSourceProperty("ApplicationName", applicationName());
    }
}
