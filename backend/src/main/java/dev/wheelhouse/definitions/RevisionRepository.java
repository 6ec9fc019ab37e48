package dev.wheelhouse.definitions;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The statements that every kind with revisions makes on its two tables. A kind's repository extends it and gives each
/// its `@Query`, of the parts here and of the names of its tables: `a` is the table of names, `r` that of revisions.
/// Those stand in the kind's package, which owns the tables.
public interface RevisionRepository {

    /// Begins a statement that gives [RevisionStore.Row].
    String ROW = "SELECT a.name, a.published, a.latest, a.updated_at, r.revision, r.definition AS text ";

    /// Begins a statement that gives [Revision].
    String REVISION = "SELECT a.name, r.revision AS number, coalesce(r.revision = a.published, false) AS published, "
            + "r.created_at, r.definition AS text, r.author, r.note ";

    /// Only the revision that is shown, of what is not deleted.
    String SHOWN = " AND a.deleted_at IS NULL AND r.revision = coalesce(a.published, a.latest) ";

    /// Ends the statement that deletes: runs go on by the revisions, which stay.
    String DELETED = " SET deleted_at = now(), published = NULL, updated_at = now()"
            + " WHERE tenant = :tenant AND name = :name AND deleted_at IS NULL";

    /// Ends the statement that stores numbers. `latest` never goes back: another replica may already have added the
    /// next revision.
    String NUMBERS = " AS a (tenant, name, latest, published)"
            + " VALUES (:tenant, :name, :latest, CASE WHEN :publish THEN :latest END)"
            + " ON CONFLICT (tenant, name) DO UPDATE SET latest = greatest(a.latest, excluded.latest),"
            + " published = coalesce(excluded.published, a.published), deleted_at = NULL, updated_at = now()";

    /// Sorted by name, at most 1,000.
    List<RevisionStore.Row> list();

    Optional<RevisionStore.Row> find(String name);

    /// Sorted, at most 1,000.
    List<String> names();

    /// Newest first, at most so many.
    List<Revision> revisions(String name, int most);

    Optional<Revision> revision(String name, int revision);

    /// Whether any revision has exactly this text.
    boolean has(String name, String text);

    /// Before any change: whoever changes something has its row first, so nobody waits for each other in a circle.
    Optional<RevisionStore.Numbers> lock(String name);

    /// Breaks the table's key where another replica has added the same number.
    void add(String name, int revision, String text, @Nullable String author, @Nullable String note);

    void put(String name, int latest, boolean publish);

    int publish(String name, int published);

    int delete(String name);
}
