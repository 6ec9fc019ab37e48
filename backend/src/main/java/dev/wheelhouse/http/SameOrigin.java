package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.tenants.AuthMode;
import dev.wheelhouse.tenants.Tenants;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Set;

/// Keeps web pages of strangers away from a server that asks nobody who they are.
///
/// A page in the same browser can send requests to the loopback address, and by a name that it re-points (DNS
/// rebinding) even read the answers. Both show in headers that a page cannot forge: the Host is not ours, or the
/// Origin is not the Host.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SameOrigin implements Ordered {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Tenants tenants;
    private final boolean onLoopback;

    SameOrigin(Tenants tenants, @Value("${micronaut.server.host:127.0.0.1}") String host) {
        this.tenants = tenants;
        this.onLoopback = LOOPBACK.contains(host);
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (tenants.mode() != AuthMode.NONE) {
            return;
        }
        String host = String.valueOf(request.getHeaders().get("Host"));
        if (onLoopback && !LOOPBACK.contains(name(host))) {
            throw refused("Host", host);
        }
        String origin = request.getHeaders().get("Origin");
        if (origin == null || CallerFilter.isSafe(request)) {
            return;
        }
        String from = origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3);
        boolean ours = from.equalsIgnoreCase(host) || onLoopback && LOOPBACK.contains(name(from));
        if (!ours) {
            throw refused("Origin", origin);
        }
    }

    /// The name without the port.
    private static String name(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end <= 0 ? host : host.substring(0, end);
    }

    private static Problem refused(String header, String value) {
        return new Problem(
                ErrorCode.FORBIDDEN,
                "The %s \"%s\" is not this server".formatted(header, Text.shorten(value, 100)),
                "Open it as http://localhost, or set AUTH_MODE=keys to serve other names");
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }
}
