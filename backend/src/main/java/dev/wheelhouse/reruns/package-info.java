/// Runs made from other runs: a retry does a step of an ended run again, a fork goes another way from any of its steps,
/// a replay shows a changed agent what is on record. Two runs can be compared step by step.
///
/// Front door: [dev.wheelhouse.reruns.Reruns]. Each makes a new run whose origin says what it was made from; the run
/// that it was made from is never changed. The kept steps are written together with the new run, by the engine.
///
/// **Invariants**
/// - What a keyed step of the origin has done, or may have done, a retry does with the same key: it acts once. A fork
///   is a run of its own, whose effects are its own.
/// - A person's word counts for the call that it was about: where a call that is not harmless is done anew, the
///   person is asked anew.
/// - Nothing gets past the rules about approvals: calls that are still to be done are held against the rules for who
///   does them now.
/// - A replay does nothing outside and costs nothing.
@NullMarked
package dev.wheelhouse.reruns;

import org.jspecify.annotations.NullMarked;
