package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.wire.Gate;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.simple.SimpleHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.Router;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Says before a large body is read how large its route allows it to be, and whether its sender may use the route: by
/// the same rules as for every request, once its body is there.
@Singleton
final class JudgeBodies implements Gate {

    /// Where nobody has to say who they are, a body must not push out those of everybody else.
    private static final int MOST_OF_ANYBODY = 1 << 20;

    private final Router router;
    private final CallerFilter callers;
    private final HttpConfig config;
    private final ExecutorService blocking;

    JudgeBodies(
            Router router,
            CallerFilter callers,
            HttpConfig config,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.router = router;
        this.callers = callers;
        this.config = config;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Verdict> judge(Asked asked) {
        return CompletableFuture.supplyAsync(() -> verdict(asked), blocking);
    }

    private Verdict verdict(Asked asked) {
        try {
            var request = request(asked);
            var route = route(request);
            int most = most(route);
            if (CallerFilter.isPublic(route)) {
                return new Verdict(null, Math.min(most, MOST_OF_ANYBODY), false);
            }
            callers.caller(request, route);
            return new Verdict(null, most, true);
        } catch (Problem e) {
            return Verdict.refused(e);
        } catch (DatabaseException e) {
            return Verdict.refused(new Problem(ErrorCode.NOT_READY, "Postgres is not answering", "Try again"));
        }
    }

    /// As the framework will see it, without a body.
    private MutableHttpRequest<?> request(Asked asked) {
        var request = new SimpleHttpRequest<>(HttpMethod.parse(asked.method()), path(asked.target()), null);
        for (var name : new String[] {"Authorization", "X-CSRF-Token"}) {
            String value = asked.field(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        String cookies = asked.field("Cookie");
        if (cookies != null) {
            ServerCookieDecoder.LAX
                    .decode(cookies)
                    .forEach(cookie -> request.cookie(Cookie.of(cookie.name(), cookie.value())));
        }
        return request;
    }

    private String path(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String prefix = config.basePath();
        boolean isBelow = !prefix.isEmpty() && path.startsWith(prefix + "/");
        return isBelow ? path.substring(prefix.length()) : path;
    }

    private @Nullable RouteMatch<?> route(HttpRequest<?> request) {
        for (var match : router.findAny(request)) {
            if (match.getRouteInfo().getHttpMethod() == request.getMethod()) {
                return match;
            }
        }
        return null;
    }

    /// Pictures, and what is not JSON, may be as large as any body.
    private static int most(@Nullable RouteMatch<?> route) {
        if (route == null) {
            return Fields.LARGEST;
        }
        boolean isText = route.getRouteInfo().getConsumes().stream()
                .allMatch(type -> type.equals(MediaType.APPLICATION_JSON_TYPE)
                        || type.getSubtype().endsWith("yaml"));
        return isText && !route.getAnnotationMetadata().hasAnnotation(TakesPictures.class)
                ? Fields.LARGEST
                : Integer.MAX_VALUE;
    }
}
