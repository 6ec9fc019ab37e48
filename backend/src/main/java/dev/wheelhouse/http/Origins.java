package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.tenants.AuthMode;
import dev.wheelhouse.tenants.Tenants;
import dev.wheelhouse.wire.Wire;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteMatch;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what must not reach a route: what the wire has refused, and what web pages of strangers ask. Says which
/// methods an address has, and to web pages of which other origins it answers: those that the operator has
/// listed. They send a key; cookies stay with the console. Keeps web pages of strangers away from a server that asks
/// nobody who they are.
///
/// A page in the same browser can send requests to the loopback address, and by a name that it re-points (DNS
/// rebinding) even read the answers. Both show in headers that a page cannot forge: the Host is not ours, or the
/// Origin is not the Host.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Origins implements Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(Origins.class);
    private static final String ASKED = "Access-Control-Request-Method";
    private static final String HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Prefer, X-Request-Id";
    private static final String SHOWN = "ETag, Location, Preference-Applied, Retry-After, X-Request-Id";

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Tenants tenants;
    private final boolean onLoopback;
    private final HttpConfig config;
    private final Router router;
    private final Wire wire;

    Origins(
            Tenants tenants,
            HttpConfig config,
            Router router,
            Wire wire,
            @Value("${micronaut.server.host:127.0.0.1}") String host) {
        this.tenants = tenants;
        this.config = config;
        this.router = router;
        this.wire = wire;
        this.onLoopback = LOOPBACK.contains(host);
    }

    /// Answers the question itself; whatever else is asked goes on.
    @RequestFilter
    @Nullable
    HttpResponse<?> answer(HttpRequest<?> request) {
        refuse(request);
        if (request.getMethod() != HttpMethod.OPTIONS) {
            check(request);
            return null;
        }
        String origin = request.getHeaders().get("Origin");
        String allowed = methods(request);
        if (origin == null || request.getHeaders().get(ASKED) == null) {
            return HttpResponse.noContent().header("Allow", allowed);
        }
        if (!config.allows(origin)) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "Pages of the origin \"%s\" may not call this API".formatted(Text.shorten(origin, 100)),
                    "An operator can list it: http.allow-origins (HTTP_ALLOW_ORIGINS)");
        }
        return HttpResponse.noContent()
                .header("Vary", "Origin")
                .header("Access-Control-Allow-Origin", origin)
                .header("Access-Control-Allow-Methods", allowed)
                .header("Access-Control-Allow-Headers", HEADERS)
                .header("Access-Control-Max-Age", "600");
    }

    /// What the wire has refused is answered as a problem, and takes one line of the log.
    private void refuse(HttpRequest<?> request) {
        String refused = request.getHeaders().get(Wire.HEADER);
        if (refused != null) {
            wire.refusal(refused).ifPresent(problem -> {
                LOG.info(
                        "{}. The client got a refusal, and its connection is closed. request={}",
                        problem.message(),
                        TagRequests.id(request));
                throw problem.code() == ErrorCode.NOT_READY ? problem.retryAfter(SOON) : problem;
            });
        }
    }

    private String methods(HttpRequest<?> request) {
        var found = router.findAny(request);
        // A name in the address is that one's, though others would take it for an id.
        long exact = found.stream().mapToLong(Origins::variables).min().orElse(0);
        var methods = found.stream()
                .filter(match -> variables(match) == exact)
                .map(match -> match.getRouteInfo().getHttpMethodName())
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.isEmpty() && !request.getPath().equals("/*")) {
            throw new Problem(
                    ErrorCode.NOT_FOUND,
                    "There is no route \"%s\"".formatted(Text.shorten(request.getPath(), 200)),
                    BasePath.of(request) + "/openapi.json lists the routes");
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private static long variables(UriRouteMatch<?, ?> match) {
        return match.getRouteInfo()
                .getUriMatchTemplate()
                .toPathString()
                .chars()
                .filter(sign -> sign == '{')
                .count();
    }

    @ResponseFilter
    void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (config.allowOrigins().isEmpty()) {
            return;
        }
        response.header("Vary", "Origin");
        String origin = request.getHeaders().get("Origin");
        if (origin != null && config.allows(origin)) {
            response.header("Access-Control-Allow-Origin", origin);
            response.header("Access-Control-Expose-Headers", SHOWN);
        }
    }

    private void check(HttpRequest<?> request) {
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
        if (config.allows(origin)) {
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
                header.equals("Origin")
                        ? "Open it as http://localhost, or have an operator list the origin: http.allow-origins"
                        : "Open it as http://localhost, or set AUTH_MODE=keys to serve other names");
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }
}
