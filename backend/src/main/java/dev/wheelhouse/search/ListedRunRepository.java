package dev.wheelhouse.search;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads runs of some ranges of ids, as the tenant that asks.
@TenantRepository
interface ListedRunRepository extends GenericRepository<ListedRunRepository.Row, UUID> {

    /// A run as the view of runs has it; see there.
    @MappedEntity("listed_runs")
    record Row(
            @TenantId String tenant,
            @Id UUID run,
            UUID thread,
            @Nullable UUID parent,
            String kind,
            String agent,
            int revision,
            String state,
            @Nullable String waiting,
            boolean paused,
            boolean behind,
            @Nullable Instant dueAt,
            int steps,
            long tokens,
            @Nullable Long cost,
            @Nullable Long duration,
            @Nullable String requester,
            @Nullable String userId,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable String error,
            String origin,
            @Nullable String said,
            @Nullable String answered) {}

    /// Which runs of the ranges; null lets everything through.
    ///
    /// @param before with an id below this one; where runs are sorted by a figure, of those with the same value
    /// @param value of the figure at `before`, null for the first page
    @Introspected
    record Wanted(
            @Nullable String kind,
            @Nullable String agent,
            @Nullable String state,
            @Nullable String waiting,
            @Nullable String error,
            @Nullable String requester,
            @Nullable String userId,
            @Nullable String origin,
            @Nullable Long leastCost,
            @Nullable Long mostCost,
            @Nullable Long leastDuration,
            @Nullable Long mostDuration,
            @Nullable Long leastTokens,
            @Nullable Long mostTokens,
            @Nullable UUID thread,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Figure sort,
            UUID before,
            @Nullable Long value) {}

    /// Both ends are included.
    @Introspected
    record Range(UUID first, UUID last) {}

    String RANGES = """
            FROM json_to_recordset(CAST(:wanted AS json)) AS w (kind text, agent text, state text, waiting text, error text,
              requester text, user_id text, origin text, least_cost bigint, most_cost bigint, least_duration bigint,
              most_duration bigint, least_tokens bigint, most_tokens bigint, thread uuid, since timestamptz,
              until timestamptz, sort text, before uuid, value bigint)
            CROSS JOIN json_to_recordset(CAST(:ranges AS json)) AS b (first uuid, last uuid)
            CROSS JOIN LATERAL (SELECT\s""";

    String MATCHING = """

            FROM listed_runs l WHERE l.tenant = :tenant AND l.run >= b.first AND l.run <= b.last
              AND (w.kind IS NULL OR l.kind = w.kind) AND (w.agent IS NULL OR l.agent = w.agent)
              AND (w.state IS NULL OR l.state = w.state) AND (w.waiting IS NULL OR l.waiting = w.waiting)
              AND (w.error IS NULL OR l.error = w.error) AND (w.requester IS NULL OR l.requester = w.requester)
              AND (w.user_id IS NULL OR l.user_id = w.user_id) AND (w.origin IS NULL OR l.origin = w.origin)
              AND (w.least_cost IS NULL OR l.cost BETWEEN w.least_cost AND w.most_cost)
              AND (w.least_duration IS NULL OR l.duration BETWEEN w.least_duration AND w.most_duration)
              AND (w.least_tokens IS NULL OR l.tokens BETWEEN w.least_tokens AND w.most_tokens)
              AND (w.thread IS NULL OR l.run = w.thread OR l.thread = w.thread)
              AND (w.since IS NULL OR l.created_at >= w.since) AND (w.until IS NULL OR l.created_at < w.until)""";

    /// Newest first.
    ///
    /// @param wanted one [Wanted]
    /// @param ranges [Range]s
    @Query("SELECT r.* " + RANGES + "l.*" + MATCHING
            + " AND l.run < w.before ORDER BY l.run DESC LIMIT :most) r ORDER BY r.run DESC LIMIT :most")
    List<Row> newest(String wanted, String ranges, int most);

    /// The greatest of a figure first; those without it are left out.
    @Query("SELECT r.* " + RANGES + "f.* FROM (SELECT l.*, CASE w.sort WHEN 'cost' THEN l.cost"
            + " WHEN 'duration' THEN l.duration WHEN 'tokens' THEN l.tokens END AS figure" + MATCHING + """
            ) f WHERE f.figure IS NOT NULL AND (w.value IS NULL OR (f.figure, f.run) < (w.value, w.before))
            ORDER BY f.figure DESC, f.run DESC LIMIT :most) r ORDER BY r.figure DESC, r.run DESC LIMIT :most""")
    List<Row> greatest(String wanted, String ranges, int most);

    @Query("SELECT CAST(coalesce(sum(r.many), 0) AS bigint) " + RANGES + "count(*) AS many" + MATCHING
            + " AND l.run < w.before) r")
    long count(String wanted, String ranges);
}
