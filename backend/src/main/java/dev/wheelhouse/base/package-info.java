/// Words that every package speaks: problems, ids, pages, JSON, settings.
///
/// Front door: [dev.wheelhouse.base.Problem]. Imports nothing of ours.
///
/// **Invariants**: no state, no SQL, no HTTP. Whatever goes wrong for a user leaves as one [Problem]
/// that says what was tried, with which value, why not and what to do.
@NullMarked
package dev.wheelhouse.base;

import org.jspecify.annotations.NullMarked;
