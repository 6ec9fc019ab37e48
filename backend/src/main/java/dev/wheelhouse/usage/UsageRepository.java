package dev.wheelhouse.usage;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Adds up runs and calls of models. A run's id says when it was made, so that one range of the key is read.
@TenantRepository
interface UsageRepository extends GenericRepository<UsageRepository.Row, UUID> {

    @MappedEntity("listed_runs")
    record Row(@TenantId String tenant, @Id UUID run) {}

    String ADDED = """
            SELECT CASE WHEN :bucket = 'total' THEN CAST(:from AS timestamptz)
                ELSE date_trunc(:bucket, greatest(began, CAST(:from AS timestamptz)), 'UTC') END AS at,
              coalesce(name, '') AS name, count(*) AS runs, count(*) FILTER (WHERE failed) AS failed,
              CAST(sum(tokens) AS bigint) AS tokens, CAST(sum(cost) AS bigint) AS cost,
              count(*) FILTER (WHERE cost IS NULL) AS unpriced
            FROM (""";

    String RANGE = " WHERE tenant = :tenant AND run >= :first AND run < :last";

    String BY_TIME = ") AS each GROUP BY 1, 2 ORDER BY 1, 2 LIMIT :rows";

    /// @param by what is told apart, by its word
    /// @param bucket by its word
    /// @param first the least id of a run that counts, and `last` the first that does not
    /// @param most that are added up, the newest
    @Query(ADDED + """
            SELECT created_at AS began, CASE :by WHEN 'agent' THEN CASE WHEN kind IN ('agent', 'workflow') THEN agent END
                WHEN 'key' THEN requester
                WHEN 'user' THEN user_id WHEN 'thread' THEN CAST(thread AS text) ELSE '' END AS name,
              state = 'failed' AS failed, tokens, cost
            FROM listed_runs""" + RANGE + """
             AND created_at >= :from AND created_at < :to AND parent IS NULL
            ORDER BY run DESC LIMIT :most""" + BY_TIME)
    List<Used> ofRuns(String by, String bucket, Instant from, Instant to, UUID first, UUID last, int most, int rows);

    /// The same by model, of each call where it was made.
    @Query(ADDED + "SELECT at AS began, model AS name, false AS failed, tokens, cost FROM model_calls" + RANGE
            + " AND at >= :from AND at < :to LIMIT :most" + BY_TIME)
    List<Used> ofModels(String bucket, Instant from, Instant to, UUID first, UUID last, int most, int rows);
}
