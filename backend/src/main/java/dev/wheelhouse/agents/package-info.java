/// Agents: definitions with revisions, and the loop that executes them.
///
/// Front door: [dev.wheelhouse.agents.Agents].
///
/// ```
/// model step ──▶ no tool calls: the answer
///     ▲    └──▶ tool steps, in parallel ───┐
///     └────────────────────────────────────┘   until an answer, a limit or a repetition
/// ```
///
/// [dev.wheelhouse.agents.AgentLoop] is a `Program` of the engine: it looks at the committed steps and decides what
/// comes next, so any replica can continue it.
///
/// A model call is planned before it is made: [dev.wheelhouse.agents.Spent] reads from the history what the run has
/// used, [dev.wheelhouse.agents.Limits] decides what it may still do, [dev.wheelhouse.agents.LoopDetector] whether it
/// is stuck; the result is a [dev.wheelhouse.agents.PlannedModelCall] with its worst case, which
/// [dev.wheelhouse.agents.StepBudget] pays for from the budgets that the run shares with others.
///
/// **Invariants**: a revision never changes, and a run keeps the one it started with. A stored definition has no
/// mistakes; one with mistakes is refused with all of them, each with its line. What a model writes is never trusted:
/// tools that were not granted, invalid arguments and endless repetition end in error messages. Limits are checked
/// before a call, against the most that the call can use.
@NullMarked
package dev.wheelhouse.agents;

import org.jspecify.annotations.NullMarked;
