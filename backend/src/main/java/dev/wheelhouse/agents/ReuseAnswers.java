package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.programs.Recorded;
import dev.wheelhouse.programs.Reuse;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a run of an agent may inherit from another: model answers, results of calls, and decisions, each together with
/// the call that it was about.
final class ReuseAnswers implements Reuse {

    private static final Set<String> ANSWER = Set.of("text", "toolCalls", "finish");

    private final Agents agents;

    ReuseAnswers(Agents agents) {
        this.agents = agents;
    }

    /// An approval is asked for again if its call has an effect each time it is made.
    @Override
    public Set<Integer> before(Recorded steps, int step) {
        var kept = steps.upTo(step - 1);
        kept.removeIf(number -> call(steps, number) instanceof Step call
                && !kept.contains(call.number())
                && call.effect() == Effect.UNKEYED);
        return kept;
    }

    /// Approvals of calls that still have to be made are asked for again.
    @Override
    public Set<Integer> through(Recorded steps, int step) {
        var kept = steps.upTo(step);
        kept.removeIf(number -> isDecision(steps.find(number))
                && !(call(steps, number) instanceof Step call && kept.contains(call.number())));
        return kept;
    }

    /// All steps but those that failed the run: the model's last failed answers, those that did not match the output's
    /// schema, or the step that failed with the run's code.
    @Override
    public Set<Integer> good(Run run, Recorded steps) {
        var kept = steps.upTo(steps.last());
        String code = Reuse.failedWith(run);
        boolean isInvalid = code.equals(AnswerForm.INVALID);
        for (var step : steps.steps().reversed()) {
            var failure = step.outcome().failure();
            boolean isAnswer = steps.isAnswer(step);
            boolean isSentBack = isAnswer && failure == null && isInvalid && isWithoutCalls(step);
            if (isAnswer && failure == null && !isSentBack) {
                break;
            }
            if (isSentBack || failure != null && (isAnswer || failure.code().equals(code))) {
                kept.remove(step.number());
            }
        }
        return kept;
    }

    private static boolean isWithoutCalls(Step answer) {
        return Json.read(String.valueOf(answer.outcome().output()))
                .path("toolCalls")
                .isEmpty();
    }

