package dev.wheelhouse.secrets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.TenantColumn;
import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/// A tenant's data key, wrapped by a master key.
@TenantRepository
interface DataKeyRepository extends GenericRepository<DataKeyRepository.Row, TenantId> {

    @MappedEntity("secret_keys")
    record Row(
            @Id @io.micronaut.data.annotation.TenantId @MappedProperty(converter = TenantColumn.class)
            TenantId tenant,

            byte[] wrapped,
            String master) {

        MasterKeys.Wrapped key() {
            return new MasterKeys.Wrapped(wrapped, master);
        }
    }

    @Query("SELECT tenant, wrapped, master FROM secret_keys WHERE tenant = :tenant")
    Optional<Row> find();

    /// Keeps the key that is there already.
    @Query(
            "INSERT INTO secret_keys (tenant, wrapped, master) VALUES (:tenant, :wrapped, :master) ON CONFLICT DO NOTHING")
    void add(byte[] wrapped, String master);
}
