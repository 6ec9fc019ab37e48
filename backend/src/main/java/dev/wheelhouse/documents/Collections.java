package dev.wheelhouse.documents;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// Collections as they stand, each call in a transaction of one tenant.
@Singleton
public final class Collections {

    private final Database database;
    private final CollectionRepository collections;

    Collections(Database database, CollectionRepository collections) {
        this.database = database;
        this.collections = collections;
    }

    /// Empty where the name is taken.
    public Optional<UUID> add(TenantId tenant, NewCollection wanted, String model) {
        var id = Ids.next();
        int added = database.as(
                tenant,
                () -> collections.add(
                        id,
                        wanted.name(),
                        wanted.description(),
                        wanted.language(),
                        wanted.visibility().word(),
                        model));
        return added == 1 ? Optional.of(id) : Optional.empty();
    }

    /// By name.
    public List<Collection> list(TenantId tenant) {
        return database.as(tenant, collections::list).stream()
                .map(CollectionRepository.Row::collection)
                .toList();
    }

    public Optional<Collection> find(TenantId tenant, UUID id) {
        return database.as(tenant, () -> collections.find(id)).map(CollectionRepository.Row::collection);
    }

    public Optional<Collection> find(TenantId tenant, String name) {
        return database.as(tenant, () -> collections.findNamed(name)).map(CollectionRepository.Row::collection);
    }

    public boolean delete(TenantId tenant, UUID id) {
        return database.as(tenant, () -> collections.delete(id)) == 1;
    }

    public void change(TenantId tenant, UUID id, String description, Collection.Visibility visibility) {
        database.as(tenant, () -> collections.change(id, description, visibility.word()));
    }

    /// From now on this run makes its next generation, for this model; what another one has made of it is gone.
    public void build(TenantId tenant, UUID id, String model, UUID run) {
        database.as(tenant, () -> {
            if (collections.build(id, model, run) == 1) {
                collections.forgetNext(id);
            }
        });
    }

    /// How many passages still miss a vector of the next generation; it serves where none does. Empty where this
    /// run no longer makes it.
    public OptionalInt adopt(TenantId tenant, UUID id, UUID run) {
        return database.as(tenant, () -> collections.adopt(id, run))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /// The generation that serves stays.
    public void giveUp(TenantId tenant, UUID id, UUID run) {
        database.as(tenant, () -> {
            if (collections.giveUp(id, run) == 1) {
                collections.forgetNext(id);
            }
        });
    }
}
