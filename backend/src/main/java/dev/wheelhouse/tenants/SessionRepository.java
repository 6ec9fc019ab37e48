package dev.wheelhouse.tenants;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/// Sessions of the console, by the hash of their cookies.
@TenantRepository
interface SessionRepository extends GenericRepository<SessionRepository.Row, byte[]> {

    @MappedEntity("sessions")
    record Row(@TenantId String tenant, @Id byte[] hash, UUID key, String csrfToken) {}

    @Query("""
            WITH over AS (DELETE FROM sessions WHERE tenant = :tenant AND expires_at < now())
            INSERT INTO sessions (tenant, hash, key, csrf_token, expires_at)
            VALUES (:tenant, :hash, :key, :csrfToken, now() + :lifetimeMillis * interval '1 ms')""")
    void add(byte[] hash, UUID key, String csrfToken, long lifetimeMillis);

    @Query("SELECT * FROM sessions WHERE tenant = :tenant AND hash = :hash AND expires_at > now()")
    Optional<Row> findLiving(byte[] hash);

    void deleteByHash(byte[] hash);
}
