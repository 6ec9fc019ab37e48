package dev.wheelhouse.agents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.database.TenantRepository;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.definitions.RevisionStore;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Agents and revisions in Postgres.
@Singleton
final class AgentStore implements RevisionStore {

    @MappedEntity("revisions")
    record RevisionRow(
            @io.micronaut.data.annotation.TenantId @Nullable String tenant,
            String agent,
            @Id int revision,
            String definition) {}

    /// Agents, each with the numbers of its newest and its published revision, and their revisions, which are added and
    /// read, never changed.
    @TenantRepository
    interface AgentRepository extends GenericRepository<RevisionRow, Integer> {

        String SHOWN = """
                SELECT a.name, a.published, a.latest, a.updated_at, r.revision, r.definition AS text FROM agents a
                JOIN revisions r ON r.tenant = a.tenant AND r.agent = a.name AND r.revision = coalesce(a.published, a.latest)
                WHERE a.tenant = :tenant""";

        String REVISION = """
                SELECT r.agent AS name, r.revision AS number, coalesce(r.revision = a.published, false) AS published,
                  r.created_at, r.definition AS text
                FROM revisions r JOIN agents a ON a.tenant = r.tenant AND a.name = r.agent
                WHERE r.tenant = :tenant AND r.agent = :agent""";

        @Query(SHOWN + " ORDER BY a.name LIMIT 1000")
        List<Row> list();

        @Query(SHOWN + " AND a.name = :name")
        Optional<Row> find(String name);

        @Query("SELECT name FROM agents WHERE tenant = :tenant ORDER BY name LIMIT 1000")
        List<String> names();

        /// `latest` never goes back: another replica may already have added the next revision.
        @Query("""
                INSERT INTO agents (tenant, name, latest, published)
                VALUES (:tenant, :name, :latest, CASE WHEN :publish THEN :latest END)
                ON CONFLICT (tenant, name) DO UPDATE SET latest = greatest(agents.latest, excluded.latest),
                  published = coalesce(excluded.published, agents.published), updated_at = now()""")
        void put(String name, int latest, boolean publish);

        @Query("UPDATE agents SET published = :published, updated_at = now() WHERE tenant = :tenant AND name = :name")
        int publish(String name, int published);

        @Query(REVISION + " ORDER BY r.revision DESC LIMIT 1000")
        List<Revision> revisions(String agent);

        @Query(REVISION + " AND r.revision = :revision")
        Optional<Revision> revision(String agent, int revision);

        Optional<RevisionRow> findFirstByAgentOrderByRevisionDesc(String agent);

        /// Before any change: whoever changes an agent has its row first, so nobody waits for each other in a circle.
        @Query("SELECT latest, published FROM agents WHERE tenant = :tenant AND name = :name FOR UPDATE")
        Optional<Numbers> lock(String name);

        boolean existsByAgentAndRevision(String agent, int revision);

        boolean existsByAgentAndDefinition(String agent, String definition);

        void save(RevisionRow revision);
    }

    private final Database database;
    private final AgentRepository agents;

    AgentStore(Database database, AgentRepository agents) {
        this.database = database;
        this.agents = agents;
    }

    @Override
    public List<Row> list(TenantId tenant) {
        return database.as(tenant, agents::list);
    }

    @Override
    public Optional<Row> find(TenantId tenant, String name) {
        return database.as(tenant, () -> agents.find(name));
    }

    @Override
    public List<Revision> revisions(TenantId tenant, String name) {
        return database.as(tenant, () -> agents.revisions(name));
    }

    @Override
    public Optional<Revision> revision(TenantId tenant, String name, int number) {
        return database.as(tenant, () -> agents.revision(name, number));
    }

    @Override
    public boolean put(
            TenantId tenant, String name, String text, boolean publish, Consumer<Optional<Numbers>> precondition) {
        try {
            database.as(tenant, () -> {
                precondition.accept(agents.lock(name));
                agents.put(name, newest(name, text), publish);
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
        var last = agents.findFirstByAgentOrderByRevisionDesc(name);
        int number = last.map(RevisionRow::revision).orElse(0);
        if (last.isPresent() && last.get().definition().equals(text)) {
            return number;
        }
        agents.save(new RevisionRow(null, name, number + 1, text));
        return number + 1;
    }

    @Override
    public boolean has(TenantId tenant, String name, String text) {
        return database.as(tenant, () -> agents.existsByAgentAndDefinition(name, text));
    }

    @Override
    public List<String> names(TenantId tenant) {
        return database.as(tenant, agents::names);
    }

    @Override
    public boolean publish(TenantId tenant, String name, int number, Consumer<Optional<Numbers>> precondition) {
        return database.as(tenant, () -> {
            precondition.accept(agents.lock(name));
            return agents.existsByAgentAndRevision(name, number) && agents.publish(name, number) == 1;
        });
    }
}
