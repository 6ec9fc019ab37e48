package dev.wheelhouse.images;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The pictures of each tenant. Own SQL: the bytes of one that is there already are not sent again.
@Singleton
final class ImageStore {

    private final Database database;

    ImageStore(Database database) {
        this.database = database;
    }

    void add(TenantId tenant, Image image) {
        var mine = database.of(tenant);
        boolean isThere = mine.one(
                        "SELECT FROM images WHERE tenant = ? AND hash = ?", row -> true, tenant.name(), image.hash())
                .isPresent();
        if (!isThere) {
            mine.update(
                    "INSERT INTO images (tenant, hash, type, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    tenant.name(),
                    image.hash(),
                    image.type(),
                    image.bytes());
        }
    }

    Optional<Image> find(TenantId tenant, String hash) {
        return database.of(tenant)
                .one(
                        "SELECT hash, type, bytes FROM images WHERE tenant = ? AND hash = ?",
                        row -> new Image(row.getString("hash"), row.getString("type"), row.getBytes("bytes")),
                        tenant.name(),
                        hash);
    }
}
