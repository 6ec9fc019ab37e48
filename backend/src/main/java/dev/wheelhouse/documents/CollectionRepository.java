package dev.wheelhouse.documents;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant's collections.
@TenantRepository
interface CollectionRepository extends GenericRepository<CollectionRepository.Key, UUID> {

    @MappedEntity("collections")
    record Key(@TenantId String tenant, @Id UUID id) {}

    /// With the counts of its documents.
    @Introspected
    record Row(
            UUID id,
            String name,
            String description,
            String language,
            String visibility,
            String model,
            int generation,
            @Nullable String building,
            @Nullable UUID build,
            long epoch,
            int passages,
            long words,
            int documents,
            int unfinished,
            int failed,
            Instant createdAt) {

        Collection collection() {
            return new Collection(
                    id,
                    name,
                    description,
                    language,
                    Collection.Visibility.of(visibility),
                    model,
                    generation,
                    building,
                    build,
                    epoch,
                    new Collection.Counts(passages, words, documents, unfinished, failed),
                    createdAt);
        }
    }

    String SELECT = """
            SELECT c.id, c.name, c.description, c.language, c.visibility, c.model, c.generation, c.building, c.build, c.epoch,
              c.passages, c.words, c.created_at,
              count(d.id) AS documents,
              count(d.id) FILTER (WHERE d.state IN ('receiving', 'queued', 'running')) AS unfinished,
              count(d.id) FILTER (WHERE d.state = 'failed') AS failed
            FROM collections c LEFT JOIN documents d ON d.tenant = c.tenant AND d.collection = c.id
            WHERE c.tenant = :tenant""";

    String EACH = " GROUP BY c.tenant, c.id ORDER BY c.name";

    @Query(SELECT + EACH)
    List<Row> list();

    @Query(SELECT + " AND c.id = :id" + EACH)
    Optional<Row> find(UUID id);

    @Query(SELECT + " AND c.name = :name" + EACH)
    Optional<Row> findNamed(String name);

    /// 0 where the name is taken.
    @Query("""
            INSERT INTO collections (tenant, id, name, description, language, visibility, model)
            VALUES (:tenant, :id, :name, :description, :language, :visibility, :model)
            ON CONFLICT (tenant, name) DO NOTHING""")
    int add(UUID id, String name, String description, String language, String visibility, String model);

    @Query("""
            UPDATE collections SET description = :description, visibility = :visibility
            WHERE tenant = :tenant AND id = :id""")
    void change(UUID id, String description, String visibility);

    @Query("DELETE FROM collections WHERE tenant = :tenant AND id = :id")
    int delete(UUID id);

    /// This run makes its next generation, for this model.
    @Query("UPDATE collections SET building = :model, build = :run WHERE tenant = :tenant AND id = :id")
    int build(UUID id, String model, UUID run);

    /// 0 where this run no longer makes it.
    @Query("""
            UPDATE collections SET building = NULL, build = NULL
            WHERE tenant = :tenant AND id = :id AND build = :run""")
    int giveUp(UUID id, UUID run);

    /// What has been made of the next generation.
    @Query("""
            DELETE FROM passage_vectors v USING collections c
            WHERE c.tenant = :tenant AND c.id = :id AND v.tenant = c.tenant AND v.collection = c.id
              AND v.generation > c.generation""")
    void forgetNext(UUID id);

    /// How many passages still miss a vector of the next generation; empty where this run no longer makes it.
    @Query("SELECT adopt_generation(id) FROM collections WHERE tenant = :tenant AND id = :id AND build = :run")
    Optional<Integer> adopt(UUID id, UUID run);

    /// Lets every replica look at its vectors anew.
    @Query("UPDATE collections SET epoch = epoch + 1 WHERE tenant = :tenant AND id = :id")
    void touch(UUID id);
}
