package dev.wheelhouse.runs;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which runs to list; null lets everything through.
///
/// @param kind of the program that is carried out
/// @param name of that program
public record RunFilter(
        @Nullable RunState state,
        @Nullable String kind,
        @Nullable String name,
        @Nullable UUID thread) {
    public static final RunFilter ALL = new RunFilter(null, null, null, null);
}
