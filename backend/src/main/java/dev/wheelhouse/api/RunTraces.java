package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
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
        var spans = new ArrayList<String>();
        String root = span(run.id().value(), 0);
        spans.add(rootSpan(run, root));
        for (String step : runs.steps(run.tenant(), run.id())) {
            spans.add(stepSpan(run, root, Json.read(step)));
        }
        return new JsonObject()
                .put("run", run.id().toString())
                .put("trace", run.id().toString().replace("-", ""))
                .put("agent", run.program().name())
                .put("state", run.state().word())
                .time("startedAt", begin(run))
                .raw("durationMs", duration(begin(run), run.times().endedAt()))
                .raw("spans", JsonObject.array(spans))
                .end();
    }

    private static String rootSpan(Run run, String id) {
        return new JsonObject()
                .put("id", id)
                .put("parent", (String) null)
                .put("name", operation(run) + " " + run.program().name())
                .put("kind", "run")
                .time("startedAt", begin(run))
                .raw("durationMs", duration(begin(run), run.times().endedAt()))
                .raw("attributes", runAttributes(run))
                .end();
    }

    /// `invoke_agent` for an agent, and likewise for programs of other kinds.
    private static String operation(Run run) {
        return "invoke_" + run.program().kind();
    }

    private static String runAttributes(Run run) {
        return new JsonObject()
                .put("gen_ai.operation.name", operation(run))
                .put("gen_ai." + run.program().kind() + ".name", run.program().name())
                .put("gen_ai.conversation.id", run.thread().toString())
                .put("gen_ai.usage.input_tokens", run.usage().inputTokens())
                .put("gen_ai.usage.output_tokens", run.usage().outputTokens())
                .end();
    }

    /// A step is told by what it has on record, not by the words of one kind of program: a model that answered, a call
    /// that an answer asked for, or else a step of the kind's own.
    private static String operation(JsonNode step) {
        return step.has("model") || step.path("kind").asText().equals("model")
                ? "chat"
                : step.has("call") ? "execute_tool" : step.path("kind").asText();
    }

    private static String stepSpan(Run run, String root, JsonNode step) {
        String operation = operation(step);
        boolean isModel = operation.equals("chat");
        var attributes = new JsonObject()
                .put("gen_ai.operation.name", operation)
                .put("wheelhouse.step.state", step.path("state").asText())
                .put("wheelhouse.step.attempt", step.path("attempt").asInt(1));
        if (isModel) {
            attributes
                    .put(
                            "gen_ai.provider.name",
                            step.path("model").path("provider").asText())
                    .put("gen_ai.request.model", step.path("model").path("name").asText())
                    .put(
                            "gen_ai.usage.input_tokens",
                            step.path("usage").path("inputTokens").asLong())
                    .put(
                            "gen_ai.usage.output_tokens",
                            step.path("usage").path("outputTokens").asLong());
        } else if (step.has("call")) {
            attributes.put("gen_ai.tool.name", step.path("name").asText());
        }
        return new JsonObject()
                .put("id", span(run.id().value(), step.path("number").asInt()))
                .put("parent", root)
                .put("name", operation + " " + step.path("name").asText())
                .put("kind", step.path("kind").asText())
                .put("startedAt", step.path("startedAt").asText())
                .rawIfAny(
                        "durationMs",
                        step.hasNonNull("durationMs") ? step.get("durationMs").toString() : null)
                .raw("attributes", attributes.end())
                .end();
    }

    private static Instant begin(Run run) {
        return run.times().startedAt() == null ? run.createdAt() : run.times().startedAt();
    }

    private static @Nullable String duration(Instant begin, @Nullable Instant end) {
        return end == null ? null : Long.toString(Duration.between(begin, end).toMillis());
    }

    /// Eight bytes, the same each time the trace is read.
    private static String span(UUID run, int step) {
        return "%016x".formatted(run.getLeastSignificantBits() + step);
    }
}
