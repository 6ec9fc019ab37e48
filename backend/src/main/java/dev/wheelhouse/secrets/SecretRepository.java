package dev.wheelhouse.secrets;

import dev.wheelhouse.database.TenantRepository;
import dev.wheelhouse.outbound.Destination;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.model.DataType;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A tenant's sealed values.
@TenantRepository
interface SecretRepository extends GenericRepository<SecretRepository.Row, String> {

    /// A row as it is: what its hosts are spelt like is part of what it was sealed with.
    @MappedEntity("secrets")
    record Row(
            @TenantId String tenant,
            @Id String name,
            byte[] sealed,
            @MappedProperty(type = DataType.STRING_ARRAY) List<String> hosts,
            String description,
            int version,
            Instant createdAt,
            Instant updatedAt) {

        Secret secret() {
            var places = hosts.stream()
                    .flatMap(host -> Destination.parse(host).stream())
                    .toList();
            return new Secret(name, places, description, version, createdAt, updatedAt);
        }
    }

    /// The version that is there, which nobody else changes until the transaction ends.
    @Query("SELECT version FROM secrets WHERE tenant = :tenant AND name = :name FOR UPDATE")
    Optional<Integer> lock(String name);

    /// 0 where one is there that is not to be replaced.
    @Query("""
            INSERT INTO secrets (tenant, name, sealed, hosts, description) VALUES (:tenant, :name, :sealed, :hosts, :description)
            ON CONFLICT (tenant, name) DO UPDATE SET sealed = excluded.sealed, hosts = excluded.hosts,
              description = excluded.description, version = secrets.version + 1, updated_at = now()
            WHERE :replaces""")
    int put(String name, byte[] sealed, String[] hosts, String description, boolean replaces);

    Optional<Row> findByName(String name);

    List<Row> listOrderByName();

    long deleteByName(String name);
}
