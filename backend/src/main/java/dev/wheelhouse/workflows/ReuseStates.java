package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.programs.Recorded;
import dev.wheelhouse.programs.Reuse;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What a run of a workflow may inherit from another: a state is done again with all that came of it, and what went on
/// beside it stays.
final class ReuseStates implements Reuse {

    private static final String UNDO = ":undo";

    @Override
    public Set<Integer> before(Recorded steps, int step) {
        refuseUndone(steps);
        var from = steps.find(step);
        return from == null ? steps.upTo(step - 1) : without(steps, Set.of(state(from)));
    }

    @Override
    public Set<Integer> through(Recorded steps, int step) {
        var kept = steps.upTo(step);
        steps.steps().stream().filter(one -> call(one).endsWith(UNDO)).forEach(undo -> steps.steps().stream()
                .filter(one -> (state(one) + UNDO).equals(call(undo)) && kept.contains(one.number()))
                .findFirst()
                .ifPresent(undone -> {
                    throw new Problem(
                            ErrorCode.BAD_REQUEST,
                            "Step %d was undone when the run failed".formatted(undone.number()),
                            "Fork at a step before it");
                }));
        return kept;
    }

    /// All but the states that failed as the run did, and what came of them.
    @Override
    public Set<Integer> good(Run run, Recorded steps) {
        refuseUndone(steps);
        String code = Reuse.failedWith(run);
        var failed = new TreeSet<String>();
        for (var step : steps.steps().reversed()) {
            var failure = step.outcome().failure();
            boolean isLike = failure != null && failure.code().equals(code);
            if (isLike && (failed.isEmpty() || failed.stream().anyMatch(one -> isInside(state(step), one)))) {
                failed.add(state(step));
            }
        }
        return failed.isEmpty() ? steps.upTo(steps.last()) : without(steps, failed);
    }

    /// What was undone is to be done with new keys, which a retry does not have.
    private static void refuseUndone(Recorded steps) {
        if (steps.steps().stream().anyMatch(step -> call(step).contains(UNDO))) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "What the run did was undone, so it cannot be retried",
                    "Start a new run, or fork this one at a step before those that were undone");
        }
    }

    private static Set<Integer> without(Recorded steps, Set<String> states) {
        var kept = new TreeSet<Integer>();
        var gone = new HashSet<String>();
        for (var step : steps.steps()) {
            String state = state(step);
            boolean isAfter =
                    !steps.isAnswer(step) && !kept.contains(steps.askers().of(step.number()));
            boolean isAround = gone.stream().anyMatch(one -> isInside(one, state));
            if (isAfter || isAround || states.contains(state)) {
                gone.add(state);
            } else {
                kept.add(step.number());
            }
        }
        return kept;
    }

    private static boolean isInside(String state, String around) {
        return state.startsWith(around + "/");
    }

    private static String call(Step step) {
        return String.valueOf(step.call());
    }

    /// The visit that a step belongs to: its call without the attempt and what is behind a colon.
    static String state(Step step) {
        String call = call(step);
        int end = call.length();
        for (int at = call.lastIndexOf('/') + 1; at < call.length(); at++) {
            char c = call.charAt(at);
            if (c == '~' || c == ':') {
                end = at;
                break;
            }
        }
        return call.substring(0, end);
    }

    /// What a called run has put out stands in the step beside the run.
    @Override
    public String edited(Step step, JsonNode edit, boolean isLast, String path, Consumer<Problem.Mistake> mistakes) {
        boolean isCall =
                step.kind().equals(State.Kind.AGENT.word()) || step.kind().equals(State.Kind.WORKFLOW.word());
        if (!isCall || edit.has("run") && edit.has("output")) {
            return edit.toString();
        }
        String before = step.outcome().output();
        ObjectNode whole = before == null ? Json.mapper().createObjectNode() : (ObjectNode) Json.read(before);
        whole.set("output", edit);
        return whole.toString();
    }
}
