package dev.wheelhouse.documents;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.embeddings.Vectors;
import dev.wheelhouse.vectors.VectorIndex;
import dev.wheelhouse.vectors.VectorRows;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Vectors in Postgres, each call in a transaction of one tenant.
@Singleton
final class VectorStore implements VectorRows {

    private final Database database;
    private final VectorRepository vectors;

    VectorStore(Database database, VectorRepository vectors) {
        this.database = database;
        this.vectors = vectors;
    }

    @Override
    public void add(TenantId tenant, UUID collection, int generation, List<VectorIndex.Placed> placed) {
        var base64 = Base64.getEncoder();
        var rows = placed.stream()
                .map(one -> new VectorRepository.Added(
                        one.passage(),
                        base64.encodeToString(Vectors.bytes(one.vector())),
                        base64.encodeToString(Vectors.code(one.vector()))))
                .toList();
        String json = new Columns<>(rows).json();
        database.as(tenant, () -> vectors.add(collection, generation, json));
    }

    @Override
    public void codes(VectorIndex.Space space, long after, CodeReader reader) {
        database.as(space.tenant(), () -> vectors.codes(space.collection(), space.generation(), after, space.epoch()))
                .forEach(some -> some.each(reader::code));
    }

    @Override
    public Map<Long, Double> cosines(VectorIndex.Space space, float[] vector, Collection<Long> passages) {
        String ids = Json.write(passages);
        return cosines(
                vector, database.as(space.tenant(), () -> vectors.of(space.collection(), space.generation(), ids)));
    }

    @Override
    public Map<Long, Double> all(VectorIndex.Space space, float[] vector) {
        return cosines(vector, database.as(space.tenant(), () -> vectors.all(space.collection(), space.generation())));
    }

    private static Map<Long, Double> cosines(float[] vector, List<VectorRepository.Packed> found) {
        var cosines = new HashMap<Long, Double>();
        found.forEach(some -> some.each((passage, bytes) -> cosines.put(passage, Vectors.dot(vector, bytes))));
        return cosines;
    }
}
