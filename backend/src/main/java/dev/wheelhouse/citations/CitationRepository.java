package dev.wheelhouse.citations;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// The numbers of passages in a tenant's conversations.
@TenantRepository
interface CitationRepository extends GenericRepository<CitationRepository.Key, Integer> {

    @MappedEntity("citations")
    record Key(@TenantId String tenant, @Id int n) {}

    /// @param gone whether the passage is no longer there, in this version
    @Introspected
    record Row(int n, UUID document, String title, int version, long passage, int page, String quote, boolean gone) {

        Citation citation() {
            return new Citation(n, document, title, version, passage, page, quote, gone);
        }
    }

    /// A passage that an agent is given.
    @Introspected
    record Quoted(long passage, String quote) {}

    /// The numbers of passages in their order, the next one for each that has none; 0 where the passage is gone.
    ///
    /// @param quoted JSON of [Quoted]
    @Query("""
            SELECT coalesce(cite_passage(:thread, :run, CAST(q.one ->> 'passage' AS bigint), q.one ->> 'quote'), 0)
            FROM json_array_elements(CAST(:quoted AS json)) WITH ORDINALITY AS q (one, place) ORDER BY q.place""")
    List<Integer> cite(UUID thread, UUID run, String quoted);

    /// By number.
    ///
    /// @param numbers JSON array
    @Query("""
            SELECT c.n, c.document, c.title, c.version, c.passage, c.page, c.quote, p.passage IS NULL AS gone
            FROM citations c LEFT JOIN ready_passages p ON p.tenant = c.tenant AND p.passage = c.passage
            WHERE c.tenant = :tenant AND c.thread = :thread AND c.n = ANY (ARRAY(
              SELECT CAST(n AS int) FROM json_array_elements_text(CAST(:numbers AS json)) n))
            ORDER BY c.n""")
    List<Row> find(UUID thread, String numbers);

    /// @param runs JSON array of their ids
    @Query("""
            DELETE FROM citations WHERE tenant = :tenant AND run = ANY (ARRAY(
              SELECT CAST(r AS uuid) FROM json_array_elements_text(CAST(:runs AS json)) r))""")
    void forget(String runs);
}
