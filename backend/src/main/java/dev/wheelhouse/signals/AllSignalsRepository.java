package dev.wheelhouse.signals;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Signals of all tenants, and the questions by which runs wait for them.
@EngineRepository
interface AllSignalsRepository extends GenericRepository<SignalRepository.Row, UUID> {

    /// A signal that was chosen for an open question.
    @Introspected
    record Chosen(String tenant, UUID id, UUID question, UUID run, String body) {}

    /// Each question takes the oldest signal of its name that nobody has taken; says how many were taken. Two replicas
    /// that choose for the same question break the unique index, and the second one finds it chosen.
    @Query("""
            UPDATE signals s SET question = f.question FROM (
              SELECT DISTINCT ON (s.tenant, s.id) s.tenant, s.id, a.question FROM (
                SELECT q.tenant, q.question, (SELECT s.id FROM signals s WHERE s.tenant = q.tenant AND s.run = q.run
                  AND s.name = q.name AND s.question IS NULL ORDER BY s.id LIMIT 1) AS id
                FROM awaited_signals q
                WHERE NOT EXISTS (SELECT FROM signals t WHERE t.tenant = q.tenant AND t.question = q.question)
              ) a JOIN signals s ON s.tenant = a.tenant AND s.id = a.id ORDER BY s.tenant, s.id, a.question
            ) f
            WHERE s.tenant = f.tenant AND s.id = f.id AND s.question IS NULL""")
    int choose();

    /// Those that were chosen and whose question is still open.
    @Query("""
            SELECT s.tenant, s.id, s.question, s.run, s.body FROM awaited_signals q
            JOIN signals s ON s.tenant = q.tenant AND s.question = q.question LIMIT 1000""")
    List<Chosen> chosen();

    /// Its question was closed before it came: it waits for the next one.
    @Query("UPDATE signals SET question = NULL WHERE tenant = :of AND id = :id AND question = :question")
    void release(String of, UUID id, UUID question);
}
