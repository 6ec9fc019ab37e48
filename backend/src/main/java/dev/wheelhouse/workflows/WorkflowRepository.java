package dev.wheelhouse.workflows;

import dev.wheelhouse.database.TenantRepository;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.definitions.RevisionRepository;
import dev.wheelhouse.definitions.RevisionStore;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's workflows and their revisions, which are added and read, never changed.
@TenantRepository
interface WorkflowRepository extends GenericRepository<WorkflowRepository.Entity, Integer>, RevisionRepository {

    @MappedEntity("workflow_revisions")
    record Entity(
            @TenantId String tenant, String workflow, @Id int revision) {}

    String OF = """
            FROM workflows a JOIN workflow_revisions r ON r.tenant = a.tenant AND r.workflow = a.name
            WHERE a.tenant = :tenant""";

    @Override
    @Query(ROW + OF + SHOWN + "ORDER BY a.name LIMIT 1000")
    List<RevisionStore.Row> list();

    @Override
    @Query(ROW + OF + SHOWN + "AND a.name = :name")
    Optional<RevisionStore.Row> find(String name);

    @Override
    @Query("SELECT name FROM workflows WHERE tenant = :tenant AND deleted_at IS NULL ORDER BY name LIMIT 1000")
    List<String> names();

    @Override
    @Query(REVISION + OF + " AND a.name = :name ORDER BY r.revision DESC LIMIT :most")
    List<Revision> revisions(String name, int most);

    @Override
    @Query(REVISION + OF + " AND a.name = :name AND r.revision = :revision")
    Optional<Revision> revision(String name, int revision);

    @Override
    @Query("SELECT EXISTS (SELECT " + OF + " AND a.name = :name AND r.definition = :text)")
    boolean has(String name, String text);

    @Override
    @Query(
            "SELECT latest, published FROM workflows WHERE tenant = :tenant AND name = :name AND deleted_at IS NULL FOR UPDATE")
    Optional<RevisionStore.Numbers> lock(String name);

    @Override
    @Query("INSERT INTO workflow_revisions (tenant, workflow, revision, definition, author, note)"
            + " VALUES (:tenant, :name, :revision, :text, :author, :note)")
    void add(String name, int revision, String text, @Nullable String author, @Nullable String note);

    @Override
    @Query("INSERT INTO workflows" + NUMBERS)
    void put(String name, int latest, boolean publish);

    @Override
    @Query("UPDATE workflows SET published = :published, updated_at = now() WHERE tenant = :tenant AND name = :name")
    int publish(String name, int published);

    @Override
    @Query("UPDATE workflows" + DELETED)
    int delete(String name);
}
