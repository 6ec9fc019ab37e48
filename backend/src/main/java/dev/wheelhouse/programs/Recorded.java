package dev.wheelhouse.programs;

import dev.wheelhouse.runs.Askers;
import dev.wheelhouse.runs.Step;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The committed steps of a run, by number, and who asked for them.
public record Recorded(List<Step> steps, Askers askers) {

    public static Recorded of(List<Step> steps) {
        return new Recorded(steps, Askers.of(steps));
    }

    public int last() {
        return steps.isEmpty() ? 0 : steps.getLast().number();
    }

    public @Nullable Step find(int number) {
        return steps.stream()
                .filter(step -> step.number() == number)
                .findFirst()
                .orElse(null);
    }

    public Set<Integer> upTo(int step) {
        var numbers = new TreeSet<Integer>();
        steps.stream().map(Step::number).filter(number -> number <= step).forEach(numbers::add);
        return numbers;
    }

    /// Whether the program itself asked for the step, so that its answer may have asked for others.
    public boolean isAnswer(Step step) {
        return askers.isAnswer(step.number());
    }
}
