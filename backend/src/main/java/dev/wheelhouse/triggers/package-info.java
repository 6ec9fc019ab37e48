/// What starts runs by itself: schedules, webhooks that others send, and what happens here.
///
/// Front door: [dev.wheelhouse.triggers.Triggers]; what others send comes in by [dev.wheelhouse.triggers.Hooks].
///
/// ```
///   schedule ──▶ slot due ──▶ a firing, and the next slot, in one statement ──▶ the run, by the firing's key
///   event    ──▶ notice   ──▶ a firing, and the notice gone, in one statement ─┘
///   webhook  ──▶ verified, filtered ──▶ the run, by the delivery's key ──▶ a firing, for who looks at them
/// ```
///
/// **Invariants**
/// - A slot, a delivery and a notice start one run at most, over replicas, deaths and repetitions: the key of the
///   firing is unique, and so is the idempotency key of the run that is made of it.
/// - The database's clock alone says what is due.
/// - Nobody who is not verified learns which tenants or triggers there are.
/// - A chain of triggers is no longer than [dev.wheelhouse.triggers.Happening#DEEPEST].
@NullMarked
package dev.wheelhouse.triggers;

import org.jspecify.annotations.NullMarked;
