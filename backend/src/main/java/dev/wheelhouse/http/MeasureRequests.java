package dev.wheelhouse.http;

import dev.wheelhouse.base.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.UriRouteInfo;
import io.micronaut.web.router.UriRouteMatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Times requests by route. A route is its template, never the path: clients cannot make new series.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class MeasureRequests implements Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(MeasureRequests.class);
    private static final String BEGUN = "wheelhouse.begun";
    /// Seconds, as OpenTelemetry has them, with 300 ms beside: what a request should take at most.
    private static final Duration[] BOUNDS = Stream.of(5, 10, 25, 50, 100, 250, 300, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /// @param route null where the path leads nowhere
    private record Kind(HttpMethod method, @Nullable UriRouteInfo<?, ?> route, int status) {
        String path() {
            return route == null ? "none" : route.getUriMatchTemplate().toPathString();
        }
    }

    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry meters;
    private final boolean saysEach;

    MeasureRequests(MeterRegistry meters, HttpConfig config) {
        this.meters = meters;
        this.saysEach = config.accessLog();
    }

    @RequestFilter
    void begin(HttpRequest<?> request) {
        request.setAttribute(BEGUN, System.nanoTime());
    }

    @ResponseFilter
    void end(HttpRequest<?> request, HttpResponse<?> response) {
        long begun = request.getAttribute(BEGUN, Long.class).orElseGet(System::nanoTime);
        var route = request.getAttribute(HttpAttributes.ROUTE_MATCH, UriRouteMatch.class)
                .map(UriRouteMatch::getRouteInfo)
                .orElse(null);
        var kind = new Kind(request.getMethod(), route, response.code());
        var took = Duration.ofNanos(System.nanoTime() - begun);
        timers.computeIfAbsent(kind, this::timer).record(took);
        if (saysEach) {
            LogContext.duringRequest(
                    TagRequests.id(request),
                    () -> LOG.info("{} {} {} {} ms", kind.method, kind.path(), kind.status, took.toMillis()));
        }
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.request.duration")
                .tags(
                        "http.request.method",
                        kind.method.name(),
                        "http.route",
                        kind.path(),
                        "http.response.status_code",
                        Integer.toString(kind.status))
                .serviceLevelObjectives(BOUNDS)
                .register(meters);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.METRICS.order();
    }
}
