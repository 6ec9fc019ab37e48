package dev.wheelhouse.status;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.BasePath;
import dev.wheelhouse.http.Public;
import dev.wheelhouse.http.Readiness;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.TakesAnyQuery;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.telemetry.Metrics;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What operators and their tools look at.
@Controller(produces = MediaType.ALL)
final class StatusController {

    private static final String SPECIFICATION = read("/openapi.json");

    private final Readiness readiness;
    private final Installation about;
    private final RunTraces traces;
    private final Metrics metrics;

    StatusController(Readiness readiness, Installation about, RunTraces traces, Metrics metrics) {
        this.readiness = readiness;
        this.about = about;
        this.traces = traces;
        this.metrics = metrics;
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
    @TakesAnyQuery
    @Public
    HttpResponse<String> root(HttpRequest<?> request) {
        return JsonResponse.json(about.links(BasePath.of(request)));
    }

    /// The process is alive; asks nobody else.
    @Get("/health")
    @TakesAnyQuery
    @Public
    HttpResponse<String> health() {
        return JsonResponse.json("{\"status\":\"ok\"}");
    }

    @Get("/ready")
    @TakesAnyQuery
    @Public
    HttpResponse<String> ready() {
        var answer = readiness.answer();
        return answer.isReady()
                ? JsonResponse.json(answer.json())
                : JsonResponse.json(HttpStatus.SERVICE_UNAVAILABLE, answer.json())
                        .header("Retry-After", "1");
    }

    @Get("/api/v1/health")
    @RequiresScope(Scope.READ)
    HttpResponse<String> installation(Caller caller) {
        return JsonResponse.json(new JsonObject()
                .raw("ready", readiness.answer().json())
                .raw("info", about.info())
                .raw("embeddings", about.embeddings())
                .raw("queue", caller.tenant().equals(TenantId.DEFAULT) ? about.queue() : null)
                .end());
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
    @TakesAnyQuery
    @RequiresScope(Scope.READ)
    HttpResponse<String> metrics(@Nullable @Header("Accept") String accept, Caller caller) {
        var page = metrics.page(accept, caller.tenant());
        return HttpResponse.ok(page.body()).contentType(page.contentType());
    }
}
