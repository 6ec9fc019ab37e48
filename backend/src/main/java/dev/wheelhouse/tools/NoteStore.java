package dev.wheelhouse.tools;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// A tenant's notes. A write is done once for its key, also where another write came between two attempts.
@Singleton
final class NoteStore {

    private final Database database;
    private final NoteRepository notes;

    NoteStore(Database database, NoteRepository notes) {
        this.database = database;
        this.notes = notes;
    }

    /// Changes nothing where this key has written before.
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

    /// Names in order, at most 500.
    List<String> names(TenantId tenant) {
        return database.as(tenant, notes::names);
    }
}
