package dev.wheelhouse.images;

import dev.wheelhouse.base.TenantId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/// Keeps pictures and finds them again.
@Singleton
public final class Images {

    /// In one request.
    public static final int MOST = 20;

    private final ImageStore store;

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
}
