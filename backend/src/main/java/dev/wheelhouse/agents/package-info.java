/// Agents: definitions with revisions, and the loop that makes a run of one.
///
/// Front door: [dev.wheelhouse.agents.Agents].
///
/// ```
/// model step ──▶ no tool calls: the answer
///     ▲    └──▶ tool steps, side by side ──┐
///     └────────────────────────────────────┘   until an answer, a limit or a repetition
/// ```
///
/// [dev.wheelhouse.agents.AgentLoop] is a `Program` of the engine: it looks at the committed steps and says what comes
/// next, so any replica can go on with it.
///
/// A call of a model is planned before it is made: [dev.wheelhouse.agents.Spent] reads from the history what the run
/// has used, [dev.wheelhouse.agents.Limits] what it may still do, [dev.wheelhouse.agents.LoopDetector] whether it gets
/// anywhere; what comes out is a [dev.wheelhouse.agents.PlannedModelCall] with its worst case, for which
/// [dev.wheelhouse.agents.StepBudget] pays out of the budgets that the run shares with others.
///
/// **Invariants**: a revision is never changed and a run stays with the one it began with. A definition that is stored
/// has no mistakes; one with mistakes is refused with all of them, each with its line. What a model writes is never
/// trusted: tools that were not granted, arguments that do not fit and endless repetition end in sentences. A cap
/// is looked at before the call, with the most that the call can take.
@NullMarked
package dev.wheelhouse.agents;

import org.jspecify.annotations.NullMarked;
