package dev.wheelhouse.search;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;

/// Searches that people keep: each has a list.
@Singleton
public final class SavedSearches {

    private final Database database;
    private final SavedSearchRepository searches;

    SavedSearches(Database database, SavedSearchRepository searches) {
        this.database = database;
        this.searches = searches;
    }

    /// By name.
    public List<SavedSearch> of(TenantId tenant, String author) {
        return database.as(tenant, () -> searches.of(author)).stream()
                .map(row -> new SavedSearch(row.name(), row.query()))
                .toList();
    }

    /// In place of the list before.
    public List<SavedSearch> put(TenantId tenant, String author, List<SavedSearch> list) {
        String rows = new Columns<>(list).json();
        database.as(tenant, () -> {
            searches.lock(author);
            searches.remove(author);
            searches.put(author, rows);
        });
        return of(tenant, author);
    }
}
