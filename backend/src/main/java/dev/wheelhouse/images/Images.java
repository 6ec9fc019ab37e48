package dev.wheelhouse.images;

import dev.wheelhouse.base.TenantId;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Keeps pictures, finds them again, and shows them to models within the memory that a replica has for that.
@Singleton
public final class Images {

    /// In one request.
    public static final int MOST = 20;

    // A request to a model holds each picture in several forms at once.
    private static final int ROOM = 24 << 20;

    private final ImageStore store;
    private final Semaphore room = new Semaphore(ROOM, true);

    Images(ImageStore store) {
        this.store = store;
    }

    /// Those that are kept already are passed over.
    public void keep(TenantId tenant, Collection<Image> images) {
        images.forEach(image -> store.add(tenant, image));
    }

    /// By the hash of its bytes; empty where the tenant has no such picture.
    public Optional<Image> find(TenantId tenant, String hash) {
        return store.find(tenant, hash);
    }

    /// Reads pictures as Base64, in the order of the list for as long as they fit. Waits until there is room in memory
    /// for them, which they take until this is closed.
    ///
    /// @param most bytes of them together, at most 24 MiB
    public Shown show(TenantId tenant, List<String> hashes, int most) throws InterruptedException {
        var sizes = store.sizes(tenant, hashes);
        var chosen = new LinkedHashSet<String>();
        int bytes = 0;
        for (String hash : hashes) {
            int size = sizes.getOrDefault(hash, Integer.MAX_VALUE);
            if (!chosen.contains(hash) && size <= Math.min(most, ROOM) - bytes) {
                chosen.add(hash);
                bytes += size;
            }
        }
        room.acquire(bytes);
        var shown = new Shown(bytes);
        try {
            chosen.forEach(hash -> store.find(tenant, hash)
                    .ifPresent(image ->
                            shown.pictures.put(hash, Base64.getEncoder().encodeToString(image.bytes()))));
            return shown;
        } catch (RuntimeException e) {
            shown.close();
            throw e;
        }
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
