package dev.wheelhouse.runs;

import org.jspecify.annotations.Nullable;

/// A step that has begun and whose end is not on record. One that only reads is not on record before it ends: another
/// replica that takes the run does not see it here and is asked to do it by the program as if it had never begun.
///
/// @param call what the program calls it, null where it has no word for it
/// @param isUnderWay it is performed right now; not so where a replica before this one had begun it
public record OpenStep(int number, String kind, @Nullable String call, boolean isUnderWay) {}
