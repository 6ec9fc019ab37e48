package dev.wheelhouse.workflows;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.runs.RunId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of signals. Own SQL: a signal is chosen for a question that waits for it in one statement over what the
/// engine offers.
@Singleton
final class SignalStore {

    /// A signal that was chosen for an open question.
    record Chosen(TenantId tenant, UUID id, UUID question, RunId run, String body) {}

    /// One that was sent with an idempotency key.
    record Sent(UUID id, String name, String body, boolean isTaken) {}

    /// Each question takes the oldest signal of its name that nobody has taken. Two replicas that choose for the same
    /// question break the unique index, and the second one finds it chosen.
    private static final String CHOOSE = """
            WITH awaited AS (
              SELECT q.tenant, q.question, q.run, q.name FROM awaited_signals q
              WHERE NOT EXISTS (SELECT FROM signals t WHERE t.tenant = q.tenant AND t.question = q.question)
            ), free AS (
              SELECT DISTINCT ON (s.tenant, s.id) s.tenant, s.id, a.question FROM (
                SELECT a.*, (SELECT s.id FROM signals s WHERE s.tenant = a.tenant AND s.run = a.run AND s.name = a.name
                  AND s.question IS NULL ORDER BY s.id LIMIT 1) AS id FROM awaited a
              ) a JOIN signals s ON s.tenant = a.tenant AND s.id = a.id ORDER BY s.tenant, s.id, a.question
            )
            UPDATE signals s SET question = f.question FROM free f
            WHERE s.tenant = f.tenant AND s.id = f.id AND s.question IS NULL""";

    private final Database database;

    SignalStore(Database database) {
        this.database = database;
    }

    /// Whether it is new: false where the key was used for this run before.
    boolean add(TenantId tenant, UUID id, RunId run, String name, String body, @Nullable String key) {
        return database.of(tenant).update("""
                INSERT INTO signals (tenant, id, run, name, body, key) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant, run, key) WHERE key IS NOT NULL DO NOTHING""", tenant.name(), id, run.value(), name, body, key) == 1;
    }

    Optional<Sent> sent(TenantId tenant, RunId run, String key) {
        return database.of(tenant)
                .one(
                        "SELECT id, name, body, question FROM signals WHERE tenant = ? AND run = ? AND key = ?",
                        row -> new Sent(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("body"),
                                row.getObject("question") != null),
                        tenant.name(),
                        run.value(),
                        key);
    }

    boolean isTaken(TenantId tenant, UUID id) {
        return database.of(tenant)
                .one(
                        "SELECT FROM signals WHERE tenant = ? AND id = ? AND question IS NOT NULL",
                        row -> true,
                        tenant.name(),
                        id)
                .isPresent();
    }

    /// Those of a run that nobody has taken.
    long kept(TenantId tenant, RunId run) {
        return database.of(tenant)
                .one(
                        "SELECT count(*) AS n FROM signals WHERE tenant = ? AND run = ? AND question IS NULL",
                        row -> row.getLong("n"),
                        tenant.name(),
                        run.value())
                .orElse(0L);
    }

    /// Chooses signals for questions; how many.
    int choose() {
        return database.engine().update(CHOOSE);
    }

    /// Those that were chosen and whose question is still open, of all tenants.
    List<Chosen> chosen() {
        return database.engine()
                .rows(
                        """
                SELECT s.tenant, s.id, s.question, s.run, s.body FROM awaited_signals q
                JOIN signals s ON s.tenant = q.tenant AND s.question = q.question LIMIT 1000""",
                        row -> new Chosen(
                                new TenantId(row.getString("tenant")),
                                row.getObject("id", UUID.class),
                                row.getObject("question", UUID.class),
                                new RunId(row.getObject("run", UUID.class)),
                                row.getString("body")));
    }

    /// Its question was closed before it came: it waits for the next one.
    void release(Chosen signal) {
        database.engine()
                .update(
                        "UPDATE signals SET question = NULL WHERE tenant = ? AND id = ? AND question = ?",
                        signal.tenant().name(),
                        signal.id(),
                        signal.question());
    }
}
