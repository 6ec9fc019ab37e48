package dev.wheelhouse.reruns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.programs.Recorded;
import dev.wheelhouse.programs.Reuse;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what a fork wants other steps to have put out; refuses with all mistakes.
final class CheckEdits {

    private static final int DEEPEST = 32;
    private static final int LONGEST = 500_000;

    private final Reuse reuse;
    private final Recorded steps;
    private final Set<Integer> kept;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();

    CheckEdits(Reuse reuse, Recorded steps, Set<Integer> kept) {
        this.reuse = reuse;
        this.steps = steps;
        this.kept = kept;
    }

    /// The outputs by step.
    Map<Integer, String> outputs(List<Fork.Edit> edits) {
        var outputs = new HashMap<Integer, String>();
        for (int at = 0; at < edits.size(); at++) {
            var edit = edits.get(at);
            String path = "/edits/" + at;
            var step = steps.find(edit.step());
            if (step == null || !kept.contains(edit.step())) {
                refuse(path + "/step", "Step %d is not kept".formatted(edit.step()), keptHint());
            } else if (outputs.containsKey(edit.step())) {
                refuse(path + "/step", "Step %d is edited twice".formatted(edit.step()), null);
            } else {
                outputs.put(edit.step(), output(step, Json.read(edit.output()), path + "/output"));
            }
        }
        if (!mistakes.isEmpty()) {
            throw Problem.of(ErrorCode.BAD_REQUEST, mistakes);
        }
        return outputs;
    }

    private String keptHint() {
        var editable = kept.stream()
                .filter(number -> steps.find(number) instanceof Step step && !step.isQuestion())
                .sorted()
                .toList();
        return editable.isEmpty()
                ? "This fork keeps no step that may be edited"
                : "Steps that may be edited: " + editable;
    }

    private String output(Step step, JsonNode output, String path) {
        if (step.isQuestion()) {
            refuse(
                    path,
                    "Step %d is an approval decision, which cannot be edited".formatted(step.number()),
                    keptHint());
        } else if (Json.depth(output) > DEEPEST || output.toString().length() > LONGEST) {
            refuse(
                    path,
                    "The output is too large",
                    "Send at most %,d characters, %d levels deep".formatted(LONGEST, DEEPEST));
        } else {
            boolean isLast = kept.stream().noneMatch(number -> number > step.number());
            return reuse.edited(step, output, isLast, path, mistakes::add);
        }
        return output.toString();
    }

    private void refuse(String path, String message, @org.jspecify.annotations.Nullable String hint) {
        mistakes.add(Problem.Mistake.at(path, message, hint));
    }
}
