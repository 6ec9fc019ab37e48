package dev.wheelhouse.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Postgres, as the rest of the platform sees it.
///
/// An address that cannot be read ends the start. The rest is prepared beside the start of everything else and waited
/// for: a server that is not there yet is tried again every second, and [#notReadyBecause()] tells why. A missing right
/// or a wrong password is tried again as well: somebody mends it, and the pod need not restart to see it.
@Singleton
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String GUARDS =
            "SET lock_timeout = '3s'; SET statement_timeout = '%ds'; SET idle_in_transaction_session_timeout = '10s'";

    private record Pools(HikariDataSource app, HikariDataSource engine, HikariDataSource lease, WatchDatabase watch) {}

    // Longer than Postgres' own statement_timeout, whose word is clearer than a broken connection.
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(30);
    // A commit that takes longer has no owner any more: the lease is over.
    private static final Duration MIDDLE = Duration.ofSeconds(6);
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final String replica =
            "r-" + Long.toString(System.nanoTime() ^ ProcessHandle.current().pid() << 24, 36);
    private final CompletableFuture<Pools> pools = new CompletableFuture<>();
    private final DatabaseConfig config;
    private final CompletableFuture<Boolean> triedOnce = new CompletableFuture<>();
    private long saidAt;
    private volatile String trouble = "Postgres has not been reached yet";
    private volatile boolean closed;

    Database(DatabaseSettings settings) {
        this.config = settings.read();
        Thread.ofPlatform().daemon().name("prepare-database").start(this::prepareUntilReady);
    }

    /// Statements that see one tenant's rows. Refuses with `not_ready` for as long as Postgres is not, and at once
    /// where it is known to be away: a request that waits for it would only be refused later.
    public Sql of(TenantId tenant) {
        var open = ready();
        if (open.watch().hasFailed()) {
            throw new Problem(ErrorCode.NOT_READY, "Postgres cannot answer now", "Try again in a moment");
        }
        return new Sql(open.app(), tenant.name());
    }

    /// Statements of the run engine, over all tenants' runs, threads and events.
    public Sql engine() {
        return new Sql(ready().engine(), null);
    }

    /// The same, on connections that nothing but this and the watch uses: renewing leases must not queue. An answer
    /// that takes longer than 3 s is an error, so that a replica cut off from Postgres knows it in time.
    public Sql lease() {
        return new Sql(ready().lease(), null);
    }

    /// A connection of its own for LISTEN; the caller closes it.
    public Connection listening() throws SQLException {
        var roles = new Roles(config);
        var login = new Properties();
        login.setProperty("user", roles.engine());
        login.setProperty("password", roles.password(roles.engine()));
        login.setProperty("ApplicationName", applicationName());
        return DriverManager.getConnection(config.jdbcUrl(LONG), login);
    }

    /// The pool behind [#of], for a test of what stays on its connections.
    HikariDataSource appPool() {
        return ready().app();
    }

    /// This process among the replicas; another at each start.
    public String replica() {
        return replica;
    }

    /// How many connections are in use right now, by requests and by the engine.
    public int busyConnections() {
        if (!pools.isDone()) {
            return 0;
        }
        var open = pools.join();
        return open.app().getHikariPoolMXBean().getActiveConnections()
                + open.engine().getHikariPoolMXBean().getActiveConnections();
    }

    /// The name under which Postgres lists this replica's connections.
    public String applicationName() {
        return "wheelhouse " + replica;
    }

    /// Why statements would be refused, or null where Postgres answers. Known beforehand: this asks nobody.
    public @Nullable String notReadyBecause() {
        return pools.isDone() ? pools.join().watch().trouble() : trouble;
    }

    /// Waits for the first try, and no longer than that: after it the answer is known.
    private Pools ready() {
        try {
            triedOnce.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The first try is not over", e);
        }
        if (!pools.isDone()) {
            throw new Problem(ErrorCode.NOT_READY, trouble);
        }
        return pools.join();
    }

    private void prepareUntilReady() {
        while (!closed && !pools.isDone()) {
            try {
                prepare();
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                say(ExplainDatabaseError.of(e, config));
                triedOnce.complete(false);
                pause();
            }
        }
    }

    /// The same trouble is said once, and again each half minute for whoever looks at the log's end.
    private void say(String why) {
        if (!why.equals(trouble) || System.nanoTime() - saidAt > SAY_AGAIN.toNanos()) {
            LOG.warn("The database is not ready: {}. Trying again every second.", why);
            saidAt = System.nanoTime();
        }
        trouble = why;
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepare() throws SQLException, InterruptedException {
        var roles = new Roles(config);
        new PrepareDatabase(config, roles).prepare();
        var lease = pool(roles, roles.engine(), "lease", 2, SHORT);
        pools.complete(new Pools(
                pool(roles, roles.app(), "app", config.connections(), LONG),
                pool(roles, roles.engine(), "engine", 3, MIDDLE),
                lease,
                new WatchDatabase(new Sql(lease, null))));
        triedOnce.complete(true);
        LOG.info("The database is ready: {} as \"{}\" and \"{}\".", config, roles.app(), roles.engine());
    }

    /// @param timeout after how long without an answer a connection is given up
    private HikariDataSource pool(Roles roles, String role, String name, int size, Duration timeout) {
        var hikari = new HikariConfig();
        hikari.setPoolName(name);
        hikari.setJdbcUrl(config.jdbcUrl(timeout));
        hikari.setUsername(role);
        hikari.setPassword(roles.password(role));
        hikari.setMaximumPoolSize(size);
        hikari.setMinimumIdle(1);
        hikari.setIdleTimeout(60_000);
        hikari.setConnectionTimeout(Math.min(5_000, timeout.toMillis()));
        hikari.setValidationTimeout(2_000);
        // Postgres gives up before we do, so that nothing is written that nobody waits for.
        hikari.setConnectionInitSql(GUARDS.formatted(Math.min(15, timeout.toSeconds() - 1)));
        hikari.addDataSourceProperty("ApplicationName", applicationName());
        return new HikariDataSource(hikari);
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
        if (pools.isDone()) {
            var open = pools.join();
            open.watch().close();
            open.app().close();
            open.engine().close();
            open.lease().close();
        }
    }
}
