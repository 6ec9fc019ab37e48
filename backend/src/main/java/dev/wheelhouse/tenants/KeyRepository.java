package dev.wheelhouse.tenants;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tenants and their keys.
@TenantRepository
interface KeyRepository extends GenericRepository<Tenants.Key, UUID> {

    @Query("INSERT INTO tenants (tenant) VALUES (:tenant) ON CONFLICT DO NOTHING")
    void addTenant();

    /// 0 where the hash is there already.
    @Query("""
            INSERT INTO keys (tenant, id, name, prefix, hash, scopes, expires_at)
            VALUES (:tenant, :id, :name, :prefix, :hash, :scopes, now() + :lifetimeMillis * interval '1 ms')
            ON CONFLICT DO NOTHING""")
    int add(UUID id, String name, String prefix, byte[] hash, Set<Scope> scopes, @Nullable Long lifetimeMillis);

    @Query("SELECT * FROM keys WHERE tenant = :tenant AND hash = :hash AND (expires_at IS NULL OR expires_at > now())")
    Optional<Tenants.Key> findLiving(byte[] hash);

    /// At most once a minute.
    @Query("""
            UPDATE keys SET last_used_at = now() WHERE tenant = :tenant AND id = :id
              AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')""")
    void noteUse(UUID id);

    Optional<Tenants.Key> findById(UUID id);

    List<Tenants.Key> listOrderById();

    long deleteById(UUID id);
}
