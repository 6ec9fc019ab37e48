package dev.wheelhouse.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Trace;
import dev.wheelhouse.runs.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run's log as spans: one for the run and one for each of its steps, with the names that OpenTelemetry's conventions
/// for GenAI give them (as of 1.38, still in development: this is the only place that knows them). What people and
/// models wrote is not among them.
public final class RunSpans {

    private RunSpans() {}

    /// @param parent null for one that nothing of this platform or its caller stands above
    /// @param kind `run`, or that of the step
    /// @param end null while it is under way
    /// @param attributes texts and whole numbers
    /// @param error the code of what went wrong, or null
    public record Span(
            String id,
            @Nullable String parent,
            String name,
            String kind,
            boolean leavesUs,
            Instant start,
            @Nullable Instant end,
            Map<String, Object> attributes,
            @Nullable String error) {}

    /// @param steps as [dev.wheelhouse.runs.Runs#steps] has them
    public static List<Span> of(Run run, List<String> steps) {
        var spans = new ArrayList<Span>();
        spans.add(root(run));
        for (String text : steps) {
            var step = Json.read(text);
            if (step.hasNonNull("startedAt")) {
                spans.add(step(run, step));
            }
        }
        return spans;
    }

    private static Span root(Run run) {
        String kind = run.program().kind();
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("gen_ai.operation.name", "invoke_" + kind);
        attributes.put("gen_ai." + kind + ".name", run.program().name());
        attributes.put(
                "gen_ai." + kind + ".version", Integer.toString(run.program().revision()));
        attributes.put("gen_ai.conversation.id", run.thread().toString());
        attributes.put("gen_ai.usage.input_tokens", run.usage().inputTokens());
        attributes.put("gen_ai.usage.output_tokens", run.usage().outputTokens());
        attributes.put("wheelhouse.tenant", run.tenant().name());
        attributes.put("wheelhouse.run.id", run.id().toString());
        attributes.put("wheelhouse.run.state", run.state().word());
        var failure = run.failure();
        return new Span(
                run.trace(0).span(),
                above(run),
                "invoke_" + kind + " " + run.program().name(),
                "run",
                false,
                begin(run),
                run.times().endedAt(),
                with(attributes, failure == null ? null : failure.code()),
                failure == null ? null : failure.code());
    }

    /// The step that called the run, else the span of whoever asked for it.
    private static @Nullable String above(Run run) {
        var parent = run.parent();
        if (parent != null) {
            return Trace.hex(parent.run().value().getLeastSignificantBits() + parent.step());
        }
        var asked = Trace.read(run.asker().trace());
        return asked == null ? null : asked.span();
    }

    private static Span step(Run run, JsonNode step) {
        String operation = operation(step);
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("gen_ai.operation.name", operation);
        attributes.put("wheelhouse.step.state", step.path("state").asText());
        attributes.put("wheelhouse.step.attempt", step.path("attempt").asLong(1));
        if (operation.equals("chat")) {
            model(step, attributes);
        } else if (step.has("call")) {
            attributes.put("gen_ai.tool.name", step.path("name").asText());
            attributes.put("gen_ai.tool.call.id", step.path("call").asText());
        }
        String error = step.path("error").path("code").asText(null);
        var start = Instant.parse(step.path("startedAt").asText());
        return new Span(
                run.trace(step.path("number").asInt()).span(),
                run.trace(0).span(),
                operation + " " + step.path("name").asText(),
                step.path("kind").asText(),
                operation.equals("chat"),
                start,
                end(start, step),
                with(attributes, error),
                error);
    }

    private static void model(JsonNode step, Map<String, Object> attributes) {
        var usage = step.path("usage");
        attributes.put(
                "gen_ai.provider.name", step.path("model").path("provider").asText());
        attributes.put("gen_ai.request.model", step.path("model").path("name").asText());
        attributes.put("gen_ai.response.model", step.path("model").path("name").asText());
        attributes.put("gen_ai.usage.input_tokens", usage.path("inputTokens").asLong());
        attributes.put(
                "gen_ai.usage.cache_read.input_tokens",
                usage.path("cachedTokens").asLong());
        attributes.put("gen_ai.usage.output_tokens", usage.path("outputTokens").asLong());
    }

    private static Map<String, Object> with(Map<String, Object> attributes, @Nullable String error) {
        if (error != null) {
            attributes.put("error.type", error);
        }
        return attributes;
    }

    /// A step is told by what it has on record, not by the words of one kind of program: a model that answered, a call
    /// that an answer asked for, or else a step of the kind's own.
    private static String operation(JsonNode step) {
        return step.has("model") || step.path("kind").asText().equals("model")
                ? "chat"
                : step.has("call") ? "execute_tool" : step.path("kind").asText();
    }

    private static @Nullable Instant end(Instant start, JsonNode step) {
        return step.hasNonNull("durationMs")
                ? start.plus(Duration.ofMillis(step.path("durationMs").asLong()))
                : null;
    }

    /// When a replica first took the run; it may have waited for one.
    public static Instant begin(Run run) {
        return run.times().startedAt() == null ? run.createdAt() : run.times().startedAt();
    }
}
