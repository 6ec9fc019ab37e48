package dev.wheelhouse.api;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.BasePath;
import dev.wheelhouse.http.JsonResponse;
import dev.wheelhouse.http.Public;
import dev.wheelhouse.http.Readiness;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// What operators and their tools look at.
@Controller(produces = MediaType.ALL)
final class StatusController {

    static final MediaType METRICS = MediaType.of("text/plain; version=0.0.4; charset=utf-8");
    private static final String SPECIFICATION = read("/openapi.json");

    private final Readiness readiness;
    private final Installation about;
    private final RunTraces traces;
    private final PrometheusMeterRegistry meters;

    StatusController(Readiness readiness, Installation about, RunTraces traces, PrometheusMeterRegistry meters) {
        this.readiness = readiness;
        this.about = about;
        this.traces = traces;
        this.meters = meters;
    }

    private static String read(String resource) {
        try (var stream = StatusController.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Browsers get the console here, where there is one.
    @Get("/")
    @Public
    HttpResponse<String> root(HttpRequest<?> request) {
        return JsonResponse.json(about.links(BasePath.of(request)));
    }

    /// The process is alive; asks nobody else.
    @Get("/health")
    @Public
    HttpResponse<String> health() {
        return JsonResponse.json("{\"status\":\"ok\"}");
    }

    @Get("/ready")
    @Public
    HttpResponse<String> ready() {
        var answer = readiness.answer();
        return answer.isReady()
                ? JsonResponse.json(answer.json())
                : JsonResponse.json(HttpStatus.SERVICE_UNAVAILABLE, answer.json())
                        .header("Retry-After", "1");
    }

    @Get("/info")
    @RequiresScope({})
    HttpResponse<String> info() {
        return JsonResponse.json(about.info());
    }

    @Get("/openapi.json")
    @Public
    HttpResponse<String> specification() {
        return JsonResponse.json(SPECIFICATION);
    }

    @Get("/problems")
    @Public
    HttpResponse<String> problems() {
        return HttpResponse.ok(ProblemPage.HTML)
                .contentType(MediaType.of("text/html; charset=utf-8"))
                .header("Content-Security-Policy", ProblemPage.POLICY);
    }

    @Get("/traces")
    @RequiresScope(Scope.READ)
    HttpResponse<String> traces(Caller caller) {
        return JsonResponse.json(traces.json(caller.tenant()));
    }

    /// The operator's tenant sees every series, others their own and those of the process.
    @Get("/metrics")
    @RequiresScope(Scope.READ)
    HttpResponse<String> metrics(Caller caller) {
        String all = meters.scrape();
        String own = "tenant=\"" + caller.tenant() + "\"";
        String seen = caller.tenant().equals(TenantId.DEFAULT)
                ? all
                : all.lines()
                        .filter(line -> !line.contains("tenant=\"") || line.contains(own))
                        .collect(Collectors.joining("\n", "", "\n"));
        return HttpResponse.ok(seen).contentType(METRICS);
    }
}
