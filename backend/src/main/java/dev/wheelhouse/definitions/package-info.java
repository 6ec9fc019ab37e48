/// What people write down for the platform to carry out: YAML or JSON, read with line numbers.
///
/// Front door: [dev.wheelhouse.definitions.Definitions]. A domain says which keys it knows and what it makes of them,
/// by [dev.wheelhouse.definitions.Fields]; conditions and expressions in CEL are read by
/// [dev.wheelhouse.definitions.Expressions].
///
/// What is defined changes by numbered revisions, alike for every kind: [dev.wheelhouse.definitions.Revisions] has the
/// rules, [dev.wheelhouse.definitions.Revised] is what a kind's front door offers, and
/// [dev.wheelhouse.definitions.StoredRevisions] stores them by the kind's own
/// [dev.wheelhouse.definitions.RevisionRepository]. A kind's package owns its tables. `docs/decisions/0030` says what a
/// new kind brings.
///
/// **Invariants**
/// - A revision never changes; its number is never given twice.
/// - A definition is refused with all of its mistakes at once, each with path, line, column and remedy.
/// - A key that nobody knows is a mistake, never passed over. A key that was renamed is read, and its new name is told.
/// - References, tags and depth without end are refused before they cost anything.
/// - An expression has no effect and ends: the iterations of one evaluation are bounded. CEL is loaded with the first.
@NullMarked
package dev.wheelhouse.definitions;

import org.jspecify.annotations.NullMarked;
