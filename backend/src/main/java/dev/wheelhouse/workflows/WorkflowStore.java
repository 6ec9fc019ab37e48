package dev.wheelhouse.workflows;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.database.TenantRepository;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.definitions.RevisionStore;
import dev.wheelhouse.runs.RunId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Workflows and their revisions in Postgres; and which cancelled runs were looked at, by own SQL over what the engine
/// offers, of all tenants.
@Singleton
final class WorkflowStore implements RevisionStore {

    @MappedEntity("workflow_revisions")
    record RevisionRow(
            @io.micronaut.data.annotation.TenantId @Nullable String tenant,
            String workflow,
            @Id int revision,
            String definition) {}

    /// Workflows, each with the numbers of its newest and its published revision, and their revisions, which
    /// are added and read, never changed.
    @TenantRepository
    interface WorkflowRepository extends GenericRepository<RevisionRow, Integer> {

        String SHOWN = """
                SELECT a.name, a.published, a.latest, a.updated_at, r.revision, r.definition AS text FROM workflows a
                JOIN workflow_revisions r ON r.tenant = a.tenant AND r.workflow = a.name AND r.revision = coalesce(a.published, a.latest)
                WHERE a.tenant = :tenant""";

        String REVISION = """
                SELECT r.workflow AS name, r.revision AS number, coalesce(r.revision = a.published, false) AS published,
                  r.created_at, r.definition AS text
                FROM workflow_revisions r JOIN workflows a ON a.tenant = r.tenant AND a.name = r.workflow
                WHERE r.tenant = :tenant AND r.workflow = :workflow""";

        @Query(SHOWN + " ORDER BY a.name LIMIT 1000")
        List<Row> list();

        @Query(SHOWN + " AND a.name = :name")
        Optional<Row> find(String name);

        @Query("SELECT name FROM workflows WHERE tenant = :tenant ORDER BY name LIMIT 1000")
        List<String> names();

        /// `latest` never goes back: another replica may already have added the next revision.
        @Query("""
                INSERT INTO workflows (tenant, name, latest, published)
                VALUES (:tenant, :name, :latest, CASE WHEN :publish THEN :latest END)
                ON CONFLICT (tenant, name) DO UPDATE SET latest = greatest(workflows.latest, excluded.latest),
                  published = coalesce(excluded.published, workflows.published), updated_at = now()""")
        void put(String name, int latest, boolean publish);

        @Query(
                "UPDATE workflows SET published = :published, updated_at = now() WHERE tenant = :tenant AND name = :name")
        int publish(String name, int published);

        @Query(REVISION + " ORDER BY r.revision DESC LIMIT 1000")
        List<Revision> revisions(String workflow);

        @Query(REVISION + " AND r.revision = :revision")
        Optional<Revision> revision(String workflow, int revision);

        Optional<RevisionRow> findFirstByWorkflowOrderByRevisionDesc(String workflow);

        /// Before any change: whoever changes a workflow has its row first, so nobody waits for each other in a circle.
        @Query("SELECT latest, published FROM workflows WHERE tenant = :tenant AND name = :name FOR UPDATE")
        Optional<Numbers> lock(String name);

        boolean existsByWorkflowAndRevision(String workflow, int revision);

        boolean existsByWorkflowAndDefinition(String workflow, String definition);

        void save(RevisionRow revision);
    }

    private final Database database;
    private final WorkflowRepository workflows;

    WorkflowStore(Database database, WorkflowRepository workflows) {
        this.database = database;
        this.workflows = workflows;
    }

    @Override
    public List<Row> list(TenantId tenant) {
        return database.as(tenant, workflows::list);
    }

    @Override
    public Optional<Row> find(TenantId tenant, String name) {
        return database.as(tenant, () -> workflows.find(name));
    }

    @Override
    public List<Revision> revisions(TenantId tenant, String name) {
        return database.as(tenant, () -> workflows.revisions(name));
    }

    @Override
    public Optional<Revision> revision(TenantId tenant, String name, int number) {
        return database.as(tenant, () -> workflows.revision(name, number));
    }

    @Override
    public boolean put(
            TenantId tenant, String name, String text, boolean publish, Consumer<Optional<Numbers>> precondition) {
        try {
            database.as(tenant, () -> {
                precondition.accept(workflows.lock(name));
                workflows.put(name, newest(name, text), publish);
                return true;
            });
            return true;
        } catch (DatabaseException e) {
            if (e.isDuplicate()) {
                return false;
            }
            throw e;
        }
    }

    /// The number of the newest revision after making sure that it has this text.
    private int newest(String name, String text) {
        var last = workflows.findFirstByWorkflowOrderByRevisionDesc(name);
        int number = last.map(RevisionRow::revision).orElse(0);
        if (last.isPresent() && last.get().definition().equals(text)) {
            return number;
        }
        workflows.save(new RevisionRow(null, name, number + 1, text));
        return number + 1;
    }

    @Override
    public boolean has(TenantId tenant, String name, String text) {
        return database.as(tenant, () -> workflows.existsByWorkflowAndDefinition(name, text));
    }

    @Override
    public List<String> names(TenantId tenant) {
        return database.as(tenant, workflows::names);
    }

    @Override
    public boolean publish(TenantId tenant, String name, int number, Consumer<Optional<Numbers>> precondition) {
        return database.as(tenant, () -> {
            precondition.accept(workflows.lock(name));
            return workflows.existsByWorkflowAndRevision(name, number) && workflows.publish(name, number) == 1;
        });
    }

    /// A cancelled run of a workflow that nobody has looked at.
    record Cancelled(TenantId tenant, RunId run) {}

    /// Those of the last day, at most 20.
    List<Cancelled> cancelled() {
        return database.engine()
                .rows(
                        """
                SELECT c.tenant, c.run FROM cancelled_runs c
                WHERE c.kind = ? AND c.ended_at > now() - interval '1 day'
                  AND NOT EXISTS (SELECT FROM undone_runs u WHERE u.tenant = c.tenant AND u.run = c.run)
                ORDER BY c.ended_at LIMIT 20""",
                        row -> new Cancelled(
                                new TenantId(row.getString("tenant")), new RunId(row.getObject("run", UUID.class))),
                        Workflows.KIND);
    }

    /// It need not be looked at again; what is too old to be looked at is forgotten.
    void done(Cancelled cancelled) {
        database.engine().update("""
                WITH old AS (DELETE FROM undone_runs WHERE at < now() - interval '2 days')
                INSERT INTO undone_runs (tenant, run) VALUES (?, ?) ON CONFLICT DO NOTHING""", cancelled.tenant().name(), cancelled.run().value());
    }
}
