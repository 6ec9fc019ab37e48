/// Types shared by every package: problems, ids, pages, JSON, settings.
///
/// Front door: [dev.wheelhouse.base.Problem]. Imports nothing of ours.
///
/// **Invariants**: no state, no SQL, no HTTP. Everything that goes wrong for a user is reported as one
/// [Problem] that says what was tried, with which value, why it failed and what to do.
@NullMarked
package dev.wheelhouse.base;

import org.jspecify.annotations.NullMarked;
