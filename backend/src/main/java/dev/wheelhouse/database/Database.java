package dev.wheelhouse.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import io.micronaut.flyway.FlywayMigrator;
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
import java.util.function.Supplier;
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
    private static final Duration SAY_AGAIN = Duration.ofSeconds(30);

    private final DescribePools described;
    private final DatabaseConfig config;
    private final Pools pools;
    private final TenantTransactions transactions;
    private final FlywayMigrator migrator;
    private final MeasureSql measure;
    private final CompletableFuture<WatchDatabase> opened = new CompletableFuture<>();
    private final CompletableFuture<Boolean> triedOnce = new CompletableFuture<>();
    private long saidAt;
    private volatile String trouble = "Postgres has not been reached yet";
    private volatile boolean closed;

    Database(
            DescribePools described,
            Pools pools,
            TenantTransactions transactions,
            FlywayMigrator migrator,
            MeasureSql measure) {
        this.measure = measure;
        this.described = described;
        this.config = described.config();
        this.pools = pools;
        this.transactions = transactions;
        this.migrator = migrator;
        Thread.ofPlatform().daemon().name("prepare-database").start(this::prepareUntilReady);
    }

    /// Runs work on repositories in one transaction that sees this tenant's rows and no other's. It may be run again
    /// from the start where Postgres rolled it back, so it changes nothing but rows. Refuses as [#of] does.
    public <T extends @Nullable Object> T as(TenantId tenant, Supplier<T> work) {
        return as(tenant, work, work);
    }

    public void as(TenantId tenant, Runnable work) {
        as(tenant, work, answerless(work));
    }

    /// @param whose the work as its store gave it, for the measure
    private <T extends @Nullable Object> T as(TenantId tenant, Object whose, Supplier<T> work) {
        requireReady();
        return measure.transaction(whose, () -> transactions.run(tenant, work));
    }

    private static Supplier<@Nullable Object> answerless(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    /// Runs work on an [EngineRepository] in one transaction over all tenants' rows. It may be run again from the start
    /// where Postgres rolled it back, so it changes nothing but rows.
    public <T extends @Nullable Object> T asEngine(Supplier<T> work) {
        return asEngine(work, work);
    }

    public void asEngine(Runnable work) {
        asEngine(work, answerless(work));
    }

    private <T extends @Nullable Object> T asEngine(Object whose, Supplier<T> work) {
        ready();
        return measure.transaction(whose, () -> transactions.runAsEngine(work));
    }

    /// Statements that see one tenant's rows. Refuses with `not_ready` for as long as Postgres is not, and at once
    /// where it is known to be away: a request that waits for it would only be refused later.
    public Sql of(TenantId tenant) {
        requireReady();
        return new Sql(pools.app(), tenant.name(), measure);
    }

    private void requireReady() {
        if (ready().hasFailed()) {
            throw new Problem(ErrorCode.NOT_READY, "Postgres is not answering", "Try again in a moment");
        }
    }

    /// Statements of the run engine, over all tenants' runs, threads and events.
    public Sql engine() {
        ready();
        return new Sql(pools.engine(), null, measure);
    }

    /// The same, on connections that nothing but this and the watch uses: renewing leases must not queue. An answer
    /// that takes longer than 3 s is an error, so that a replica cut off from Postgres knows it in time.
    public Sql lease() {
        ready();
        return new Sql(pools.lease(), null, measure);
    }

    /// A connection of its own for LISTEN; the caller closes it.
    public Connection listening() throws SQLException {
        var roles = described.roles();
        var login = new Properties();
        login.setProperty("user", roles.engine());
        login.setProperty("password", roles.password(roles.engine()));
        login.setProperty("ApplicationName", applicationName());
        return DriverManager.getConnection(config.jdbcUrl(DescribePools.LONG), login);
    }

    /// The pool behind [#of], for a test of what stays on its connections.
    HikariDataSource appPool() {
        ready();
        return pools.app();
    }

    /// This process among the replicas; another at each start.
    public String replica() {
        return described.replica();
    }

    /// The name under which Postgres lists this replica's connections.
    public String applicationName() {
        return described.applicationName();
    }

    /// Why statements would be refused, or null where Postgres answers. Known beforehand: this asks nobody.
    public @Nullable String notReadyBecause() {
        return opened.isDone() ? opened.join().trouble() : trouble;
    }

    /// Waits for the first try, and no longer than that: after it the answer is known.
    private WatchDatabase ready() {
        try {
            triedOnce.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The first try is not over", e);
        }
        if (!opened.isDone()) {
            throw new Problem(ErrorCode.NOT_READY, trouble);
        }
        return opened.join();
    }

    private void prepareUntilReady() {
        while (!closed && !opened.isDone()) {
            try {
                prepare();
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                if (closed) {
                    return;
                }
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
        var roles = described.roles();
        new PrepareDatabase(config, roles, migrator).prepare();
        pools.open();
        opened.complete(new WatchDatabase(new Sql(pools.lease(), null, measure)));
        triedOnce.complete(true);
        LOG.info("The database is ready: {} as \"{}\" and \"{}\".", config, roles.app(), roles.engine());
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
        if (opened.isDone()) {
            opened.join().close();
        }
        pools.close();
    }
}
