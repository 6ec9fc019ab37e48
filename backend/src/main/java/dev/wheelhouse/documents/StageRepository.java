package dev.wheelhouse.documents;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a tenant's documents are. Nothing of one is changed that is no longer on its way; then the answer is 0.
@TenantRepository
interface StageRepository extends GenericRepository<DocumentRow, UUID> {

    String READ = " WHERE tenant = :tenant AND id = :id AND state IN ('queued', 'running')";

    @Query("""
            UPDATE documents SET stage_done = :done, stage_total = :size
            WHERE tenant = :tenant AND id = :id AND state = 'receiving'""")
    void receiving(UUID id, int done, int size);

    @Query("""
            UPDATE documents SET sha256 = :hash, size = :size, state = 'queued', stage = 'parse', stage_done = 0,
              stage_total = 0, stage_since = now()
            WHERE tenant = :tenant AND id = :id AND state = 'receiving'""")
    int received(UUID id, byte[] hash, long size);

    /// Progress of a stage only grows. What it waits for is over with the first part that is done.
    @Query("""
            UPDATE documents SET state = 'running',
              stage_since = CASE WHEN stage = :stage THEN stage_since ELSE now() END,
              stage_done = CASE WHEN stage = :stage THEN greatest(stage_done, :done) ELSE :done END,
              reason = CASE WHEN stage = :stage AND :done = 0 THEN reason END,
              detail = CASE WHEN stage = :stage AND :done = 0 THEN detail END,
              stage_total = CASE WHEN stage = :stage THEN greatest(stage_total, :total) ELSE :total END,
              stage = :stage""" + READ)
    int at(UUID id, String stage, int done, int total);

    @Query("UPDATE documents SET reason = :reason, detail = :why" + READ)
    void waits(UUID id, String reason, String why);

    @Query("UPDATE documents SET media_type = :mediaType, sha256 = :hash, size = :size" + READ)
    void fetched(UUID id, String mediaType, byte[] hash, long size);

    @Query("""
            UPDATE documents SET state = :state, reason = :reason, detail = :detail
            WHERE tenant = :tenant AND id = :id AND\s""" + DocumentRepository.UNFINISHED)
    int end(UUID id, String state, @Nullable String reason, @Nullable String detail);

    @Query("DELETE FROM passages WHERE tenant = :tenant AND document = :id")
    void dropPassages(UUID id);

    /// False where it is no longer wanted.
    @Query("SELECT publish_document(:id)")
    boolean publish(UUID id);

    /// Makes what its collection's replicas have read of it old.
    @Query("""
            UPDATE documents d SET epoch = c.epoch FROM collections c
            WHERE d.tenant = :tenant AND d.id = :id AND d.state = 'ready' AND c.tenant = d.tenant AND c.id = d.collection""")
    void renew(UUID id);
}
