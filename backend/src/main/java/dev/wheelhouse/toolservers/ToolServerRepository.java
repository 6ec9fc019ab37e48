package dev.wheelhouse.toolservers;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's tool servers.
@TenantRepository
interface ToolServerRepository extends GenericRepository<ToolServerRepository.Row, String> {

    @MappedEntity("tool_servers")
    record Row(
            @TenantId String tenant,
            @Id String name,
            String definition,
            int version,
            @Nullable String loaded,
            @Nullable Instant checkedAt,
            @Nullable String problem,
            Instant createdAt,
            Instant updatedAt) {}

    /// The version that is there, which nobody else changes until the transaction ends.
    @Query("SELECT version FROM tool_servers WHERE tenant = :tenant AND name = :name FOR UPDATE")
    Optional<Integer> lock(String name);

    /// A new version where the definition is another one.
    @Query("""
            INSERT INTO tool_servers (tenant, name, definition, loaded) VALUES (:tenant, :name, :definition, :loaded)
            ON CONFLICT (tenant, name) DO UPDATE SET definition = excluded.definition,
              loaded = coalesce(excluded.loaded, tool_servers.loaded),
              version = tool_servers.version + CASE WHEN tool_servers.definition = excluded.definition THEN 0 ELSE 1 END,
              updated_at = now()""")
    void put(String name, String definition, @Nullable String loaded);

    @Query("""
            UPDATE tool_servers SET checked_at = now(), problem = :problem
            WHERE tenant = :tenant AND name = :name AND version = :version""")
    int checked(String name, int version, @Nullable String problem);

    Optional<Row> findByName(String name);

    List<Row> listOrderByName();

    long count();

    long deleteByName(String name);
}
