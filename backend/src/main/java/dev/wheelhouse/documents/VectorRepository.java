package dev.wheelhouse.documents;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/// The vectors of a tenant's passages. They are read many in a row: one by one they would cost more than they weigh.
@TenantRepository
interface VectorRepository extends GenericRepository<VectorRepository.Packed, Integer> {

    /// Passages and what belongs to each: its number in 8 bytes, then `size` bytes.
    @MappedEntity("passage_vectors")
    record Packed(@TenantId String tenant, @Id int size, byte[] bytes) {

        /// Takes one of them.
        @FunctionalInterface
        interface Taker {
            void take(long passage, byte[] bytes);
        }

        void each(Taker taker) {
            var left = ByteBuffer.wrap(bytes);
            while (left.remaining() >= Long.BYTES + size) {
                long passage = left.getLong();
                byte[] own = new byte[size];
                left.get(own);
                taker.take(passage, own);
            }
        }
    }

    /// A passage and where it lies; bytes in Base64.
    @Introspected
    record Added(long passage, String vector, String code) {}

    /// Those that are there are replaced.
    ///
    /// @param vectors [Added]s
    @Query("""
            INSERT INTO passage_vectors (tenant, collection, generation, passage, vector, code)
            SELECT :tenant, :collection, :generation, w.passage, decode(w.vector, 'base64'), decode(w.code, 'base64')
            FROM json_to_recordset(CAST(:vectors AS json)) AS w (passage bigint, vector text, code text)
            ON CONFLICT (tenant, collection, generation, passage)
            DO UPDATE SET vector = excluded.vector, code = excluded.code""")
    void add(UUID collection, int generation, String vectors);

    // Vectors have an index by their collection, and passages have none: without it in the join all of them were read.
    String READY = """
             FROM ready_passages r
              JOIN passage_vectors v ON v.tenant = r.tenant AND v.collection = r.collection AND v.generation = :generation
                AND v.passage = r.passage
            WHERE r.tenant = :tenant AND r.collection = :collection""";

    /// The codes of passages that became ready after this epoch and up to that one.
    @Query("SELECT v.tenant, octet_length(v.code) AS size, string_agg(int8send(v.passage) || v.code, '') AS bytes"
            + READY + " AND r.epoch > :after AND r.epoch <= :upTo GROUP BY v.tenant, size, v.passage / 65536")
    List<Packed> codes(UUID collection, int generation, long after, long upTo);

    /// The vectors of all passages that can be found.
    @Query("SELECT v.tenant, octet_length(v.vector) AS size, string_agg(int8send(v.passage) || v.vector, '') AS bytes"
            + READY + " GROUP BY v.tenant, size")
    List<Packed> all(UUID collection, int generation);

    /// The vectors of these.
    ///
    /// @param passages JSON array of their ids
    @Query("""
            SELECT tenant, octet_length(vector) AS size, string_agg(int8send(passage) || vector, '') AS bytes
            FROM passage_vectors
            WHERE tenant = :tenant AND collection = :collection AND generation = :generation AND passage = ANY (ARRAY(
              SELECT CAST(n AS bigint) FROM json_array_elements_text(CAST(:passages AS json)) n))
            GROUP BY tenant, size""")
    List<Packed> of(UUID collection, int generation, String passages);
}
