package dev.wheelhouse.runs;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which runs to list; null lets everything through.
public record RunFilter(
        @Nullable RunState state,
        @Nullable String agent,
        @Nullable UUID thread) {
    public static final RunFilter ALL = new RunFilter(null, null, null);
}
