package dev.wheelhouse.runs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which step's answer asked for which step. A step without a call id is one that the program asked for by itself, and
/// what it puts out is an answer; one with a call id was asked for by the last answer before it, unless it says by
/// which other. So a program whose answers come one after the other has nothing to say and nothing to store.
public final class Askers {

    /// Nobody's answer: the program asked by itself.
    public static final int PROGRAM = 0;

    private final Map<Integer, Integer> askers = new HashMap<>();
    private int lastAnswer = PROGRAM;

    Askers() {}

    /// Of steps in the order of their numbers.
    public static Askers of(List<Step> steps) {
        var askers = new Askers();
        steps.forEach(step -> askers.add(step.number(), step.call(), step.askedBy()));
        return askers;
    }

    /// @param told the asker that the step names, null where it is the usual one
    void add(int number, @Nullable String call, @Nullable Integer told) {
        int asker = told != null ? told : call == null ? PROGRAM : lastAnswer;
        askers.put(number, asker);
        if (asker == PROGRAM) {
            lastAnswer = number;
        }
    }

    /// The number of the step whose answer asked for this one, or [#PROGRAM].
    public int of(int step) {
        return askers.getOrDefault(step, PROGRAM);
    }

    public boolean isAnswer(int step) {
        return of(step) == PROGRAM;
    }
}
