package dev.wheelhouse.definitions;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One numbered revision of something that is defined; it never changes.
///
/// @param number counts from 1, without gaps
/// @param text the definition as it was written
/// @param author and note as [Authored] has them
@Introspected
public record Revision(
        String name,
        int number,
        boolean published,
        Instant createdAt,
        String text,
        @Nullable String author,
        @Nullable String note) {}
