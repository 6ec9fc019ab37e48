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

    NoteStore(Database database) {
        this.database = database;
    }

    /// False where this key has written before; then nothing is changed.
    boolean write(TenantId tenant, String key, String name, String text) {
        return database.of(tenant).update("""
                WITH first AS (
                  INSERT INTO note_writes (tenant, key) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING tenant)
                INSERT INTO notes (tenant, name, text) SELECT tenant, ?, ? FROM first
                ON CONFLICT (tenant, name) DO UPDATE SET text = excluded.text, updated_at = now()""", tenant.name(), key, name, text) == 1;
    }

    Optional<String> read(TenantId tenant, String name) {
        return database.of(tenant)
                .one(
                        "SELECT text FROM notes WHERE tenant = ? AND name = ?",
                        row -> row.getString(1),
                        tenant.name(),
                        name);
    }

    /// Names in order, at most 500.
    List<String> names(TenantId tenant) {
        return database.of(tenant)
                .rows(
                        "SELECT name FROM notes WHERE tenant = ? ORDER BY name LIMIT 500",
                        row -> row.getString(1),
                        tenant.name());
    }
}