    /// The call that a decision is about, if it was made.
    private static @Nullable Step call(Recorded steps, int number) {
        var decision = steps.find(number);
        return decision == null || !isDecision(decision)
                ? null
                : steps.steps().stream()
                        .filter(step -> step.number() > number
                                && !isDecision(step)
                                && steps.askers().of(step.number())
                                        == steps.askers().of(number)
                                && String.valueOf(decision.call()).equals(step.call()))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isDecision(@Nullable Step step) {
        return step != null && step.kind().equals("decision");
    }

    @Override
    public String edited(Step step, JsonNode edit, boolean isLast, String path, Consumer<Problem.Mistake> mistakes) {
        if (!step.kind().equals("model")) {
            return edit.toString();
        }
        if (!edit.isObject()) {
            mistakes.accept(Problem.Mistake.at(
                    path, "A model's output must be an object", "Send {\"text\": …} or {\"toolCalls\": […]}"));
            return "{}";
        }
        edit.fieldNames().forEachRemaining(name -> {
            if (!ANSWER.contains(name)) {
                mistakes.accept(Problem.Mistake.at(
                        path + "/" + name, "A model's output has no field \"%s\"".formatted(name), null));
            }
        });
        if (edit.has("text") && !edit.get("text").isTextual()) {
            mistakes.accept(Problem.Mistake.at(path + "/text", "\"text\" must be a string", null));
        }
        String before = step.outcome().output();
        var answer = (ObjectNode) Json.read(before == null ? "{\"text\":\"\",\"toolCalls\":[]}" : before);
        if (edit.has("toolCalls") && !edit.get("toolCalls").equals(answer.path("toolCalls"))) {
            checkCalls(step, edit.get("toolCalls"), isLast, path + "/toolCalls", mistakes);
        }
        edit.properties().forEach(field -> answer.set(field.getKey(), field.getValue()));
        return answer.toString();
    }

    private static void checkCalls(
            Step step, JsonNode calls, boolean isLast, String path, Consumer<Problem.Mistake> mistakes) {
        if (!isLast) {
            mistakes.accept(Problem.Mistake.at(
                    path,
                    "Steps after step %d were made for its tool calls".formatted(step.number()),
                    "Fork at step %d to change what it calls".formatted(step.number())));
        }
        if (!calls.isArray()) {
            mistakes.accept(Problem.Mistake.at(path, "\"toolCalls\" must be a list", null));
        }
        for (int at = 0; at < calls.size(); at++) {
            var call = calls.get(at);
            boolean fits = call.path("id").isTextual()
                    && call.path("name").isTextual()
                    && call.path("arguments").isObject()
                    && call.size() == 3;
            if (!fits) {
                mistakes.accept(Problem.Mistake.at(
                        path + "/" + at, "Not a valid tool call", "Send id, name and arguments (an object)"));
            }
        }
    }

    /// A fork whose last step is an answer makes its calls under the rules of the agent that makes them now.
    @Override
    public Map<Integer, String> checked(
            NewRun wanted, Recorded steps, Set<Integer> kept, Map<Integer, String> outputs) {
        var last = steps.find(kept.stream().mapToInt(number -> number).max().orElse(0));
        boolean isFork = wanted.origin() != null && wanted.origin().is(Run.Origin.FORK);
        if (!isFork || last == null || !steps.isAnswer(last)) {
            refuseUnapproved(wanted, steps, kept);
            return outputs;
        }
        String answer = outputs.getOrDefault(last.number(), last.outcome().output());
        if (answer == null) {
            return outputs;
        }
        var held = new HashMap<>(outputs);
        held.put(last.number(), agents.held(wanted, answer));
        return held;
    }

    /// Calls that still have to be made were checked against the rules for another run. If they need an approval now
    /// but did not then, they are refused: asking now would renumber the steps that are kept.
    private void refuseUnapproved(NewRun wanted, Recorded steps, Set<Integer> kept) {
        var answer = unfinished(steps, kept);
        if (answer == null) {
            return;
        }
        var then = Json.read(String.valueOf(answer.outcome().output())).path("toolCalls");
        var now = Json.read(agents.held(wanted, String.valueOf(answer.outcome().output())))
                .path("toolCalls");
        for (int at = 0; at < now.size(); at++) {
            boolean isToBeAsked = now.get(at).has("approval") && !then.get(at).has("approval");
            if (isToBeAsked && !isDone(steps, now.get(at).path("id").asText(), answer, kept)) {
                throw new Problem(
                        ErrorCode.BAD_REQUEST,
                        "Call %d of step %d needs an approval under the rules of agent \"%s\" revision %d, and has none"
                                .formatted(
                                        at + 1,
                                        answer.number(),
                                        wanted.program().name(),
                                        wanted.program().revision()),
                        "Continue from step %d, so that the rules are checked again".formatted(answer.number()));
            }
        }
    }

    /// The last kept answer, if not all of its calls are kept.
    private static @Nullable Step unfinished(Recorded steps, Set<Integer> kept) {
        var answer = steps.steps().reversed().stream()
                .filter(step -> kept.contains(step.number()) && steps.isAnswer(step))
                .findFirst()
                .orElse(null);
        if (answer == null || answer.outcome().output() == null) {
            return null;
        }
        long done = steps.steps().stream()
                .filter(step -> isCallOf(steps, step, answer) && kept.contains(step.number()))
                .count();
        return done < Json.read(answer.outcome().output()).path("toolCalls").size() ? answer : null;
    }

    private static boolean isDone(Recorded steps, String call, Step answer, Set<Integer> kept) {
        return steps.steps().stream()
                .anyMatch(step ->
                        isCallOf(steps, step, answer) && kept.contains(step.number()) && call.equals(step.call()));
    }

    private static boolean isCallOf(Recorded steps, Step step, Step answer) {
        return steps.askers().of(step.number()) == answer.number() && !isDecision(step);
    }
}
