package dev.wheelhouse.signins;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

/// Sign-ins that wait for a person to come back.
@TenantRepository
interface OpenSignInRepository extends GenericRepository<OpenSignInRepository.Row, String> {

    @MappedEntity("open_sign_ins")
    record Row(
            @TenantId String tenant,
            @Id String state,
            String server,
            byte[] sealed,
            String browser,
            String begunBy,
            Instant createdAt) {}

    @Query("DELETE FROM open_sign_ins WHERE tenant = :tenant AND created_at < now() - interval '15 minutes'")
    void forget();

    @Query("""
            INSERT INTO open_sign_ins (tenant, state, server, sealed, browser, begun_by)
            VALUES (:tenant, :state, :server, :sealed, :browser, :by)""")
    void begin(String state, String server, byte[] sealed, String browser, String by);

    Optional<Row> findByState(String state);

    /// 0 where it was taken already, or is too old.
    @Query("""
            DELETE FROM open_sign_ins
            WHERE tenant = :tenant AND state = :state AND created_at > now() - interval '15 minutes'""")
    int take(String state);
}
