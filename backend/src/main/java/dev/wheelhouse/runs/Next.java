package dev.wheelhouse.runs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a program says comes next.
public sealed interface Next {

    /// These are to be done, side by side and beside what is under way. A step that has ended or is under way is passed
    /// over, so a program may always name all that is to be done by now; with none that is new it says that nothing
    /// more begins before the next end.
    record Steps(List<PlannedStep> steps) implements Next {}

    /// The run has its answer (plain text). Steps under way come to their end first, questions are withdrawn; runs that
    /// it called go on.
    ///
    /// @param structured the same as a JSON value, for an answer that has a form; JSON text
    /// @param truncated whether the answer broke off before it was done
    record Succeed(String output, @Nullable String structured, boolean truncated) implements Next {
        public Succeed(String output, @Nullable String structured) {
            this(output, structured, false);
        }

        public Succeed(String output) {
            this(output, null);
        }
    }

    record Fail(Failure failure) implements Next {}
}
