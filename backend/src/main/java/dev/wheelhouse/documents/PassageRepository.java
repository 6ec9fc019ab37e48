package dev.wheelhouse.documents;

import dev.wheelhouse.database.TenantRepository;
import dev.wheelhouse.passages.Cut;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// The passages of a tenant's documents, which nobody can find before their document is ready.
@TenantRepository
interface PassageRepository extends GenericRepository<PassageRepository.Key, Long> {

    @MappedEntity("passages")
    record Key(@TenantId String tenant, @Id long id) {}

    /// One that is to be written down.
    ///
    /// @param seq counts from 1 in its document
    /// @param indexed what it is found by
    @Introspected
    record Added(int seq, int page, int start, int stop, String heading, String text, String indexed) {}

    /// One that is to get a vector.
    @Introspected
    record Row(long id, int page, int charFrom, int charTo, String heading, String text, String title) {

        String indexed() {
            return new Cut(page, charFrom, charTo, heading, text, 0).indexed(title);
        }
    }

    /// 0 where its document is no longer wanted.
    ///
    /// @param config of text search
    @Query("""
            UPDATE documents SET language = :language, config = :config
            WHERE tenant = :tenant AND id = :document AND state IN ('queued', 'running')""")
    int setLanguage(UUID document, String language, String config);

    @Query("DELETE FROM passages WHERE tenant = :tenant AND document = :document")
    void drop(UUID document);

    /// @param config of text search
    /// @param passages [Added]s; those that are there stay
    @Query("""
            INSERT INTO passages (tenant, collection, document, seq, page, char_from, char_to, heading, text, lexemes, words)
            SELECT d.tenant, d.collection, d.id, t.seq, t.page, t.start, t.stop, t.heading, t.text, v.lexemes,
              (SELECT least(coalesce(sum(cardinality(u.positions)), 0), 32000) FROM unnest(v.lexemes) u)
            FROM json_to_recordset(CAST(:passages AS json)) AS t (seq int, page int, start int, stop int, heading text,
                text text, indexed text)
              CROSS JOIN LATERAL (SELECT to_tsvector(CAST(:config AS regconfig), t.indexed) AS lexemes) v
              JOIN documents d ON d.tenant = :tenant AND d.id = :document AND d.state IN ('queued', 'running')
            ORDER BY t.seq ON CONFLICT (tenant, document, seq) DO NOTHING""")
    void add(UUID document, String config, String passages);

    @Query("SELECT count(*) FROM passages WHERE tenant = :tenant AND document = :document")
    int count(UUID document);

    String MISSES = """
            NOT EXISTS (SELECT FROM passage_vectors v WHERE v.tenant = p.tenant AND v.collection = p.collection
              AND v.generation = :generation AND v.passage = p.id)""";

    String ROWS = """
            SELECT p.id, p.page, p.char_from, p.char_to, p.heading, p.text, d.title
            FROM passages p JOIN documents d ON d.tenant = p.tenant AND d.id = p.document
            WHERE p.tenant = :tenant AND\s""";

    /// Those of a document that have no vector of this generation, in their order.
    @Query(ROWS + MISSES + " AND p.document = :document AND p.seq > :from AND p.seq <= :to ORDER BY p.id")
    List<Row> withoutVector(UUID document, int generation, int from, int to);

    /// The same of all ready documents of a collection, after the passage with this id.
    @Query(ROWS + MISSES
            + " AND p.id > :after AND p.collection = :collection AND d.state = 'ready' ORDER BY p.id LIMIT :most")
    List<Row> ofCollection(UUID collection, int generation, long after, int most);

    /// How many of a document have no vector of this generation.
    @Query("SELECT count(*) FROM passages p WHERE p.tenant = :tenant AND p.document = :document AND " + MISSES)
    int missing(UUID document, int generation);
}
