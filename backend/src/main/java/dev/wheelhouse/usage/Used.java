package dev.wheelhouse.usage;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was used in a time.
///
/// @param at when the time begins
/// @param name of what is told apart, empty where that is nothing or nobody
/// @param runs how many runs, or by model how many calls
/// @param failed how many of them failed; 0 by model
/// @param cost in micro-units, of what has a price; null where nothing has
/// @param unpriced how many of them have none
@Introspected
public record Used(
        Instant at,
        String name,
        long runs,
        long failed,
        long tokens,
        @Nullable Long cost,
        long unpriced) {}
