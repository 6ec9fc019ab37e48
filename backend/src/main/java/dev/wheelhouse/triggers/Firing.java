package dev.wheelhouse.triggers;

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

/// One time that a trigger fired, or did not.
///
/// @param key a slot's time, the hash of a delivery's id, or what else tells it from others of its trigger
/// @param slot of a schedule, null for others
/// @param reason why it did not, null where it did
@MappedEntity("firings")
public record Firing(
        @io.micronaut.data.annotation.TenantId @MappedProperty(converter = TenantColumn.class)
        TenantId tenant,

        String trigger,
        @Id String key,
        long position,
        @MappedProperty(converter = WordColumn.class) State state,
        Instant dueAt,
        @Nullable Instant slot,
        @Nullable UUID run,
        @Nullable String reason,
        Instant createdAt) {

    /// How far it is.
    public enum State {
        /// To be started, now or once more.
        DUE,
        STARTED,
        /// Something was against it that is as it should be: a condition, the run before.
        SKIPPED,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
