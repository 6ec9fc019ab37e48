package dev.wheelhouse.reruns;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Step;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which steps of a run another one can begin with.
record ReusableSteps(List<Step> recorded) {

    int last() {
        return recorded.isEmpty() ? 0 : recorded.getLast().number();
    }

    @Nullable
    Step find(int number) {
        return recorded.stream()
                .filter(step -> step.number() == number)
                .findFirst()
                .orElse(null);
    }

    /// Those before a step that is done again. The word about a call that acts each time it is done is asked for again.
    Set<Integer> before(int step) {
        var kept = upTo(step - 1);
        kept.removeIf(number ->
                call(number) instanceof Step call && !kept.contains(call.number()) && call.effect() == Effect.UNKEYED);
        return kept;
    }

    /// Those up to a step from which another way is gone. Calls that are still to be done are asked about again.
    Set<Integer> through(int step) {
        var kept = upTo(step);
        kept.removeIf(
                number -> isWordOnCall(number) && !(call(number) instanceof Step call && kept.contains(call.number())));
        return kept;
    }

    private TreeSet<Integer> upTo(int step) {
        var kept = new TreeSet<Integer>();
        recorded.stream().map(Step::number).filter(number -> number <= step).forEach(kept::add);
        return kept;
    }

    /// All but those that failed the run: the last answers that a model failed to give, or what failed as the run did.
    Set<Integer> good(Run run) {
        var kept = upTo(last());
        String code = run.state() == RunState.FAILED && run.failure() != null
                ? run.failure().code()
                : "";
        for (var step : recorded.reversed()) {
            var failure = step.outcome().failure();
            boolean isModel = step.kind().equals("model");
            if (isModel && failure == null) {
                break;
            }
            if (failure != null && (isModel || failure.code().equals(code))) {
                kept.remove(step.number());
            }
        }
        return kept;
    }

    /// The call that a person's word is about, if it was done.
    private @Nullable Step call(int number) {
        var word = find(number);
        return word == null || !isWordOnCall(number)
                ? null
                : recorded.stream()
                        .filter(step -> step.number() > number
                                && !step.kind().equals("decision")
                                && word.call().equals(step.call()))
                        .findFirst()
                        .orElse(null);
    }

    private boolean isWordOnCall(int number) {
        var step = find(number);
        return step != null && step.kind().equals("decision") && step.call() != null;
    }

    /// The last kept answer of a model, if not all of its calls are kept.
    @Nullable
    Step unfinished(Set<Integer> kept) {
        var answer = recorded.reversed().stream()
                .filter(step -> kept.contains(step.number()) && step.kind().equals("model"))
                .findFirst()
                .orElse(null);
        if (answer == null || answer.outcome().output() == null) {
            return null;
        }
        long done = recorded.stream()
                .filter(step ->
                        step.number() > answer.number() && kept.contains(step.number()) && !isWordOnCall(step.number()))
                .count();
        return done < Json.read(answer.outcome().output()).path("toolCalls").size() ? answer : null;
    }

    /// Whether this call of an answer is among the kept steps.
    boolean hasDone(String call, Step answer, Set<Integer> kept) {
        return recorded.stream()
                .anyMatch(step -> step.number() > answer.number()
                        && kept.contains(step.number())
                        && call.equals(step.call())
                        && !isWordOnCall(step.number()));
    }
}
