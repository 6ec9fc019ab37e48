/// Budgets that many runs share: how much money, tokens, calls, steps, time and tool output a tenant, a user, a key, an
/// agent or a thread may spend in a month, in a day or in all.
///
/// Front door: [dev.wheelhouse.budgets.Budgets]. A step that costs something goes this way:
///
/// ```
/// reserve the worst case ──▶ does not fit: refused, or made smaller by the caller and asked again
///          │ fits
///          ▼
///   the call is made ──▶ settle what it really took ──▶ the rest is free again
///          └──▶ nobody says what became of it ──▶ the worst case stays spent
/// ```
///
/// [dev.wheelhouse.budgets.Ledger] sends what many steps have to reserve and to settle as one statement; the function
/// `spend_budgets` locks the counters in one order, so replicas take turns and no two of them spend the same rest.
///
/// **Invariants**: nothing is spent that was not reserved, so a budget is passed by less than the one call whose worst
/// case was guessed too low. A reservation is settled once; one whose attempt was lost (a later epoch of its run has
/// begun) stays spent in full. Periods begin and end by the database's clock, in UTC, and a call counts in the period
/// in which it began. Where a tenant has no budget, no statement is sent for its runs; which budgets there are is
/// known to every replica within a second, what their caps are at once.
@NullMarked
package dev.wheelhouse.budgets;

import org.jspecify.annotations.NullMarked;
