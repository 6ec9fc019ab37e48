package dev.wheelhouse.memories;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.TenantColumn;
import dev.wheelhouse.database.WordColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that is remembered about somebody.
///
/// @param key what it is about, such as `seat`: another of the same key takes its place; null for none
/// @param run that saved it, null where a person wrote it
@MappedEntity("memories")
public record Memory(
        @io.micronaut.data.annotation.TenantId @MappedProperty(converter = TenantColumn.class)
        TenantId tenant,

        @Id UUID id,
        @Nullable String key,
        @MappedProperty(converter = WordColumn.class) Kind kind,
        String text,
        @MappedProperty(converter = WordColumn.class) Source source,
        @Nullable UUID run,
        int uses,
        Instant createdAt,
        @Nullable Instant usedAt,
        Instant expiresAt) {

    /// What it is good for.
    public enum Kind {
        PREFERENCE,
        FACT,
        INSTRUCTION;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// Who wrote it.
    public enum Source {
        AGENT,
        PERSON;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
