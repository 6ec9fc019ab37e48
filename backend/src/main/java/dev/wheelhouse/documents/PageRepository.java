package dev.wheelhouse.documents;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the parser found on the pages of a tenant's documents.
@TenantRepository
interface PageRepository extends GenericRepository<DocumentRow, UUID> {

    /// What is there is replaced.
    ///
    /// @param before the number of the page before the first of these
    @Query("""
            INSERT INTO document_pages (tenant, document, page, text)
            SELECT d.tenant, d.id, :before + t.n, t.text FROM unnest(CAST(:texts AS text[])) WITH ORDINALITY t (text, n)
              JOIN documents d ON d.tenant = :tenant AND d.id = :document AND d.state IN ('queued', 'running')
            ON CONFLICT (tenant, document, page) DO UPDATE SET text = excluded.text""")
    void add(UUID document, int before, String[] texts);

    @Query("DELETE FROM document_pages WHERE tenant = :tenant AND document = :document AND page > :last")
    void dropAfter(UUID document, int last);

    /// What is said of them all.
    @Query("""
            UPDATE documents SET pages = :pages, empty_pages = CAST(:emptyPages AS text[]),
              warnings = CAST(:warnings AS text[]), media_type = :mediaType, title = :title
            WHERE tenant = :tenant AND id = :document AND state IN ('queued', 'running')""")
    void describe(UUID document, int pages, String[] emptyPages, String[] warnings, String mediaType, String title);

    @Query("SELECT text FROM document_pages WHERE tenant = :tenant AND document = :document ORDER BY page")
    List<String> list(UUID document);

    @Query("SELECT text FROM document_pages WHERE tenant = :tenant AND document = :document AND page = :page")
    Optional<String> find(UUID document, int page);
}
