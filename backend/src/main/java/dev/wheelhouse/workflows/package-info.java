/// Workflows: state machines that the engine executes, over the death of any replica.
///
/// Front door: [dev.wheelhouse.workflows.Workflows].
///
/// ```
///   steps ──▶ Walk ──▶ MachineRun ──▶ StateRun ──▶ wanted steps         one passage, one visit
///                          ▲   │          └─▶ SideBySideRun ──▶ a MachineRun for each branch or item
///                          └───┘ next, caught, retried
///
///   failed ──▶ Undoing, the last state first          cancelled ──▶ the same, as a run of its own
/// ```
///
/// [dev.wheelhouse.workflows.Execution] is a `Program` of the engine. Where a run stands follows from its steps alone:
/// each says by its `call` to which visit of which state it belongs, such as `pay`, `pay~2` (the second attempt),
/// `judge#3` (the third visit) or `each/7/pay` (of item 7). A state that does nothing outside is a step too, one that
/// takes no commit of its own.
///
/// **Invariants**
/// - What is decided by who was faster (a branch that wins, a time that is over) is decided once and on record.
/// - A step's number follows from its place in the definition and from what came before it on its own track, never from
///   what goes on beside it: so a keyed effect keeps its key, whoever carries the run on.
/// - What has begun keeps the number it has on record and is asked for until it has ended, also where it lost.
/// - A branch sees no state of a branch beside it.
/// - A state that succeeded and says how it is undone is undone once where the run fails or is cancelled, the
///   last first.
/// - What a called run may use is taken from what is left of its caller's limits.
/// - An output is kept whole or refused, never cut.
@NullMarked
package dev.wheelhouse.workflows;

import org.jspecify.annotations.NullMarked;
