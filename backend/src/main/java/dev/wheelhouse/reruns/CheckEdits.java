package dev.wheelhouse.reruns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
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
    private static final Set<String> PEOPLE = Set.of("decision", "question");
    private static final Set<String> ANSWER = Set.of("text", "toolCalls", "finish");

    private final ReusableSteps steps;
    private final Set<Integer> kept;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();

    CheckEdits(ReusableSteps steps, Set<Integer> kept) {
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
            String first = mistakes.getFirst().message();
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    mistakes.size() == 1 ? first : "The edits have %d mistakes".formatted(mistakes.size()),
                    mistakes.getFirst().hint(),
                    mistakes);
        }
        return outputs;
    }

    private String keptHint() {
        var editable = kept.stream()
                .filter(number -> steps.find(number) instanceof Step step && isEditable(step))
                .sorted()
                .toList();
        return editable.isEmpty()
                ? "This fork keeps no step that may be edited"
                : "Steps that may be edited: " + editable;
    }

    private static boolean isEditable(Step step) {
        return !PEOPLE.contains(step.kind());
    }

    private String output(Step step, JsonNode output, String path) {
        if (!isEditable(step)) {
            refuse(path, "Step %d is a person's word, which nobody edits".formatted(step.number()), keptHint());
        } else if (Json.depth(output) > DEEPEST || output.toString().length() > LONGEST) {
            refuse(
                    path,
                    "The output is too large",
                    "Send at most %,d characters, %d levels deep".formatted(LONGEST, DEEPEST));
        } else if (step.kind().equals("model")) {
            return answer(step, output, path);
        }
        return output.toString();
    }

    private String answer(Step step, JsonNode edit, String path) {
        if (!edit.isObject()) {
            refuse(path, "A model's output is an object", "Send {\"text\": …} or {\"toolCalls\": […]}");
            return "{}";
        }
        edit.fieldNames().forEachRemaining(name -> {
            if (!ANSWER.contains(name)) {
                refuse(path + "/" + name, "A model's output has no field \"%s\"".formatted(name), null);
            }
        });
        if (edit.has("text") && !edit.get("text").isTextual()) {
            refuse(path + "/text", "\"text\" is no text", null);
        }
        String before = step.outcome().output();
        var answer = (ObjectNode) Json.read(before == null ? "{\"text\":\"\",\"toolCalls\":[]}" : before);
        if (edit.has("toolCalls") && !edit.get("toolCalls").equals(answer.path("toolCalls"))) {
            calls(step, edit.get("toolCalls"), path + "/toolCalls");
        }
        edit.properties().forEach(field -> answer.set(field.getKey(), field.getValue()));
        return answer.toString();
    }

    private void calls(Step step, JsonNode calls, String path) {
        boolean isLast = kept.stream().noneMatch(number -> number > step.number());
        if (!isLast) {
            refuse(
                    path,
                    "Steps behind step %d were made for its tool calls".formatted(step.number()),
                    "Fork at step %d to change what it calls".formatted(step.number()));
        }
        if (!calls.isArray()) {
            refuse(path, "\"toolCalls\" is no list", null);
        }
        for (int at = 0; at < calls.size(); at++) {
            var call = calls.get(at);
            boolean fits = call.path("id").isTextual()
                    && call.path("name").isTextual()
                    && call.path("arguments").isObject()
                    && call.size() == 3;
            if (!fits) {
                refuse(path + "/" + at, "This is no tool call", "Send id, name and arguments, an object");
            }
        }
    }

    private void refuse(String path, String message, @org.jspecify.annotations.Nullable String hint) {
        mistakes.add(Problem.Mistake.at(path, message, hint));
    }
}
