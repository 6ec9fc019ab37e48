/// What went wrong in the platform itself: each line of the log at ERROR, which says that somebody must act.
/// Kept for the health page, and sent to a server that speaks Sentry's envelopes where the operator names
/// one.
///
/// Front door: [dev.wheelhouse.faults.Faults].
///
/// ```
/// LOG.error ──▶ CatchFaults ──▶ Fault, without what anybody wrote ──▶ groups (the last 50) ──▶ status
///                                                                └─▶ queue of 100 ──▶ SendFaults ──▶ envelope
/// ```
///
/// **Invariants**: of a line only its form is taken, never its arguments; of an exception its types and
/// frames, never its message: people, models and secrets are quoted in both. Whoever logs never waits: what
/// does not fit into the queue is counted and let go. What happens while a fault is sent is no fault.
@NullMarked
package dev.wheelhouse.faults;

import org.jspecify.annotations.NullMarked;
