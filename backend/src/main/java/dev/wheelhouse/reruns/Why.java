package dev.wheelhouse.reruns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a run failed, from what is on record: the step that failed last, what the model had said before, and what is
/// different from the last run of the same program that succeeded.
///
/// @param step JSON text of the step that failed last, in the shape of a step; null where none failed
/// @param answer what a model said last before that, or null
/// @param lastSuccess the newest run of the program that succeeded before this one, or null
/// @param retryFrom the step that a retry begins with
public record Why(
        Run run,
        @Nullable String step,
        @Nullable String answer,
        @Nullable Run lastSuccess,
        List<Change> changes,
        int retryFrom) {

    /// Something that is not as it was.
    ///
    /// @param what `revision`, `model`, or `tools`
    public record Change(String what, String before, String now) {}

    /// @param steps of the run, as [dev.wheelhouse.runs.Runs#steps] has them
    /// @param before those of the last success, empty without one
    static Why of(Run run, List<String> steps, @Nullable Run success, List<String> before) {
        String failed = null;
        String answer = null;
        int last = 0;
        for (String text : steps) {
            var step = Json.read(text);
            last = step.path("number").asInt();
            if (step.path("state").asText().equals("failed")) {
                failed = text;
            } else if (step.path("output").hasNonNull("text")) {
                answer = step.path("output").path("text").asText();
            }
        }
        int retryFrom =
                failed == null ? last + 1 : Json.read(failed).path("number").asInt();
        return new Why(run, failed, answer, success, changes(run, steps, success, before), retryFrom);
    }

    private static List<Change> changes(Run run, List<String> steps, @Nullable Run success, List<String> before) {
        var changes = new ArrayList<Change>();
        if (success != null) {
            add(changes, "revision", success.program().revision(), run.program().revision());
            add(changes, "model", models(before), models(steps));
            add(changes, "tools", tools(before), tools(steps));
        }
        return changes;
    }

    private static void add(List<Change> changes, String what, Object before, Object now) {
        if (!before.equals(now) && !Objects.toString(now).isEmpty()) {
            changes.add(new Change(what, before.toString(), now.toString()));
        }
    }

    private static String models(List<String> steps) {
        return joined(
                steps,
                step -> step.has("model")
                        ? step.path("model").path("provider").asText() + " "
                                + step.path("model").path("name").asText()
                        : null);
    }

    private static String tools(List<String> steps) {
        return joined(steps, step -> step.has("call") ? step.path("name").asText() : null);
    }

    private static String joined(List<String> steps, java.util.function.Function<JsonNode, @Nullable String> what) {
        return String.join(
                ", ",
                steps.stream()
                        .map(Json::read)
                        .map(what)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList());
    }
}
