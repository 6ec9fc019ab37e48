package dev.wheelhouse.programs;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.NewRun;
import org.jspecify.annotations.Nullable;

/// One reason for which a run may not be started, whatever its kind and from whichever door, or called by another run.
/// [StartRun] asks every bean of this type. What a single kind has against a run is said by [ProgramKind#refusal].
public interface AdmissionCheck {

    /// A word for it. Checks are asked in the order of their names.
    String name();

    /// Why the run is not started and what to do about it, or null where nothing is against it.
    @Nullable
    Problem refusal(NewRun wanted);
}
