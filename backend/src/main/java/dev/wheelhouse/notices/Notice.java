package dev.wheelhouse.notices;

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

/// Something that happened.
///
/// @param id grows; those about one run are in the order in which it happened
/// @param reader who has still to read it
/// @param type such as `run.succeeded`
/// @param run that it is about, or whose approval it is
/// @param subject the approval's or budget's id, else the run's
/// @param data JSON object, where the subject does not say it
@MappedEntity("notices")
public record Notice(
        @io.micronaut.data.annotation.TenantId @MappedProperty(converter = TenantColumn.class)
        TenantId tenant,

        @Id long id,
        @MappedProperty(converter = WordColumn.class) Reader reader,
        String type,
        @Nullable UUID run,
        @Nullable UUID subject,
        @Nullable String data,
        Instant at) {

    /// Of a run. Its end is told to all who watch, the others where somebody wants to know.
    public enum Moment {
        CREATED,
        /// It begins to wait for a person, a signal or a client.
        WAITING,
        ENDED;

        /// The type of such a notice; the end of a run is told by its state.
        public String type() {
            return "run." + name().toLowerCase(Locale.ROOT);
        }
    }

    /// Who reads notices.
    public enum Reader {
        TRIGGERS,
        WEBHOOKS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
