package dev.wheelhouse.vectors;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.Outbound;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Asks the index that is configured.
@Singleton
public final class Vicinity {

    private final VectorIndex index;

    Vicinity(BitIndex bits, VectorRows rows, VectorsConfig config, PineconeConfig pinecone, Outbound outbound) {
        index = switch (config.index()) {
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

    /// The nearest passages, and how near these others are: cosines.
    public Map<Long, Double> around(VectorIndex.Space space, float[] vector, int most, Collection<Long> others) {
        var found = new HashMap<>(index.nearest(space, vector, most));
        var left = others.stream().filter(one -> !found.containsKey(one)).toList();
        if (!left.isEmpty()) {
            found.putAll(index.cosines(space, vector, left));
        }
        return found;
    }
}
