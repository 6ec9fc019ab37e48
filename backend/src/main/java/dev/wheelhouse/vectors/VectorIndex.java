package dev.wheelhouse.vectors;

import dev.wheelhouse.base.TenantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Where vectors are kept and looked up.
public interface VectorIndex {

    /// Whose vectors: one generation of a collection.
    ///
    /// @param epoch goes up with every change of what can be found
    /// @param passages about how many there are
    record Space(TenantId tenant, UUID collection, int generation, long epoch, int passages) {}

    /// A passage and where it lies.
    record Placed(long passage, float[] vector) {}

    /// Writes vectors; those that are there are replaced.
    void add(TenantId tenant, UUID collection, int generation, List<Placed> placed);

    /// The passages nearest to the vector, with their cosines. All of them where there are no more than
    /// `most`.
    Map<Long, Double> nearest(Space space, float[] vector, int most);

    /// How near these are, for those that have a vector.
    Map<Long, Double> cosines(Space space, float[] vector, java.util.Collection<Long> passages);

    /// That it takes in memory here.
    default long bytes() {
        return 0;
    }
}
