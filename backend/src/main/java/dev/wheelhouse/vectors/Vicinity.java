package dev.wheelhouse.vectors;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.Outbound;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the index that is configured.
@Singleton
public final class Vicinity {

    private final VectorIndex index;
    private final VectorRows rows;

    @Inject
    Vicinity(BitIndex bits, VectorRows rows, VectorsConfig config, PineconeConfig pinecone, Outbound outbound) {
        this(index(bits, rows, config, pinecone, outbound), rows);
    }

    Vicinity(VectorIndex index, VectorRows rows) {
        this.index = index;
        this.rows = rows;
    }

    private static VectorIndex index(
            BitIndex bits, VectorRows rows, VectorsConfig config, PineconeConfig pinecone, Outbound outbound) {
        return switch (config.index()) {
            case "auto", "bits" -> bits;
            case "pinecone" -> new PineconeIndex(rows, bits, pinecone, outbound);
            case String other ->
                throw new Problem(
                        ErrorCode.NOT_READY,
                        "knowledge.vectors.index is \"%s\"".formatted(other),
                        "Use auto, bits or pinecone");
        };
    }

    /// That what is kept of vectors takes in memory.
    public long bytes() {
        return index.bytes();
    }

    public void add(TenantId tenant, UUID collection, int generation, List<VectorIndex.Placed> placed) {
        index.add(tenant, collection, generation, placed);
    }

    /// Where to look for the nearest.
    ///
    /// @param ids the nearest are among these; null for all
    public record Near(
            VectorIndex.Space space,
            float[] vector,
            int most,
            @Nullable Set<Long> ids) {}

    /// Asked outside of a transaction: an index may have to wait for its server.
    public Near near(VectorIndex.Space space, float[] vector, int most) {
        return new Near(space, vector, most, index.near(space, vector, most));
    }

    /// The nearest passages, and how near these others are: cosines.
    public Map<Long, Double> cosines(Near near, Collection<Long> others) {
        var ids = near.ids();
        if (ids == null) {
            var all = rows.all(near.space(), near.vector());
            return with(others, all, nearest(all, near.most()));
        }
        var wanted = new HashSet<>(ids);
        wanted.addAll(others);
        var found = rows.cosines(near.space(), near.vector(), wanted);
        var among = new HashMap<>(found);
        among.keySet().retainAll(ids);
        return with(others, found, nearest(among, near.most()));
    }

    private static Map<Long, Double> with(Collection<Long> others, Map<Long, Double> found, Map<Long, Double> nearest) {
        var cosines = new HashMap<>(nearest);
        for (long other : others) {
            var cosine = found.get(other);
            if (cosine != null) {
                cosines.put(other, cosine);
            }
        }
        return cosines;
    }

    private static Map<Long, Double> nearest(Map<Long, Double> found, int most) {
        return found.size() <= most
                ? found
                : found.entrySet().stream()
                        .sorted(Map.Entry.<Long, Double>comparingByValue().reversed())
                        .limit(most)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
