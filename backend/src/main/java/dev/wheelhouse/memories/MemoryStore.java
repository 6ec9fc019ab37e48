package dev.wheelhouse.memories;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Memories in Postgres, each call in a transaction of one tenant.
@Singleton
final class MemoryStore {

    private final Database database;
    private final MemoryRepository memories;

    MemoryStore(Database database, MemoryRepository memories) {
        this.database = database;
        this.memories = memories;
    }

    /// Keeps it, in place of one of the same key. False where the same text is there already, or the list is full.
    boolean save(TenantId tenant, String subject, Memories.NewMemory wanted, int most) {
        var id = Ids.next();
        return database.as(
                        tenant,
                        () -> memories.save(
                                subject,
                                id,
                                wanted.key(),
                                wanted.kind().word(),
                                wanted.text(),
                                wanted.source().word(),
                                wanted.run(),
                                wanted.write(),
                                wanted.days(),
                                most))
                == 1;
    }

    /// Newest first.
    List<Memory> list(TenantId tenant, String subject) {
        return database.as(tenant, () -> memories.list(subject));
    }

    Optional<Memory> find(TenantId tenant, String subject, UUID id) {
        return database.as(tenant, () -> memories.find(subject, id));
    }

    /// Those whose words fit, best first; all that there are where no word does, none while paused.
    List<Memory> search(TenantId tenant, String subject, String query, int most) {
        return database.as(tenant, () -> memories.search(subject, query, most));
    }

    boolean edit(TenantId tenant, String subject, UUID id, String text) {
        return database.as(tenant, () -> memories.edit(subject, id, text)) == 1;
    }

    /// By id or by key; how many there were.
    int delete(TenantId tenant, String subject, String idOrKey) {
        return database.as(tenant, () -> memories.delete(subject, idOrKey));
    }

    void deleteAll(TenantId tenant, String subject) {
        database.as(tenant, () -> memories.deleteAll(subject));
    }

    boolean isPaused(TenantId tenant, String subject) {
        return database.as(tenant, () -> memories.isPaused(subject));
    }

    void pause(TenantId tenant, String subject, boolean isPaused) {
        database.as(tenant, () -> {
            if (isPaused) {
                memories.pause(subject);
            } else {
                memories.resume(subject);
            }
        });
    }
}
