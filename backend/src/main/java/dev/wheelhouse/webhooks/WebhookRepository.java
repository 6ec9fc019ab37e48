package dev.wheelhouse.webhooks;

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

/// A tenant's webhooks.
@TenantRepository
interface WebhookRepository extends GenericRepository<WebhookRepository.Row, String> {

    /// How many a tenant may have.
    int MOST = 100;

    /// @param disabled why it was switched off by itself, null where it was not
    @MappedEntity("webhooks")
    record Row(
            @TenantId String tenant,
            @Id String name,
            String definition,
            int version,
            boolean enabled,
            @Nullable String disabled,
            Instant updatedAt) {}

    List<Row> listOrderByName();

    Optional<Row> findByName(String name);

    /// 0 where there is one.
    @Query("""
            INSERT INTO webhooks (tenant, name, enabled, definition) VALUES (:tenant, :name, :enabled, :definition)
            ON CONFLICT DO NOTHING""")
    int add(String name, boolean enabled, String definition);

    /// 0 where another version is there. Who changes it switches it on again, unless the definition says otherwise.
    @Query("""
            UPDATE webhooks SET enabled = :enabled, disabled = NULL, failing_since = NULL, version = version + 1,
              definition = :definition, updated_at = now()
            WHERE tenant = :tenant AND name = :name AND version = :before""")
    int change(String name, int before, boolean enabled, String definition);

    long deleteByName(String name);
}
