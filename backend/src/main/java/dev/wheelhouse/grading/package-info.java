/// How good a collection's search is, by questions whose answers somebody knows.
///
/// Front door: [dev.wheelhouse.grading.Grading].
///
/// **Invariants**: questions name documents by key, so that they outlive versions. A grade is made by the search that
/// everybody uses, on what is in the collection at that moment, and is kept nowhere.
@NullMarked
package dev.wheelhouse.grading;

import org.jspecify.annotations.NullMarked;
