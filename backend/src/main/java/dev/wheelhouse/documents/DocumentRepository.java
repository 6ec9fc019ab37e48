package dev.wheelhouse.documents;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant's documents: which there are, and their end.
@TenantRepository
interface DocumentRepository extends GenericRepository<DocumentRow, UUID> {

    String UNFINISHED = "state IN ('receiving', 'queued', 'running')";

    /// One that is to be written down.
    ///
    /// @param hash of its bytes in hex, null where they are not here yet
    @Introspected
    record Added(
            UUID id,
            UUID collection,
            String key,
            String name,
            String source,
            @Nullable String url,
            String mediaType,
            long size,
            @Nullable String hash,
            String state,
            String stage,
            String labels,
            @Nullable String createdBy,
            @Nullable String crawl) {}

    /// As the next version of its key.
    ///
    /// @param document an [Added]
    @Query("""
            INSERT INTO documents (tenant, collection, id, key, version, name, source, url, media_type, size, sha256, state,
              stage, labels, created_by, crawl)
            SELECT :tenant, w.collection, w.id, w.key, coalesce((SELECT max(o.version) FROM documents o
              WHERE o.tenant = :tenant AND o.collection = w.collection AND o.key = w.key), 0) + 1,
              w.name, w.source, w.url, w.media_type, w.size, decode(w.hash, 'hex'), w.state, w.stage, w.labels, w.created_by,
              w.crawl
            FROM json_to_recordset(CAST(:document AS json)) AS w (collection uuid, id uuid, key text, name text, source text,
              url text, media_type text, size bigint, hash text, state text, stage text, labels text, created_by text, crawl text)""")
    void add(String document);

    /// A page that a crawl has come to. False where this crawl has been there, or has as many pages as it may.
    ///
    /// @param how it goes on, as JSON
    @Query("SELECT add_crawled_page(:collection, :id, :url, :first, :most, :how, :labels, :by)")
    boolean addCrawled(
            UUID collection, UUID id, String url, UUID first, int most, String how, String labels, @Nullable String by);

    /// The newest version of its key, where it has these bytes and is ready or on its way.
    @Query("""
            SELECT * FROM documents d WHERE tenant = :tenant AND collection = :collection AND sha256 = :hash AND key = :key
              AND state IN ('ready', 'queued', 'running')
              AND version = (SELECT max(o.version) FROM documents o WHERE o.tenant = d.tenant
                AND o.collection = d.collection AND o.key = d.key)
            ORDER BY version DESC LIMIT 1""")
    Optional<DocumentRow> same(UUID collection, String key, byte[] hash);

    @Query("SELECT * FROM documents WHERE tenant = :tenant AND id = :id")
    Optional<DocumentRow> find(UUID id);

    /// Newest first.
    @Query("""
            SELECT * FROM documents WHERE tenant = :tenant AND collection = :collection AND id < :before
            ORDER BY id DESC LIMIT :most""")
    List<DocumentRow> list(UUID collection, UUID before, int most);

    @Query("SELECT count(*) FROM documents WHERE tenant = :tenant AND " + UNFINISHED)
    int unfinished();

    @Query("UPDATE documents SET run = :run WHERE tenant = :tenant AND id = :id")
    void begun(UUID id, UUID run);

    /// Makes one that has failed or was cancelled wait for a run again; 0 where it has not.
    @Query("""
            UPDATE documents SET state = 'queued', stage = :stage, stage_done = 0, stage_total = 0, stage_since = now(),
              reason = NULL, detail = NULL, run = NULL
            WHERE tenant = :tenant AND id = :id AND state IN ('failed', 'cancelled')""")
    int again(UUID id, String stage);

    /// True where there was one.
    @Query("SELECT delete_document(:id)")
    boolean delete(UUID id);
}
