package dev.wheelhouse.programs;

import dev.wheelhouse.runs.Runs;
import java.util.List;

public final class TestStartRuns {

    private TestStartRuns() {}

    /// Starts runs without any check.
    public static StartRun of(Programs programs, Runs runs) {
        return new StartRun(programs, runs, List.of());
    }
}
