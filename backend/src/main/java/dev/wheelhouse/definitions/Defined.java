package dev.wheelhouse.definitions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that people define, such as an agent, with its published revision, or the newest where none is published.
///
/// @param published the number of its published revision, null where none is
/// @param latest the number of its newest revision, from 1; 0 where it is not stored yet
/// @param revision the number of the one that `definition` and `text` are; 0 where it is not stored yet
/// @param text the definition as it was written
public record Defined<D>(
        String name,
        @Nullable Integer published,
        int latest,
        Instant updatedAt,
        int revision,
        D definition,
        String text) {

    /// Another one after each change that people see: a new revision, another one published.
    public String version() {
        return new RevisionStore.Numbers(latest, published).version();
    }
}
