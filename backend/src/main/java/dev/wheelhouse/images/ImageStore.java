package dev.wheelhouse.images;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// In bytes, of those that are there.
    Map<String, Integer> sizes(TenantId tenant, List<String> hashes) {
        var sizes = new HashMap<String, Integer>();
        String places = String.join(", ", Collections.nCopies(hashes.size(), "?"));
        var arguments = new ArrayList<Object>(List.of(tenant.name()));
        arguments.addAll(hashes);
        database.of(tenant)
                .rows(
                        "SELECT hash, octet_length(bytes) AS size FROM images WHERE tenant = ? AND hash IN (%s)"
                                .formatted(places),
                        row -> {
                            sizes.put(row.getString("hash"), row.getInt("size"));
                            return true;
                        },
                        arguments.toArray());
        return sizes;
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
