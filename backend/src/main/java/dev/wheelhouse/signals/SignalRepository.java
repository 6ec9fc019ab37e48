package dev.wheelhouse.signals;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The signals that were sent to a tenant's runs.
@TenantRepository
interface SignalRepository extends GenericRepository<SignalRepository.Row, UUID> {

    /// @param question the one that it answers, null while nobody has taken it
    @MappedEntity("signals")
    record Row(
            @TenantId String tenant,
            @Id UUID id,
            UUID run,
            String name,
            String body,
            @Nullable String key,
            @Nullable UUID question) {

        boolean isTaken() {
            return question != null;
        }
    }

    /// 0 where the key was used for this run before.
    @Query("""
            INSERT INTO signals (tenant, id, run, name, body, key) VALUES (:tenant, :id, :run, :name, :body, :key)
            ON CONFLICT (tenant, run, key) WHERE key IS NOT NULL DO NOTHING""")
    int add(UUID id, UUID run, String name, String body, @Nullable String key);

    Optional<Row> findByRunAndKey(UUID run, String key);

    boolean existsByIdAndQuestionIsNotNull(UUID id);

    void deleteByRunIn(List<UUID> runs);

    /// Those that nobody has taken.
    long countByRunAndQuestionIsNull(UUID run);
}
