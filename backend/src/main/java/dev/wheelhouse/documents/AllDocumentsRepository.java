package dev.wheelhouse.documents;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Documents of all tenants that are on their way.
@EngineRepository
interface AllDocumentsRepository extends GenericRepository<DocumentRow, UUID> {

    @Introspected
    record Left(String tenant, UUID document, @Nullable UUID run) {}

    /// How many seconds the oldest has been on its way; empty where there is none.
    @Query("SELECT CAST(extract(epoch FROM now() - min(created_at)) AS float8) FROM documents WHERE "
            + DocumentRepository.UNFINISHED)
    Optional<Double> oldest();

    /// Those that nothing has happened to for a minute, or a day where their bytes are to come.
    @Query("""
            SELECT tenant, id AS document, run FROM documents
            WHERE state IN ('queued', 'running') AND greatest(created_at, stage_since) < now() - interval '1 min'
              OR state = 'receiving' AND stage_since < now() - interval '1 day'
            ORDER BY created_at LIMIT :most""")
    List<Left> left(int most);
}
