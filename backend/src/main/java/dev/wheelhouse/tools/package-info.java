/// What agents may call, and the handler that every call goes through.
///
/// Front door: [dev.wheelhouse.tools.Tools]; a tool is one class that implements [dev.wheelhouse.tools.Tool].
///
/// **Invariants**: a tool sees only arguments that fit its schema; all that do not fit go back to the model in one
/// answer. A tool that was not granted cannot be called, whatever the model writes. Time and output are bounded for
/// every tool. A tool that changes something is handed a key that is the same for every attempt at the same step.
/// Secrets of the tenant are taken out of every answer before anybody sees it. langchain4j is not known here.
@NullMarked
package dev.wheelhouse.tools;

import org.jspecify.annotations.NullMarked;
