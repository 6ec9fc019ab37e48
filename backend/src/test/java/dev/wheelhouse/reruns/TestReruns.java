package dev.wheelhouse.reruns;

import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.runs.Runs;

public final class TestReruns {

    private TestReruns() {}

    public static Reruns of(Runs runs, Programs programs) {
        return new Reruns(runs, programs);
    }
}
