package dev.wheelhouse.images;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps pictures, finds them again, and shows them to models within the memory that a replica has for that.
@Singleton
public final class Images {

    /// In one request.
    public static final int MOST = 20;

    // A request to a model holds each picture in several forms at once.
    private static final int ROOM = 24 << 20;

    private final Database database;
    private final ImageRepository images;
    private final ImagesConfig config;
    private final Semaphore room = new Semaphore(ROOM, true);

    Images(Database database, ImageRepository images, ImagesConfig config) {
        this.database = database;
        this.images = images;
        this.config = config;
    }

    /// Those that are kept already are passed over. Others let go of what has expired.
    public void keep(TenantId tenant, Collection<Image> shown) {
        tellShown(tenant, shown.stream().map(Image::hash).toList());
        shown.forEach(image -> keep(tenant, image));
    }

    private void keep(TenantId tenant, Image image) {
        database.as(tenant, () -> {
            if (!images.existsByHash(image.hash())) {
                images.add(image.hash(), image.type(), image.bytes());
                if (config.days() > 0) {
                    images.expire(config.days());
                }
            }
        });
    }

    private void tellShown(TenantId tenant, Collection<String> hashes) {
        if (config.days() > 0 && !hashes.isEmpty()) {
            String those = Json.mapper().valueToTree(hashes).toString();
            database.as(tenant, () -> images.shown(those));
        }
    }

    /// By the hash of its bytes; empty where the tenant has no such picture.
    public Optional<Image> find(TenantId tenant, String hash) {
        return database.as(tenant, () -> images.findByHash(hash))
                .map(row -> new Image(row.hash(), row.type(), row.bytes()));
    }

    /// Reads pictures as Base64, in the order of the list for as long as they fit. Waits until there is room in memory
    /// for them, which they take until this is closed.
    ///
    /// @param most bytes of them together, at most 24 MiB
    public Shown show(TenantId tenant, List<String> hashes, int most) throws InterruptedException {
        var sizes = sizes(tenant, hashes);
        var chosen = new LinkedHashSet<String>();
        int bytes = 0;
        for (String hash : hashes) {
            int size = sizes.getOrDefault(hash, Integer.MAX_VALUE);
            if (!chosen.contains(hash) && size <= Math.min(most, ROOM) - bytes) {
                chosen.add(hash);
                bytes += size;
            }
        }
        tellShown(tenant, chosen);
        room.acquire(bytes);
        var shown = new Shown(bytes);
        try {
            chosen.forEach(hash -> find(tenant, hash)
                    .ifPresent(image ->
                            shown.pictures.put(hash, Base64.getEncoder().encodeToString(image.bytes()))));
            return shown;
        } catch (RuntimeException e) {
            shown.close();
            throw e;
        }
    }

    /// In bytes, of those that are there.
    private Map<String, Integer> sizes(TenantId tenant, List<String> hashes) {
        String wanted = Json.mapper().valueToTree(hashes).toString();
        return database.as(tenant, () -> images.sizes(wanted)).stream()
                .collect(Collectors.toMap(ImageRepository.Size::hash, ImageRepository.Size::bytes));
    }

    /// Pictures in memory.
    public final class Shown implements AutoCloseable {

        private final int bytes;
        private final Map<String, String> pictures = new HashMap<>();

        private Shown(int bytes) {
            this.bytes = bytes;
        }

        /// Null where it is not there, or did not fit.
        public @Nullable String base64(String hash) {
            return pictures.get(hash);
        }

        @Override
        public void close() {
            room.release(bytes);
        }
    }
}
