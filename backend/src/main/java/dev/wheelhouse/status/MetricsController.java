package dev.wheelhouse.status;

import dev.wheelhouse.http.Public;
import dev.wheelhouse.telemetry.Metrics;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import org.jspecify.annotations.Nullable;

/// Metrics on a port of their own, for a Prometheus that has no key: who may come there is the network's to say. The
/// framework serves no other route on this port, and this one on no other.
@Controller(port = "${http.metrics-port}")
@Requires(property = "http.metrics-port", pattern = "[1-9][0-9]*")
final class MetricsController {

    private final Metrics metrics;

    MetricsController(Metrics metrics) {
        this.metrics = metrics;
    }

    @Get("/metrics")
    @Public
    HttpResponse<String> metrics(@Nullable @Header("Accept") String accept) {
        var page = metrics.page(accept, null);
        return HttpResponse.ok(page.body()).contentType(page.contentType());
    }
}
