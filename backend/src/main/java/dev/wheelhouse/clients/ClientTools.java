package dev.wheelhouse.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Questions;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.Step;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The front door: calls of tools that a client executes itself. A run waits for their results as it waits for a
/// person, holding nothing.
@Singleton
public final class ClientTools {

    /// The kind of such a step, and of the question that it asks.
    public static final String KIND = Questions.CLIENT;

    /// How long a run waits for its client. Many clients take a call as their answer and never come back.
    public static final Duration WAIT = Duration.ofHours(1);

    private static final String GONE = "{\"decision\":\"reject\",\"reason\":\"The client sent no result\"}";

    private final Runs runs;
    private final Questions questions;

    ClientTools(Runs runs, Questions questions) {
        this.runs = runs;
        this.questions = questions;
    }

    /// Asks the client for the result of a call.
    ///
    /// @param arguments as the model wrote them, JSON text or not
    public static PlannedStep.Action ask(String tool, String arguments) {
        String content = "{\"kind\":%s,\"tool\":%s,\"arguments\":%s}"
                .formatted(Json.quote(KIND), Json.quote(tool), Json.quote(arguments));
        return new PlannedStep.Action.Ask(KIND, content, false, WAIT, GONE);
    }

    /// The result of a step of this kind, null where the client did not come back.
    public static @Nullable String result(Step step) {
        JsonNode answer = Json.read(String.valueOf(step.outcome().output()));
        return answer.path("decision").asText().equals("approve")
                ? answer.path("content").asText()
                : null;
    }

    /// The options that came with the result, null where they stay what they were.
    public static @Nullable String options(Step step) {
        JsonNode options = Json.read(String.valueOf(step.outcome().output())).path("options");
        return options.isObject() ? options.toString() : null;
    }

    /// Hands in the results of calls, by the steps that wait for them. True where the run has exactly these
    /// results now, whether from this request or from an earlier one; false where it does not wait for them,
    /// was given others, or has ended without them.
    ///
    /// @param options for what follows, null where they are what they were
    public boolean take(TenantId tenant, RunId run, Map<Integer, String> results, @Nullable String options, String by) {
        var steps = steps(tenant, run);
        if (!results.keySet().stream().allMatch(number -> fits(steps.get(number), results.get(number)))) {
            return false;
        }
        results.forEach((number, content) -> answer(tenant, steps.get(number), content, options, by));
        var after = steps(tenant, run);
        return results.keySet().stream().allMatch(number -> hasResult(after.get(number), results.get(number)));
    }

    private Map<Integer, JsonNode> steps(TenantId tenant, RunId run) {
        var steps = new HashMap<Integer, JsonNode>();
        try {
            runs.steps(tenant, run).stream()
                    .map(Json::read)
                    .filter(step -> step.path("kind").asText().equals(KIND))
                    .forEach(step -> steps.put(step.path("number").asInt(), step));
        } catch (Problem unknown) {
            // Another tenant's, or of another platform: nobody here waits for it.
            return Map.of();
        }
        return steps;
    }

    private static boolean fits(@Nullable JsonNode step, String content) {
        return step != null && (step.path("state").asText().equals("started") || hasResult(step, content));
    }

    private static boolean hasResult(@Nullable JsonNode step, String content) {
        if (step == null) {
            return false;
        }
        // Answered, and not yet carried on from.
        boolean isOpen = step.path("state").asText().equals("started");
        return isOpen || step.path("output").path("content").asText("\u0000").equals(Text.storable(content));
    }

    private void answer(TenantId tenant, JsonNode step, String content, @Nullable String options, String by) {
        String question = step.path("input").path("approval").asText();
        if (question.isEmpty() || !step.path("state").asText().equals("started")) {
            return;
        }
        var answer = Json.mapper().createObjectNode().put("decision", "approve").put("content", Text.storable(content));
        if (options != null) {
            answer.set("options", Json.read(options));
        }
        questions.answer(tenant, UUID.fromString(question), Questions.State.APPROVED, answer.toString(), by);
    }
}
