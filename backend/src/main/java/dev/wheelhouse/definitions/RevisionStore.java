package dev.wheelhouse.definitions;

import dev.wheelhouse.base.TenantId;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where one kind of definition keeps its revisions: tables of the package that owns the kind.
public interface RevisionStore {

    /// Something that is defined, with the text of its published revision, or of the newest where none is published.
    @Introspected
    record Row(String name, @Nullable Integer published, int latest, Instant updatedAt, int revision, String text) {}

    /// The numbers of what is there now: those of its newest revision and of its published one.
    @Introspected
    record Numbers(int latest, @Nullable Integer published) {

        /// Another one after each change that people see: a new revision, another one published.
        public String version() {
            return latest + "-" + (published == null ? 0 : published);
        }
    }

    /// Sorted by name, at most 1,000.
    List<Row> list(TenantId tenant);

    Optional<Row> find(TenantId tenant, String name);

    /// Sorted, at most 1,000.
    List<String> names(TenantId tenant);

    /// Newest first, at most 1,000.
    List<Revision> revisions(TenantId tenant, String name);

    Optional<Revision> revision(TenantId tenant, String name, int number);

    /// Whether any revision, old or new, has exactly this text.
    boolean has(TenantId tenant, String name, String text);

    /// Adds a revision unless the newest has the same text, and publishes the newest if asked to. False if another
    /// replica added one at the same moment: then nothing has changed, and the caller tries again.
    ///
    /// @param precondition is told what is there, in the transaction that changes it and with nobody else
    ///     changing it; what it throws leaves everything as it is
    boolean put(
            TenantId tenant,
            String name,
            String text,
            Authored by,
            boolean publish,
            Consumer<Optional<Numbers>> precondition);

    /// False if there is no such revision. The precondition is as that of [#put].
    boolean publish(TenantId tenant, String name, int number, Consumer<Optional<Numbers>> precondition);

    /// Takes the name away; its revisions stay, for the runs that have them. A later revision of the name continues to
    /// count. The precondition is as that of [#put].
    void delete(TenantId tenant, String name, Consumer<Optional<Numbers>> precondition);
}
