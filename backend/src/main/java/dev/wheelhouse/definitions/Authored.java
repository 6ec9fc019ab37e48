package dev.wheelhouse.definitions;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/// Who writes a revision, and what they note on it.
///
/// @param author the name of the key that wrote it, null for a file or nobody
/// @param note at most 300 letters, null for none
@Introspected
public record Authored(@Nullable String author, @Nullable String note) {

    public static final int LONGEST_NOTE = 300;
    public static final Authored NOBODY = new Authored(null, null);
}
