package dev.wheelhouse.status;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.telemetry.RunSpans;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Recent runs as span trees, read from the log: a span for the run and one for each of its steps.
@Singleton
final class RunTraces {

    private static final int HOW_MANY = 20;

    private final Runs runs;

    RunTraces(Runs runs) {
        this.runs = runs;
    }

    String json(TenantId tenant) {
        var recent = runs.list(tenant, RunFilter.ALL, null, HOW_MANY).data();
        return new JsonObject()
                .raw("data", JsonObject.array(recent.stream().map(this::trace).toList()))
                .end();
    }

    private String trace(Run run) {
        var spans = RunSpans.of(run, runs.steps(run.tenant(), run.id()));
        return new JsonObject()
                .put("run", run.id().toString())
                .put("trace", run.trace(0).trace())
                .put("agent", run.program().name())
                .put("state", run.state().word())
                .time("startedAt", RunSpans.begin(run))
                .raw("durationMs", duration(RunSpans.begin(run), run.times().endedAt()))
                .raw(
                        "spans",
                        JsonObject.array(spans.stream().map(RunTraces::span).toList()))
                .end();
    }

    private static String span(RunSpans.Span span) {
        return new JsonObject()
                .put("id", span.id())
                .put("parent", span.parent())
                .put("name", span.name())
                .put("kind", span.kind())
                .time("startedAt", span.start())
                .raw("durationMs", duration(span.start(), span.end()))
                .raw("attributes", Json.write(span.attributes()))
                .end();
    }

    private static @Nullable String duration(Instant begin, @Nullable Instant end) {
        return end == null ? null : Long.toString(Duration.between(begin, end).toMillis());
    }
}
