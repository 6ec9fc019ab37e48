/// What people decide for runs: which calls need an approval, who may decide, and telling people that a decision waits.
///
/// Front door: [dev.wheelhouse.approvals.Approvals]. The questions themselves belong to the engine, which opens them,
/// takes one answer for each and expires or withdraws them, see [dev.wheelhouse.runs.Questions].
/// [dev.wheelhouse.approvals.OperatorRules] say which calls of every agent need a person's approval; an agent's own
/// rules are part of its definition.
///
/// **Invariants**
/// - A decision is about the exact question that was shown: its hash is part of it.
/// - The first decision counts; the second is refused and told about the first.
@NullMarked
package dev.wheelhouse.approvals;

import org.jspecify.annotations.NullMarked;
