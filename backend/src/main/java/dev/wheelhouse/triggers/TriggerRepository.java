package dev.wheelhouse.triggers;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.model.Limit;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's triggers and their firings, as people see them. Times are the database's.
@TenantRepository
interface TriggerRepository extends GenericRepository<Firing, String> {

    /// A stored trigger.
    ///
    /// @param loaded a hash of the file that it comes from, null where a person sent it
    /// @param dueAt of a schedule that is enabled
    @Introspected
    record Row(
            String definition,
            int version,
            @Nullable String loaded,
            @Nullable Instant dueAt,
            Instant updatedAt,
            Instant now) {}

    String SELECT = "SELECT definition, version, loaded, due_at, updated_at, now() AS now FROM triggers"
            + " WHERE tenant = :tenant ";

    @Query(SELECT + "ORDER BY name")
    List<Row> list();

    @Query(SELECT + "AND name = :name")
    Optional<Row> find(String name);

    @Query("SELECT now()")
    Instant now();

    /// 0 where there is one.
    @Query("""
            INSERT INTO triggers (tenant, name, source, enabled, definition, loaded, due_at)
            VALUES (:tenant, :name, :source, :enabled, :definition, :loaded, :due) ON CONFLICT DO NOTHING""")
    int add(
            String name,
            String source,
            boolean enabled,
            String definition,
            @Nullable String loaded,
            @Nullable Instant due);

    /// 0 where another version is there.
    @Query("""
            UPDATE triggers SET source = :source, enabled = :enabled, loaded = coalesce(:loaded, loaded), due_at = :due,
              version = version + CASE WHEN definition = :definition THEN 0 ELSE 1 END, definition = :definition,
              updated_at = now()
            WHERE tenant = :tenant AND name = :name AND version = :before""")
    int change(
            String name,
            int before,
            String source,
            boolean enabled,
            String definition,
            @Nullable String loaded,
            @Nullable Instant due);

    @Query("DELETE FROM triggers WHERE tenant = :tenant AND name = :name AND version = :version")
    int delete(String name, int version);

    Optional<Firing> findByTriggerAndKey(String trigger, String key);

    List<Firing> findByTriggerAndPositionLessThanOrderByPositionDesc(String trigger, long before, Limit most);

    /// A person's wish that it fires now; written once for a key.
    @Query("""
            INSERT INTO firings (tenant, trigger, key, state, due_at, given)
            VALUES (:tenant, :trigger, :key, 'due', now(), :given) ON CONFLICT DO NOTHING""")
    void fire(String trigger, String key, @Nullable String given);
}
