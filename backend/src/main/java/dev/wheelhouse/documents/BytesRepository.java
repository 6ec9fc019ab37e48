package dev.wheelhouse.documents;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/// The bytes of a tenant's documents, in parts that are counted from 0.
@TenantRepository
interface BytesRepository extends GenericRepository<BytesRepository.Part, Integer> {

    @MappedEntity("document_bytes")
    record Part(@TenantId String tenant, @Id int part, byte[] bytes) {}

    /// What is there is replaced.
    @Query("""
            INSERT INTO document_bytes (tenant, document, part, bytes) VALUES (:tenant, :document, :part, :bytes)
            ON CONFLICT (tenant, document, part) DO UPDATE SET bytes = excluded.bytes""")
    void add(UUID document, int part, byte[] bytes);

    /// Cuts all of it into parts of this size.
    @Query("""
            INSERT INTO document_bytes (tenant, document, part, bytes)
            SELECT :tenant, :document, n, substr(w.bytes, n * :size + 1, :size)
            FROM (SELECT CAST(:bytes AS bytea) AS bytes) w, generate_series(0, (octet_length(w.bytes) - 1) / :size) n""")
    void addAll(UUID document, int size, byte[] bytes);

    @Query(
            "SELECT tenant, part, bytes FROM document_bytes WHERE tenant = :tenant AND document = :document AND part = :part")
    Optional<Part> find(UUID document, int part);

    /// How many there are.
    @Query("""
            SELECT CAST(coalesce(sum(octet_length(bytes)), 0) AS bigint) FROM document_bytes
            WHERE tenant = :tenant AND document = :document""")
    long count(UUID document);
}
