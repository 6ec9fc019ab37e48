package dev.wheelhouse.database;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where Postgres is and as whom the schema is made. The password never appears in [#toString()].
///
/// @param options what follows `?` in the address, such as `sslmode=verify-full`; empty where there is nothing
/// @param connections how many connections requests may hold together, 1 to 50
record DatabaseConfig(
        String host, int port, String name, String user, String password, String options, int connections) {

    /// Reads `postgresql://user:password@host:port/name?options`; every part may be percent-encoded.
    static DatabaseConfig of(@Nullable String url, int connections) {
        if (url == null || url.isBlank()) {
            throw refused("is not set", "Set it to postgresql://user:password@host:port/name");
        }
        try {
            var uri = new URI(url.strip());
            var login = uri.getRawUserInfo() == null
                    ? new String[] {""}
                    : uri.getRawUserInfo().split(":", 2);
            boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (!known
                    || uri.getHost() == null
                    || uri.getPath() == null
                    || uri.getPath().length() < 2) {
                throw refused("is not of the form postgresql://user:password@host:port/name", "Correct its parts");
            }
            return new DatabaseConfig(
                    uri.getHost(),
                    uri.getPort() < 0 ? 5432 : uri.getPort(),
                    uri.getPath().substring(1),
                    decoded(login[0]),
                    login.length > 1 ? decoded(login[1]) : "",
                    uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                    connections);
        } catch (URISyntaxException e) {
            throw refused("cannot be read: " + e.getReason(), "Percent-encode special characters of the password");
        }
    }

    /// The driver's address; a login that takes longer than 5 s or an answer that takes longer than the timeout is an
    /// error. Left alone, the driver would wait for ever for a server that has fallen silent.
    String jdbcUrl(Duration timeout) {
        long most = timeout.toSeconds();
        // What the driver would else say to the server in statements of its own goes with the login.
        String bounds =
                "connectTimeout=%d&socketTimeout=%d&tcpKeepAlive=true&prepareThreshold=1&assumeMinServerVersion=12"
                        .formatted(Math.min(5, most), most);
        return "jdbc:postgresql://%s:%d/%s?%s%s"
                .formatted(host, port, name, bounds, options.isEmpty() ? "" : "&" + options);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Problem refused(String why, String remedy) {
        return new Problem(ErrorCode.NOT_READY, "DATABASE_URL " + why, remedy);
    }

    @Override
    public String toString() {
        return "postgresql://%s@%s:%d/%s".formatted(user, host, port, name);
    }
}
