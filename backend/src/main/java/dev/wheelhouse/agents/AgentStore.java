package dev.wheelhouse.agents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Agents and revisions in Postgres.
@Singleton
final class AgentStore {

    /// An agent's row with the text of the revision that is shown.
    record Row(String name, @Nullable Integer published, int latest, Instant updatedAt, int revision, String text) {}

    private static final String SHOWN = """
            SELECT a.name, a.published, a.latest, a.updated_at, r.revision, r.definition FROM agents a
            JOIN revisions r ON r.tenant = a.tenant AND r.agent = a.name AND r.revision = coalesce(a.published, a.latest)
            WHERE a.tenant = ?""";

    private final Database database;

    AgentStore(Database database) {
        this.database = database;
    }

    List<Row> list(TenantId tenant) {
        return database.of(tenant).rows(SHOWN + " ORDER BY a.name LIMIT 1000", AgentStore::row, tenant.name());
    }

    Optional<Row> find(TenantId tenant, String name) {
        return database.of(tenant).one(SHOWN + " AND a.name = ?", AgentStore::row, tenant.name(), name);
    }

    List<Revision> revisions(TenantId tenant, String name) {
        return database.of(tenant).rows("""
                SELECT r.*, r.revision = a.published AS is_published FROM revisions r
                JOIN agents a ON a.tenant = r.tenant AND a.name = r.agent
                WHERE r.tenant = ? AND r.agent = ? ORDER BY r.revision DESC LIMIT 1000""", AgentStore::revision, tenant.name(), name);
    }

    Optional<Revision> revision(TenantId tenant, String name, int number) {
        return database.of(tenant).one("""
                SELECT r.*, r.revision = a.published AS is_published FROM revisions r
                JOIN agents a ON a.tenant = r.tenant AND a.name = r.agent
                WHERE r.tenant = ? AND r.agent = ? AND r.revision = ?""", AgentStore::revision, tenant.name(), name, number);
    }

    /// Adds a revision unless the newest has the same text, and publishes the newest if asked to. False where another
    /// replica added one at the same moment: then nothing is changed, and it is to be tried again.
    boolean put(TenantId tenant, String name, String text, boolean publish) {
        return database.of(tenant)
                        .update(
                                """
                WITH newest AS (
                  SELECT coalesce(max(revision), 0) AS n FROM revisions WHERE tenant = ? AND agent = ?
                ), same AS (
                  SELECT EXISTS (SELECT FROM revisions r, newest
                    WHERE r.tenant = ? AND r.agent = ? AND r.revision = newest.n AND r.definition = ?) AS yes
                ), added AS (
                  INSERT INTO revisions (tenant, agent, revision, definition)
                  SELECT ?, ?, n + 1, ? FROM newest, same WHERE NOT yes
                  ON CONFLICT DO NOTHING RETURNING revision
                )
                INSERT INTO agents (tenant, name, latest, published)
                SELECT ?, ?, l.n, CASE WHEN ? THEN l.n END
                FROM (SELECT n FROM newest, same WHERE yes UNION ALL SELECT revision FROM added) l
                ON CONFLICT (tenant, name) DO UPDATE SET latest = greatest(agents.latest, excluded.latest),
                  published = coalesce(excluded.published, agents.published), updated_at = now()""",
                                tenant.name(),
                                name,
                                tenant.name(),
                                name,
                                text,
                                tenant.name(),
                                name,
                                text,
                                tenant.name(),
                                name,
                                publish)
                == 1;
    }

    /// Whether some revision, old or new, has this very text.
    boolean has(TenantId tenant, String name, String text) {
        return database.of(tenant)
                .one(
                        "SELECT 1 FROM revisions WHERE tenant = ? AND agent = ? AND definition = ? LIMIT 1",
                        row -> true,
                        tenant.name(),
                        name,
                        text)
                .isPresent();
    }

    List<String> names(TenantId tenant) {
        return database.of(tenant)
                .rows(
                        "SELECT name FROM agents WHERE tenant = ? ORDER BY name LIMIT 1000",
                        row -> row.getString(1),
                        tenant.name());
    }

    /// False where there is no such revision.
    boolean publish(TenantId tenant, String name, int number) {
        return database.of(tenant).update("""
                UPDATE agents SET published = ?, updated_at = now() WHERE tenant = ? AND name = ? AND EXISTS (
                  SELECT FROM revisions WHERE tenant = ? AND agent = ? AND revision = ?)""", number, tenant.name(), name, tenant.name(), name, number) == 1;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("name"),
                row.getObject("published", Integer.class),
                row.getInt("latest"),
                Sql.instant(row, "updated_at"),
                row.getInt("revision"),
                row.getString("definition"));
    }

    private static Revision revision(ResultSet row) throws SQLException {
        return new Revision(
                row.getString("agent"),
                row.getInt("revision"),
                row.getBoolean("is_published"),
                Sql.instant(row, "created_at"),
                row.getString("definition"));
    }
}
