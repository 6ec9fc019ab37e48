package dev.wheelhouse.tenants;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.model.DataType;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Sessions of the console, by the hash of their cookies.
@TenantRepository
interface SessionRepository extends GenericRepository<SessionRepository.Row, byte[]> {

    @MappedEntity("sessions")
    record Row(@TenantId String tenant, @Id byte[] hash, UUID key, String csrfToken) {}

    /// What a session and its key say of who asks.
    @Introspected
    record Living(
            String csrfToken,
            UUID key,
            String name,

            @MappedProperty(type = DataType.STRING_ARRAY) List<String> scopes) {}

    @Query("""
            WITH over AS (DELETE FROM sessions WHERE tenant = :tenant AND expires_at < now())
            INSERT INTO sessions (tenant, hash, key, csrf_token, expires_at)
            VALUES (:tenant, :hash, :key, :csrfToken, now() + :lifetimeMillis * interval '1 ms')""")
    void add(byte[] hash, UUID key, String csrfToken, long lifetimeMillis);

    /// A living session with its living key, in one statement: every request of the console asks for it.
    @Query("""
            SELECT s.csrf_token, k.id AS key, k.name, k.scopes FROM sessions s
            JOIN keys k ON k.tenant = s.tenant AND k.id = s.key AND (k.expires_at IS NULL OR k.expires_at > now())
            WHERE s.tenant = :tenant AND s.hash = :hash AND s.expires_at > now()""")
    Optional<Living> findLiving(byte[] hash);

    void deleteByHash(byte[] hash);
}
