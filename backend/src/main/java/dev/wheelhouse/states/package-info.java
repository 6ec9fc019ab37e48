/// What a workflow consists of: its states, read with all mistakes at once, and what its expressions may speak of.
///
/// Front door: [dev.wheelhouse.states.States].
///
/// ```
///   text ──▶ States ──▶ ReadStates ──▶ ReadKinds            each state: its common part, and what its kind says
///                           ├──▶ CheckPaths                 where states lead
///                           └──▶ Naming                     what expressions name
/// ```
///
/// **Invariants**
/// - A definition is refused with all of its mistakes, each with line and column: names that are not there, states that
///   are never reached or never end, choices that fall through, circles of workflows, expressions that are not valid.
/// - A stored definition is read again without looking at what is there now.
/// - A branch names no state of a branch beside it.
@NullMarked
package dev.wheelhouse.states;

import org.jspecify.annotations.NullMarked;
