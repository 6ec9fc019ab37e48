package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Trace;
import dev.wheelhouse.tenants.AuthMode;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tenants.Tenants;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out who asks, by key or by the console's cookie, and whether they may use the route.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class CallerFilter implements Ordered {

    public static final String COOKIE = "wheelhouse_session";
    private static final String CALLER = "wheelhouse.caller";
    private static final String SESSION = "wheelhouse.session";
    private static final String BEARER = "bearer ";

    /// Refusals that may mean that somebody tries doors.
    private static final List<ErrorCode> REFUSALS =
            List.of(ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.CSRF_TOKEN_MISSING);

    private final Tenants tenants;
    private final Router router;
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);

    CallerFilter(Tenants tenants, Router router, MeterRegistry meters) {
        this.tenants = tenants;
        this.router = router;
        for (var code : REFUSALS) {
            refused.put(code, meters.counter("wheelhouse.auth.refused", "reason", code.slug()));
        }
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void admit(HttpRequest<?> request) {
        RouteMatch<?> route = request.getAttribute(HttpAttributes.ROUTE_MATCH, RouteMatch.class)
                .orElse(null);
        if (!isPublic(route) && (route != null || !isOpen(request))) {
            request.setAttribute(CALLER, traced(request, caller(request, route)));
        }
    }

    /// Whether there is something at this address for anybody, by another method: that is no secret.
    private boolean isOpen(HttpRequest<?> request) {
        return router.findAny(request).stream().anyMatch(CallerFilter::isPublic);
    }

    static boolean isPublic(@Nullable RouteMatch<?> route) {
        return route != null && route.getAnnotationMetadata().hasAnnotation(Public.class);
    }

    /// Who asks; refuses whoever may not use the route, or proves no identity.
    Caller caller(HttpRequest<?> request, @Nullable RouteMatch<?> route) {
        try {
            return permitted(request, route);
        } catch (Problem e) {
            var counter = refused.get(e.code());
            if (counter != null) {
                counter.increment();
            }
            throw e;
        }
    }

    private Caller permitted(HttpRequest<?> request, @Nullable RouteMatch<?> route) {
        var caller = caller(request);
        if (route != null) {
            for (var scope : needs(route)) {
                caller.require(scope);
            }
        }
        return caller;
    }

    /// A route that says nothing needs everything: forgetting the annotation never opens a door.
    private static Scope[] needs(RouteMatch<?> route) {
        var metadata = route.getAnnotationMetadata();
        return metadata.hasAnnotation(RequiresScope.class)
                ? metadata.enumValues(RequiresScope.class, Scope.class)
                : Scope.values();
    }

    /// The caller as part of the trace that the request says it belongs to.
    private static Caller traced(HttpRequest<?> request, Caller caller) {
        var trace = Trace.read(request.getHeaders().get(Trace.HEADER));
        return trace == null ? caller : caller.within(trace.header());
    }

    private Caller caller(HttpRequest<?> request) {
        if (tenants.mode() == AuthMode.NONE) {
            return tenants.everybody();
        }
        String authorization = request.getHeaders().get("Authorization");
        if (authorization != null) {
            return tenants.byKey(bearer(authorization));
        }
        var cookie = request.getCookies().findCookie(COOKIE).map(Cookie::getValue);
        if (cookie.isPresent()) {
            return bySession(request, cookie.get());
        }
        throw new Problem(
                ErrorCode.UNAUTHENTICATED,
                "\"%s %s\" needs credentials".formatted(request.getMethodName(), request.getPath()),
                "Send the header Authorization: Bearer <key>, or sign in at the console");
    }

    private static String bearer(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Problem(
                    ErrorCode.UNAUTHENTICATED,
                    "The Authorization header is not a Bearer token",
                    "Send Authorization: Bearer <key>");
        }
        return authorization.substring(BEARER.length()).strip();
    }

    private Caller bySession(HttpRequest<?> request, String cookie) {
        var session = tenants.bySession(cookie);
        if (!isSafe(request)) {
            checkToken(request.getHeaders().get("X-CSRF-Token"), session.csrfToken());
        }
        request.setAttribute(SESSION, session);
        return session.caller();
    }

    /// True for methods that change nothing.
    public static boolean isSafe(HttpRequest<?> request) {
        return switch (request.getMethod()) {
            case GET, HEAD, OPTIONS -> true;
            default -> false;
        };
    }

    private static void checkToken(@Nullable String sent, String right) {
        if (sent == null
                || !MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8))) {
            throw new Problem(
                    ErrorCode.CSRF_TOKEN_MISSING,
                    sent == null ? "The header X-CSRF-Token is missing" : "The X-CSRF-Token is not this session's",
                    "Send the csrfToken of GET /api/v1/session in the header X-CSRF-Token");
        }
    }

    /// Who asks; only for routes that are not open.
    static Caller callerOf(HttpRequest<?> request) {
        return request.getAttribute(CALLER, Caller.class)
                .orElseThrow(() -> new IllegalStateException("An open route has no caller"));
    }

    /// The session, where the console's cookie was sent.
    public static Tenants.@Nullable Session sessionOf(HttpRequest<?> request) {
        return request.getAttribute(SESSION, Tenants.Session.class).orElse(null);
    }

    /// Hands the caller to controllers that ask for one.
    @Singleton
    static final class Binder implements TypedRequestArgumentBinder<Caller> {

        @Override
        public Argument<Caller> argumentType() {
            return Argument.of(Caller.class);
        }

        @Override
        public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> source) {
            return () -> Optional.of(callerOf(source));
        }
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }
}
