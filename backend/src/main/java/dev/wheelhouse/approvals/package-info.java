/// Questions to people that runs wait for, and the one word that answers each.
///
/// Front door: [dev.wheelhouse.approvals.Approvals]. The engine asks before a run begins to wait; people decide; the
/// run is nudged, reads the word here and goes on. [dev.wheelhouse.approvals.OperatorRules] say for which calls of
// every
/// agent a person is asked; an agent's own rules are part of its definition.
///
/// ```
///   asked ──▶ open ──▶ approved | rejected      by a person, once
///               ├────▶ expired                  the time is over: the default counts
///               ├────▶ edited                   other arguments: a new question takes its place
///               └────▶ withdrawn                the run has ended
/// ```
///
/// **Invariants**
/// - A question leaves `open` once, by one statement that compares and sets; a second word is refused.
/// - A word is about the exact question: its hash is part of it.
/// - The word and the nudge to the run are one transaction. Asking again changes nothing.
@NullMarked
package dev.wheelhouse.approvals;

import org.jspecify.annotations.NullMarked;
