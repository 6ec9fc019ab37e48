/// Messages to runs of workflows, kept until a state waits for one of their name.
///
/// Front door: [dev.wheelhouse.signals.Signals].
///
/// ```
/// send ──▶ kept ──▶ chosen for the question by which a state waits ──▶ the question is answered, the run goes on
///                     ▲ and chosen for the next one where that question was closed before
/// ```
///
/// **Invariants**: a signal is taken once, by one question; a question takes one, the oldest of its name. What was sent
/// twice with one idempotency key is one signal.
@NullMarked
package dev.wheelhouse.signals;

import org.jspecify.annotations.NullMarked;
