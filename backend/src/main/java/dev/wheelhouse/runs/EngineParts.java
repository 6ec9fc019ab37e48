package dev.wheelhouse.runs;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Mailbox;
import jakarta.inject.Provider;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the engine of this replica is made of, lent to everything that executes one of its runs.
///
/// @param here the runs that go on here
/// @param wake has the engine look for due runs now
/// @param stopping set once, when this replica hands its runs over
record EngineParts(
        EngineStore store,
        RunWriter writer,
        RunsConfig config,
        Hints hints,
        Clock clock,
        Provider<Program.Source> programs,
        RunListener listener,
        Map<RunId, ExecuteRun> here,
        Mailbox<Boolean> wake,
        AtomicBoolean stopping) {

    boolean isStopping() {
        return stopping.get();
    }

    /// Something is due: look now.
    void wakeUp() {
        if (wake.isEmpty()) {
            wake.put(true);
        }
    }

    /// Something has come for this run: it is due if it waits, and looks at what is open if it goes on.
    void nudge(RunId run) {
        var execution = here.get(run);
        if (execution == null) {
            hints.nudged(run);
        } else {
            execution.nudge();
        }
        wakeAll();
    }

    /// Something is due that any replica may take.
    void wakeAll() {
        wakeUp();
        hints.queued();
    }
}
