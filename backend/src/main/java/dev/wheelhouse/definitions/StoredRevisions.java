package dev.wheelhouse.definitions;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Revisions of one kind in Postgres, by the kind's own statements.
public final class StoredRevisions implements RevisionStore {

    private static final int MOST = 1_000;

    private final Database database;
    private final RevisionRepository kind;

    public StoredRevisions(Database database, RevisionRepository kind) {
        this.database = database;
        this.kind = kind;
    }

    @Override
    public List<Row> list(TenantId tenant) {
        return database.as(tenant, kind::list);
    }

    @Override
    public Optional<Row> find(TenantId tenant, String name) {
        return database.as(tenant, () -> kind.find(name));
    }

    @Override
    public List<String> names(TenantId tenant) {
        return database.as(tenant, kind::names);
    }

    @Override
    public List<Revision> revisions(TenantId tenant, String name) {
        return database.as(tenant, () -> kind.revisions(name, MOST));
    }

    @Override
    public Optional<Revision> revision(TenantId tenant, String name, int number) {
        return database.as(tenant, () -> kind.revision(name, number));
    }

    @Override
    public boolean has(TenantId tenant, String name, String text) {
        return database.as(tenant, () -> kind.has(name, text));
    }

    @Override
    public boolean put(
            TenantId tenant,
            String name,
            String text,
            Authored by,
            boolean publish,
            Consumer<Optional<Numbers>> precondition) {
        try {
            database.as(tenant, () -> {
                precondition.accept(kind.lock(name));
                kind.put(name, newest(name, text, by), publish);
            });
            return true;
        } catch (DatabaseException e) {
            if (e.isDuplicate()) {
                return false;
            }
            throw e;
        }
    }

    /// The number of the newest revision after making sure that it has this text.
    private int newest(String name, String text, Authored by) {
        var last = kind.revisions(name, 1);
        int number = last.isEmpty() ? 0 : last.getFirst().number();
        if (!last.isEmpty() && last.getFirst().text().equals(text)) {
            return number;
        }
        kind.add(name, number + 1, text, by.author(), by.note());
        return number + 1;
    }

    @Override
    public boolean publish(TenantId tenant, String name, int number, Consumer<Optional<Numbers>> precondition) {
        return database.as(tenant, () -> {
            precondition.accept(kind.lock(name));
            return kind.revision(name, number).isPresent() && kind.publish(name, number) == 1;
        });
    }

    @Override
    public void delete(TenantId tenant, String name, Consumer<Optional<Numbers>> precondition) {
        database.as(tenant, () -> {
            precondition.accept(kind.lock(name));
            kind.delete(name);
        });
    }
}
