package dev.wheelhouse.approvals;

import java.time.Duration;

/// One of the operator's rules that say which calls need a person's approval, whatever their agent says.
///
/// @param when a condition in CEL, as agents write it
/// @param message what the person is told, may be empty
/// @param expires after which `otherwise` counts, 1 s to 30 days
/// @param otherwise `reject` or `approve`
/// @param notRequester whether somebody other than the requester has to decide
public record OperatorRule(String when, String message, Duration expires, String otherwise, boolean notRequester) {}
