package dev.wheelhouse.vectors;

import dev.wheelhouse.base.TenantId;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Vectors in Postgres, found by codes in memory: no extension is needed, and no index to build.
@Singleton
public final class BitIndex implements VectorIndex {

    /// As few are read whole, which is exact and costs no more than to read those that codes and words find.
    static final int FEW = 300;

    /// What is read from Postgres to be compared exactly.
    private static final int RESCORED = 200;

    /// A collection's part whose codes may be of what is gone.
    private static final int STALE = 8;

    private final VectorRows store;
    private final VectorsConfig config;
    private final Map<Key, Codes> cache = new ConcurrentHashMap<>();

    BitIndex(VectorRows store, VectorsConfig config) {
        this.store = store;
        this.config = config;
    }

    private record Key(TenantId tenant, UUID collection, int generation) {}

    @Override
    public void add(TenantId tenant, UUID collection, int generation, List<Placed> placed) {
        store.add(tenant, collection, generation, placed);
    }

    @Override
    public @Nullable Set<Long> near(Space space, float[] vector, int most) {
        if (space.passages() <= FEW) {
            return null;
        }
        var codes = codes(space);
        int stale = codes.count() - space.passages();
        if (stale > RESCORED + space.passages() / STALE) {
            cache.remove(key(space));
            codes = codes(space);
            stale = 0;
        }
        shrink(codes);
        // What is gone may be what the question is about, and take the place of what is there.
        return codes.best(vector, Math.max(RESCORED, most) + Math.clamp(stale, 0, RESCORED))
                .keySet();
    }

    private static Key key(Space space) {
        return new Key(space.tenant(), space.collection(), space.generation());
    }

    private Codes codes(Space space) {
        var codes = cache.computeIfAbsent(key(space), _ -> new Codes());
        codes.usedAt = System.nanoTime();
        codes.grow(space.epoch(), reader -> store.codes(space, codes.epoch(), reader));
        return codes;
    }

    private void shrink(Codes kept) {
        while (bytes() > config.cacheBytes() && cache.size() > 1) {
            cache.entrySet().stream()
                    .filter(entry -> entry.getValue() != kept)
                    .min(Comparator.comparingLong(entry -> entry.getValue().usedAt))
                    .ifPresent(entry -> cache.remove(entry.getKey()));
        }
    }

    @Override
    public long bytes() {
        return cache.values().stream().mapToLong(Codes::bytes).sum();
    }
}
