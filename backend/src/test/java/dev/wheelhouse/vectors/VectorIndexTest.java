package dev.wheelhouse.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.Outbound;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every index of vectors keeps to, whichever is configured.
class VectorIndexTest {

    private static final int DIMENSIONS = 64;
    private static final int COUNT = 3_000;
    private static final UUID HOME = UUID.randomUUID();

    private final Random random = new Random(7);
    private final MemoryRows rows = new MemoryRows();
    private FakePinecone pinecone;

    /// Stands in for the rows in Postgres.
    private static final class MemoryRows implements VectorRows {

        private final Map<Long, float[]> vectors = new HashMap<>();

        @Override
        public void add(TenantId tenant, UUID collection, int generation, List<VectorIndex.Placed> placed) {
            placed.forEach(one -> vectors.put(one.passage(), one.vector()));
        }

        @Override
        public void codes(VectorIndex.Space space, long after, CodeReader reader) {
            vectors.forEach((id, vector) -> reader.code(id, dev.wheelhouse.embeddings.Vectors.code(vector)));
        }

        @Override
        public Map<Long, Double> cosines(VectorIndex.Space space, float[] vector, Collection<Long> passages) {
            var found = new HashMap<Long, Double>();
            passages.stream()
                    .filter(vectors::containsKey)
                    .forEach(id -> found.put(id, product(vector, vectors.get(id))));
            return found;
        }

        @Override
        public Map<Long, Double> all(VectorIndex.Space space, float[] vector) {
            return cosines(space, vector, List.copyOf(vectors.keySet()));
        }
    }

    private static double product(float[] left, float[] right) {
        double sum = 0;
        for (int at = 0; at < left.length; at++) {
            sum += left[at] * right[at];
        }
        return sum;
    }

    @BeforeEach
    void open() throws Exception {
        pinecone = new FakePinecone();
    }

    @AfterEach
    void close() {
        pinecone.close();
    }

    private VectorIndex index(String kind) {
        var bits = new BitIndex(rows, new VectorsConfig(kind, 1 << 20));
        return kind.equals("bits")
                ? bits
                : new PineconeIndex(
                        rows, bits, new PineconeConfig(pinecone.url(), FakePinecone.KEY), Outbound.direct());
    }

    private float[] vector() {
        float[] vector = new float[DIMENSIONS];
        for (int at = 0; at < vector.length; at++) {
            vector[at] = (float) random.nextGaussian();
        }
        return dev.wheelhouse.embeddings.Vectors.normalized(vector);
    }

    private void fill(VectorIndex index) {
        for (long id = 1; id <= COUNT; id += 100) {
            var some = new java.util.ArrayList<VectorIndex.Placed>();
            for (long one = id; one < id + 100; one++) {
                some.add(new VectorIndex.Placed(one, vector()));
            }
            index.add(TenantId.DEFAULT, HOME, 1, some);
        }
    }

    private Map<Long, Double> nearest(VectorIndex index, VectorIndex.Space space, float[] vector, int most) {
        var vicinity = new Vicinity(index, rows);
        return vicinity.cosines(vicinity.near(space, vector, most), List.of());
    }

    private static VectorIndex.Space space(int passages) {
        return new VectorIndex.Space(TenantId.DEFAULT, HOME, 1, 1, passages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bits", "pinecone"})
    void nearest_are_those_that_are_exactly_nearest_with_their_cosines(String kind) {
        var index = index(kind);
        fill(index);
        double hits = 0;
        for (int round = 0; round < 20; round++) {
            float[] asked = vector();
            var exact = new Vicinity(index, rows).cosines(new Vicinity.Near(space(COUNT), asked, 10, null), List.of());
            var found = nearest(index, space(COUNT), asked, 10);
            assertThat(found).hasSize(10);
            hits += found.keySet().stream().filter(exact::containsKey).count();
            found.forEach((id, cosine) -> assertThat(cosine).isEqualTo(product(asked, rows.vectors.get(id))));
        }
        assertThat(hits / 200).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bits", "pinecone"})
    void what_is_gone_from_postgres_is_never_found(String kind) {
        var index = index(kind);
        fill(index);
        float[] asked = vector();
        var first = nearest(index, space(COUNT), asked, 10);
        rows.vectors.keySet().removeAll(first.keySet());

        var then = nearest(index, space(COUNT - 10), asked, 10);

        assertThat(then).hasSize(10);
        assertThat(then.keySet()).doesNotContainAnyElementsOf(first.keySet());
    }

    @Test
    void what_is_gone_takes_no_place_of_what_is_there() {
        var index = index("bits");
        fill(index);
        float[] asked = vector();
        var first = nearest(index, space(COUNT), asked, 150);
        rows.vectors.keySet().removeAll(first.keySet());

        var then = nearest(index, space(COUNT - 150), asked, 150);

        assertThat(first).hasSize(150);
        assertThat(then).hasSize(150);
    }

    @Test
    void codes_are_read_again_when_many_of_them_are_of_what_is_gone() {
        var index = index("bits");
        fill(index);
        nearest(index, space(COUNT), vector(), 10);
        long before = index.bytes();
        rows.vectors.keySet().removeIf(id -> id % 2 == 0);

        nearest(index, space(COUNT / 2), vector(), 10);

        assertThat(index.bytes()).isLessThan(before);
    }

    @Test
    void pinecone_forgets_what_postgres_has_not_and_keeps_generations_apart() {
        var index = index("pinecone");
        fill(index);
        float[] asked = vector();
        var first = nearest(index, space(COUNT), asked, 10);
        rows.vectors.keySet().removeAll(first.keySet());

        nearest(index, space(COUNT - 10), asked, 10);

        assertThat(pinecone.space("default.%s.1".formatted(HOME))).hasSize(COUNT - 10);
        assertThat(pinecone.space("default.%s.2".formatted(HOME))).isEmpty();
    }

    @Test
    void pinecone_that_is_away_loses_no_hit() {
        var index = index("pinecone");
        fill(index);
        pinecone.answer(503);

        assertThat(nearest(index, space(COUNT), vector(), 10)).hasSize(10);
        assertThatThrownBy(() -> index.add(TenantId.DEFAULT, HOME, 1, List.of(new VectorIndex.Placed(1, vector()))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("503");
    }
}
