/// What people write down for the platform to carry out: YAML or JSON, read with line numbers.
///
/// Front door: [dev.wheelhouse.definitions.Definitions]. A domain says which keys it knows and what it makes of them,
/// by [dev.wheelhouse.definitions.Fields]; conditions and expressions in CEL are read by
/// [dev.wheelhouse.definitions.Expressions].
///
/// What is defined changes by numbered revisions ([dev.wheelhouse.definitions.Revisions]): stored, published, read and
/// loaded from a folder alike for every kind. A kind's package owns the tables and offers them as a
/// [dev.wheelhouse.definitions.RevisionStore].
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
