package dev.wheelhouse.api;

import dev.wheelhouse.http.Public;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/// Metrics on a port of their own, for a Prometheus that has no key: who may come there is the network's to say. The
/// framework serves no other route on this port, and this one on no other.
@Controller(port = "${http.metrics-port}")
@Requires(property = "http.metrics-port", pattern = "[1-9][0-9]*")
final class MetricsController {

    private final PrometheusMeterRegistry meters;

    MetricsController(PrometheusMeterRegistry meters) {
        this.meters = meters;
    }

    @Get("/metrics")
    @Public
    HttpResponse<String> metrics() {
        return HttpResponse.ok(meters.scrape()).contentType(StatusController.METRICS);
    }
}
