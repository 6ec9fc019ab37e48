package dev.wheelhouse.notices;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;

/// Who watches a tenant.
@TenantRepository
interface WatcherRepository extends GenericRepository<WatcherRepository.Row, String> {

    @MappedEntity("watchers")
    record Row(@TenantId String tenant, @Id String reader) {}

    /// @param moments types of what is told where somebody wants to know
    @Query("""
            INSERT INTO watchers (tenant, reader, moments) VALUES (:tenant, :reader, :moments)
            ON CONFLICT (tenant, reader) DO UPDATE SET moments = excluded.moments""")
    void put(String reader, String[] moments);

    void deleteByReader(String reader);
}
