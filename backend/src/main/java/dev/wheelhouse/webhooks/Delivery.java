package dev.wheelhouse.webhooks;

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

/// A message to a webhook.
///
/// @param id by which the receiver knows it again: `webhook-id`
/// @param position in the list
/// @param status of the last answer, null where there was none
/// @param reason why the last try failed
@MappedEntity("deliveries")
public record Delivery(
        @io.micronaut.data.annotation.TenantId @MappedProperty(converter = TenantColumn.class)
        TenantId tenant,

        String webhook,
        @Id UUID id,
        long position,
        String type,
        @Nullable UUID run,
        String body,
        @MappedProperty(converter = WordColumn.class) State state,
        int tries,
        @Nullable Integer status,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant triedAt,
        Instant dueAt) {

    /// How far it is.
    public enum State {
        DUE,
        DELIVERED,
        /// Given up.
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
