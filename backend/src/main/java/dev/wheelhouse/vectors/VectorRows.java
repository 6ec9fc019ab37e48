package dev.wheelhouse.vectors;

import dev.wheelhouse.base.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Vectors as they are stored, beside the passages that they belong to. Read as the tenant, and of ready
/// documents.
public interface VectorRows {

    /// Writes them; what is there is replaced.
    void add(TenantId tenant, UUID collection, int generation, List<VectorIndex.Placed> placed);

    /// Takes a code: one bit for each number.
    @FunctionalInterface
    interface CodeReader {
        void code(long passage, byte[] code);
    }

    /// The codes of passages that became ready after this epoch and up to that of the space.
    void codes(VectorIndex.Space space, long after, CodeReader reader);

    /// How near these passages are, exactly.
    Map<Long, Double> cosines(VectorIndex.Space space, float[] vector, Collection<Long> passages);

    /// How near all that can be found are, exactly.
    Map<Long, Double> all(VectorIndex.Space space, float[] vector);
}
