/// What agents may call, and the handler that every call goes through.
///
/// Front door: [dev.wheelhouse.tools.Tools]; a tool is one class that implements [dev.wheelhouse.tools.Tool].
///
/// **Invariants**: a tool only receives arguments that match its schema; otherwise all mistakes go back to the model
/// at once. A tool that was not granted cannot be called, whatever the model writes. Every tool has a timeout and an
/// output limit. A tool with an effect gets an idempotency key that is the same for every attempt at the same step.
/// The tenant's secrets are scrubbed from every result before anybody sees it. This package does not know langchain4j.
@NullMarked
package dev.wheelhouse.tools;

import org.jspecify.annotations.NullMarked;
