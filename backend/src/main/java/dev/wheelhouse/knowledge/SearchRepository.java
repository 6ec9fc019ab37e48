package dev.wheelhouse.knowledge;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// What a search reads of a tenant's collections and passages.
@TenantRepository
interface SearchRepository extends GenericRepository<SearchRepository.Key, Long> {

    @MappedEntity("passages")
    record Key(@TenantId String tenant, @Id long id) {}

    String CONFIGS = """
            SELECT min(t.config) FROM documents t
            WHERE t.tenant = c.tenant AND t.collection = c.id AND t.state = 'ready'""";

    /// By their ids or names, in no order. Each configuration is one step through an index: there are few of them, and
    /// many documents.
    @Query("""
            SELECT c.id, c.name, c.visibility, c.model, c.generation, c.epoch, c.passages,
              ARRAY(WITH RECURSIVE known (config) AS (
                (""" + CONFIGS + """
                ) UNION ALL SELECT (""" + CONFIGS + """
                   AND t.config > k.config) FROM known k WHERE k.config IS NOT NULL)
                SELECT k.config FROM known k WHERE k.config IS NOT NULL) AS configs,
              (SELECT count(*) FROM documents u WHERE u.tenant = c.tenant AND u.collection = c.id
                AND u.state IN ('receiving', 'queued', 'running')) AS unfinished
            FROM collections c WHERE c.tenant = :tenant
              AND (c.name = ANY (CAST(:named AS text[])) OR CAST(c.id AS text) = ANY (CAST(:named AS text[])))""")
    List<Scope> scopes(String[] named);

    /// How well the words of a passage fit.
    ///
    /// @param most that a passage could have
    @Introspected
    record Fit(long id, double score, double most) {}

    /// One asking of a collection's words.
    ///
    /// @param config of text search
    /// @param budget candidates that the rarest words may have together
    @Introspected
    record Asked(UUID collection, String config, int budget) {}

    /// @param asked JSON of [Asked]
    /// @param cap of candidates in all, of each
    /// @param most of each
    @Query("""
            SELECT f.id, f.score, f.most
            FROM json_to_recordset(CAST(:asked AS json)) AS a (collection uuid, config text, budget int)
              CROSS JOIN LATERAL lexical(a.collection, a.config, :words, a.budget, :cap, :most) f""")
    List<Fit> lexical(String asked, String words, int cap, int most);

    /// A passage as it can be found now, with what its document says of it.
    @Introspected
    record Live(
            long id,
            UUID collection,
            UUID document,
            int version,
            String title,
            String language,
            String labels,
            int page,
            int from,
            int to,
            String heading,
            String text) {}

    /// Those of ready documents only.
    ///
    /// @param passages JSON array of their ids
    @Query("""
            SELECT p.id, p.collection, p.document, d.version, d.title, d.language, d.labels, p.page,
              p.char_from AS "from", p.char_to AS "to", p.heading, p.text
            FROM passages p JOIN documents d ON d.tenant = p.tenant AND d.id = p.document
            WHERE p.tenant = :tenant AND d.state = 'ready' AND p.id = ANY (ARRAY(
              SELECT CAST(n AS bigint) FROM json_array_elements_text(CAST(:passages AS json)) n))""")
    List<Live> live(String passages);
}
