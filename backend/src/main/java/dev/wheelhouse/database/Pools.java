package dev.wheelhouse.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// The connections of this replica. What is injected as a [DataSource] belongs to Micronaut Data's transactions; here
/// are the pools behind it, on which the engine's own SQL runs as well.
@Singleton
final class Pools {

    private final HikariDataSource app;
    private final HikariDataSource engine;
    private final HikariDataSource lease;

    Pools(
            @Named(DescribePools.APP) DataSource app,
            @Named(DescribePools.ENGINE) DataSource engine,
            @Named(DescribePools.LEASE) DataSource lease,
            DataSourceResolver resolver) {
        this.app = (HikariDataSource) resolver.resolve(app);
        this.engine = (HikariDataSource) resolver.resolve(engine);
        this.lease = (HikariDataSource) resolver.resolve(lease);
    }

    HikariDataSource app() {
        return app;
    }

    HikariDataSource engine() {
        return engine;
    }

    HikariDataSource lease() {
        return lease;
    }

    /// Connects each for the first time, and keeps one connection of each from now on.
    void open() throws SQLException {
        for (var pool : all()) {
            pool.getConnection().close();
            pool.setMinimumIdle(1);
        }
    }

    void close() {
        all().forEach(HikariDataSource::close);
    }

    private List<HikariDataSource> all() {
        return List.of(app, engine, lease);
    }
}
