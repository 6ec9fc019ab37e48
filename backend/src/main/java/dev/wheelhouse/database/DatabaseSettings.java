package dev.wheelhouse.database;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/// Where Postgres is: one address, or its parts where a cluster keeps them apart.
///
/// @param url `postgresql://user:password@host:port/name?options`; wins over the parts
/// @param connections how many connections requests may hold together, 1 to 50
@ConfigurationProperties("database")
record DatabaseSettings(
        @Nullable String url,
        @Nullable String host,
        @Bindable(defaultValue = "5432") int port,
        @Bindable(defaultValue = "wheelhouse") String name,
        @Bindable(defaultValue = "postgres") String user,
        @Nullable String password,
        @Bindable(defaultValue = "8") int connections) {

    DatabaseConfig read() {
        if (connections < 1 || connections > 50) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "DATABASE_CONNECTIONS must be between 1 and 50, not %d".formatted(connections),
                    "Correct it, or leave it out for 8");
        }
        boolean inParts = (url == null || url.isBlank()) && host != null;
        return inParts
                ? new DatabaseConfig(host, port, name, user, password == null ? "" : password, "", connections)
                : DatabaseConfig.of(url, connections);
    }

    @Override
    public String toString() {
        return "database settings";
    }
}
