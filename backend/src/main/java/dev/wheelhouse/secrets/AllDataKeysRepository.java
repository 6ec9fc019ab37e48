package dev.wheelhouse.secrets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.EngineRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.WithoutTenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/// The data keys of all tenants, for wrapping them anew.
@EngineRepository
interface AllDataKeysRepository extends GenericRepository<DataKeyRepository.Row, TenantId> {

    @WithoutTenantId
    List<DataKeyRepository.Row> findByMasterNotEqualsOrderByTenant(String master);

    /// Only where nobody else has done so.
    @Query("UPDATE secret_keys SET wrapped = :wrapped, master = :master WHERE tenant = :of AND master = :former")
    void rewrap(String of, String former, byte[] wrapped, String master);
}
