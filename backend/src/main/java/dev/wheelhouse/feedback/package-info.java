/// What people say an answer was worth: a thumb up or down, with a comment.
///
/// Front door: [dev.wheelhouse.feedback.Feedback].
///
/// **Invariants**: a person has one verdict on a run, and a later one replaces it. It goes when the run is deleted.
@NullMarked
package dev.wheelhouse.feedback;

import org.jspecify.annotations.NullMarked;
