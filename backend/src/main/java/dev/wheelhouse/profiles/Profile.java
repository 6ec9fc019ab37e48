package dev.wheelhouse.profiles;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// That one was recorded.
///
/// @param askedBy the name of the key
/// @param endedAt null while it is recorded
/// @param bytes of the page; null while it is recorded, and where its replica went away meanwhile
@Introspected
public record Profile(
        UUID id,
        String askedBy,
        String replica,
        int seconds,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer bytes) {}
