package dev.wheelhouse.toolservers;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the tools of a tenant's servers say of themselves, and said when they were approved.
@TenantRepository
interface ServerToolRepository extends GenericRepository<ServerToolRepository.Row, String> {

    @MappedEntity("server_tools")
    record Row(
            @TenantId String tenant,
            String server,
            @Id String remote,
            String name,
            String offer,
            String hash,
            @Nullable String approved,
            @Nullable String approvedHash,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt,
            boolean enabled,
            boolean present,
            @Nullable String refused) {}

    List<Row> listOrderByName();

    @Query("""
            INSERT INTO server_tools (tenant, server, remote, name, offer, hash, refused)
            VALUES (:tenant, :server, :remote, :name, :offer, :hash, :refused)
            ON CONFLICT (tenant, server, remote) DO UPDATE SET name = excluded.name, offer = excluded.offer,
              hash = excluded.hash, refused = excluded.refused, present = true""")
    void offer(String server, String remote, String name, String offer, String hash, @Nullable String refused);

    /// Tools that were never approved are forgotten; of the others it stays what they were.
    @Query(
            "DELETE FROM server_tools WHERE tenant = :tenant AND server = :server AND approved IS NULL AND remote NOT IN (SELECT jsonb_array_elements_text(CAST(:listed AS jsonb)))")
    void forget(String server, String listed);

    @Query(
            "UPDATE server_tools SET present = false WHERE tenant = :tenant AND server = :server AND remote NOT IN (SELECT jsonb_array_elements_text(CAST(:listed AS jsonb)))")
    void gone(String server, String listed);

    /// 0 where the tool says something else by now.
    @Query("""
            UPDATE server_tools SET approved = offer, approved_hash = hash, approved_by = :by, approved_at = now(), enabled = true
            WHERE tenant = :tenant AND server = :server AND remote = :remote AND hash = :hash AND refused IS NULL""")
    int approve(String server, String remote, String hash, String by);

    @Query("""
            UPDATE server_tools SET approved = offer, approved_hash = hash, approved_by = :by, approved_at = now()
            WHERE tenant = :tenant AND server = :server AND approved IS NULL AND refused IS NULL""")
    void approveNew(String server, String by);

    @Query(
            "UPDATE server_tools SET enabled = :enabled WHERE tenant = :tenant AND server = :server AND remote = :remote")
    int enable(String server, String remote, boolean enabled);
}
