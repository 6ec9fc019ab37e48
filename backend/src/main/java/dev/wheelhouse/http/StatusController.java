package dev.wheelhouse.http;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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

    private static final String SPECIFICATION = read("/openapi.json");

    private final Readiness readiness;
    private final About about;
    private final RunTraces traces;
    private final PrometheusMeterRegistry meters;

    StatusController(Readiness readiness, About about, RunTraces traces, PrometheusMeterRegistry meters) {
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
    @Open
    HttpResponse<String> root() {
        return Answers.json(about.links());
    }

    /// The process is alive; asks nobody else.
    @Get("/health")
    @Open
    HttpResponse<String> health() {
        return Answers.json("{\"status\":\"ok\"}");
    }

    @Get("/ready")
    @Open
    HttpResponse<String> ready() {
        var answer = readiness.answer();
        return answer.isReady()
                ? Answers.json(answer.json())
                : Answers.json(HttpStatus.SERVICE_UNAVAILABLE, answer.json()).header("Retry-After", "1");
    }

    @Get("/info")
    @Needs({})
    HttpResponse<String> info() {
        return Answers.json(about.info());
    }

    @Get("/openapi.json")
    @Open
    HttpResponse<String> specification() {
        return Answers.json(SPECIFICATION);
    }

    @Get("/problems")
    @Open
    HttpResponse<String> problems() {
        return HttpResponse.ok(ProblemPage.HTML)
                .contentType(MediaType.of("text/html; charset=utf-8"))
                .header("Content-Security-Policy", ProblemPage.POLICY);
    }

    @Get("/traces")
    @Needs(Scope.READ)
    HttpResponse<String> traces(Caller caller) {
        return Answers.json(traces.json(caller.tenant()));
    }

    /// The operator's tenant sees every series, others their own and those of the process.
    @Get("/metrics")
    @Needs(Scope.READ)
    HttpResponse<String> metrics(Caller caller) {
        String all = meters.scrape();
        String own = "tenant=\"" + caller.tenant() + "\"";
        String seen = caller.tenant().equals(TenantId.DEFAULT)
                ? all
                : all.lines()
                        .filter(line -> !line.contains("tenant=\"") || line.contains(own))
                        .collect(Collectors.joining("\n", "", "\n"));
        return HttpResponse.ok(seen).contentType(MediaType.of("text/plain; version=0.0.4; charset=utf-8"));
    }
}
