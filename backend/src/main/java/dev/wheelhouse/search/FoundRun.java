package dev.wheelhouse.search;

import dev.wheelhouse.runs.Failure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run as a list shows it.
///
/// @param input the beginning of what a person asked last
/// @param output the beginning of the answer, null while there is none
/// @param cost in micro-units, null where it is unknown
/// @param duration in milliseconds, null while it goes on
/// @param origin `request`, `call`, `retry`, `fork` or `replay`
public record FoundRun(
        UUID run,
        UUID thread,
        @Nullable UUID parent,
        String kind,
        String agent,
        int revision,
        Standing standing,
        String input,
        @Nullable String output,
        @Nullable Failure failure,
        int steps,
        long tokens,
        @Nullable Long cost,
        @Nullable Long duration,
        @Nullable String requester,
        @Nullable String user,
        String origin,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /// How far it is. @param waiting what for @param until when that ends by itself
    public record Standing(
            String state,
            @Nullable String waiting,
            @Nullable Instant until,
            boolean paused,
            boolean behind) {}
}
