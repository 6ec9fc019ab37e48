package dev.wheelhouse.definitions;

import dev.wheelhouse.base.TenantId;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where one kind of definition keeps its revisions: tables of the package that owns the kind.
public interface RevisionStore {

    /// Something that is defined, with the text of its published revision, or of the newest where none is published.
    @Introspected
    record Row(String name, @Nullable Integer published, int latest, Instant updatedAt, int revision, String text) {}

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
    boolean put(TenantId tenant, String name, String text, boolean publish);

    /// False if there is no such revision.
    boolean publish(TenantId tenant, String name, int number);
}
