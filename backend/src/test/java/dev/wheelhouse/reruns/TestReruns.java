package dev.wheelhouse.reruns;

import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.runs.Runs;

public final class TestReruns {

    private TestReruns() {}

    public static Reruns of(Runs runs, Programs programs, StartRun start) {
        return new Reruns(runs, programs, start);
    }
}
