package dev.wheelhouse.documents;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Documents that are searched together.
///
/// @param language of its documents, ISO 639-1, or `auto` for each as it is
/// @param model that knows meanings; empty for none
/// @param generation of its vectors: another one after each change of the model
/// @param building the model whose vectors are being made, null for none
/// @param build the run that makes them
/// @param epoch goes up with every change of what can be found
public record Collection(
        UUID id,
        String name,
        String description,
        String language,
        Visibility visibility,
        String model,
        int generation,
        @Nullable String building,
        @Nullable UUID build,
        long epoch,
        Counts counts,
        Instant createdAt) {

    /// Who may search it and read its documents, beside agents that name it.
    public enum Visibility {
        EVERYONE,
        BUILDERS;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Visibility of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /// @param passages that can be found
    /// @param words of them together
    /// @param documents of every state
    public record Counts(int passages, long words, int documents, int unfinished, int failed) {}
}
