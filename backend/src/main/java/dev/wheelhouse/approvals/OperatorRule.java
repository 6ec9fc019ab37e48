package dev.wheelhouse.approvals;

import java.time.Duration;

/// A rule of the operator's by which calls need a person's approval, whatever their agent says.
///
/// @param when a condition in CEL, as agents write it
/// @param message what the person is told, may be empty
/// @param expires after which `otherwise` counts, 1 s to 30 days
/// @param otherwise `reject` or `approve`
/// @param notRequester whether somebody else than who asked for the run has to answer
public record OperatorRule(String when, String message, Duration expires, String otherwise, boolean notRequester) {}
