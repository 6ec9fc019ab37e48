package dev.wheelhouse.tools;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import io.micronaut.data.model.Limit;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// A tenant's notes. A write takes effect once per key, even if another write came between two attempts.
@Singleton
final class NoteStore {

    private static final Limit MOST = Limit.of(500, 0);

    private final Database database;
    private final NoteRepository notes;

    NoteStore(Database database, NoteRepository notes) {
        this.database = database;
        this.notes = notes;
    }

    /// Changes nothing if this key has already been used.
    void write(TenantId tenant, String key, String name, String text) {
        database.as(tenant, () -> {
            if (notes.claim(key) == 1) {
                notes.put(name, text);
            }
        });
    }

    Optional<String> read(TenantId tenant, String name) {
        return database.as(tenant, () -> notes.findTextByName(name));
    }

    /// Sorted names, at most 500.
    List<String> names(TenantId tenant) {
        return database.as(tenant, () -> notes.listNameOrderByName(MOST));
    }
}
