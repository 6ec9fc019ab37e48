package dev.wheelhouse.runs;

import java.util.List;

/// What a program says comes next.
public sealed interface Next {

    /// Do these, side by side. A step whose number is in the history already is passed over.
    record Steps(List<PlannedStep> steps) implements Next {}

    /// The run has its answer (plain text).
    record Succeed(String output) implements Next {}

    record Fail(Failure failure) implements Next {}
}
