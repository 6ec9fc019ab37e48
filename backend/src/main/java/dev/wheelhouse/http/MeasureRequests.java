package dev.wheelhouse.http;

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

/// Times requests by route. A route is its template, never the path: clients cannot make new series.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class MeasureRequests implements Ordered {

    private static final String BEGUN = "wheelhouse.begun";
    /// Seconds, as OpenTelemetry has them, with 300 ms beside: what a request should take at most.
    private static final Duration[] BOUNDS = Stream.of(5, 10, 25, 50, 100, 250, 300, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /// @param route null where the path leads nowhere
    private record Kind(HttpMethod method, @Nullable UriRouteInfo<?, ?> route, int status) {}

    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    MeasureRequests(MeterRegistry meters) {
        this.meters = meters;
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
        timers.computeIfAbsent(new Kind(request.getMethod(), route, response.code()), this::timer)
                .record(Duration.ofNanos(System.nanoTime() - begun));
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.request.duration")
                .tags(
                        "http.request.method",
                        kind.method.name(),
                        "http.route",
                        kind.route == null
                                ? "none"
                                : kind.route.getUriMatchTemplate().toPathString(),
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
