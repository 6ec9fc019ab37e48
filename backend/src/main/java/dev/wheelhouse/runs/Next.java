package dev.wheelhouse.runs;

import java.util.List;

/// What a program says comes next.
public sealed interface Next {

    /// Do these, side by side. Works whose number is in the history already are passed over.
    record Perform(List<Work> works) implements Next {}

    /// The run has its answer (plain text).
    record Succeed(String output) implements Next {}

    record Fail(Failure failure) implements Next {}
}
