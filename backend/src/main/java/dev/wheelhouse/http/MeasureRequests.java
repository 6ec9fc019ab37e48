package dev.wheelhouse.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.UriRouteMatch;
import java.time.Duration;
import java.util.stream.Stream;

/// Times requests by route. A route is its template, never the path: clients cannot make new series.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class MeasureRequests implements Ordered {

    private static final String BEGUN = "wheelhouse.begun";
    /// Seconds, as OpenTelemetry has them, with 300 ms beside: what a request should take at most.
    private static final Duration[] BOUNDS = Stream.of(5, 10, 25, 50, 100, 250, 300, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

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
        Timer.builder("http.server.request.duration")
                .tags(
                        "http.request.method",
                        request.getMethod().name(),
                        "http.route",
                        route(request),
                        "http.response.status_code",
                        Integer.toString(response.code()))
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - begun));
    }

    private static String route(HttpRequest<?> request) {
        return request.getAttribute(HttpAttributes.ROUTE_MATCH, UriRouteMatch.class)
                .map(match -> match.getRouteInfo().getUriMatchTemplate().toPathString())
                .orElse("none");
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.METRICS.order();
    }
}
