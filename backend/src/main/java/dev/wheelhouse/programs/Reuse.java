package dev.wheelhouse.programs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Step;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What a run may take over from another one of the same kind of program, asked by retry and fork. What is said here
/// fits a program that goes by its steps alone, one after the other.
public interface Reuse {

    /// The steps that stay where `step` is done again.
    default Set<Integer> before(Recorded steps, int step) {
        return steps.upTo(step - 1);
    }

    /// The steps that stay where another way is gone from `step` on.
    default Set<Integer> through(Recorded steps, int step) {
        return steps.upTo(step);
    }

    /// The steps that stay where a failed run is done again: all but those that failed as the run did.
    default Set<Integer> good(Run run, Recorded steps) {
        var kept = steps.upTo(steps.last());
        String code = failedWith(run);
        steps.steps().stream()
                .filter(step -> step.outcome().failure() != null
                        && step.outcome().failure().code().equals(code))
                .forEach(step -> kept.remove(step.number()));
        return kept;
    }

    /// The code with which a run has failed, or nothing.
    static String failedWith(Run run) {
        var failure = run.failure();
        return run.state() == RunState.FAILED && failure != null ? failure.code() : "";
    }

    /// What a kept step is to have put out instead, JSON text.
    ///
    /// @param isLast no step after it is kept
    /// @param path of the edit in the request, for mistakes
    default String edited(Step step, JsonNode output, boolean isLast, String path, Consumer<Problem.Mistake> mistakes) {
        return output.toString();
    }

    /// Looks at a run that is about to begin with kept steps. Refuses what it must not begin with.
    ///
    /// @param outputs of kept steps that are edited
    /// @return the outputs with which it begins
    default Map<Integer, String> checked(
            NewRun wanted, Recorded steps, Set<Integer> kept, Map<Integer, String> outputs) {
        return outputs;
    }
}
