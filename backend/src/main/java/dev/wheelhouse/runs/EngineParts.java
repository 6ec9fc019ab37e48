package dev.wheelhouse.runs;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Mailbox;
import jakarta.inject.Provider;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the engine of this replica is made of, lent to everything that executes one of its runs.
///
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

    /// Something is due that any replica may take.
    void wakeAll() {
        wakeUp();
        hints.queued();
    }
}
