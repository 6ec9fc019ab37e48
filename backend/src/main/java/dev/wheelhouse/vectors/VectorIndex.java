package dev.wheelhouse.vectors;

import dev.wheelhouse.base.TenantId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /// Passages among which the nearest are, at least `most` where there are as many; null for all of them. How near
    /// they are is for Postgres to say.
    @Nullable
    Set<Long> near(Space space, float[] vector, int most);

    /// That it takes in memory here.
    default long bytes() {
        return 0;
    }
}
