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
    /// @param least value of the figure that is of any use
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
            @Nullable Long value,
            @Nullable Long least) {}

    /// Both ends are included.
    @Introspected
    record Range(UUID first, UUID last) {

        /// The lower one, as Postgres compares ids.
        static UUID lower(UUID one, UUID other) {
            int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
            int low = Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
            return (high == 0 ? low : high) <= 0 ? one : other;
        }
    }

    String RANGES = """
            FROM json_to_recordset(CAST(:wanted AS json)) AS w (kind text, agent text, state text, waiting text, error text,
              requester text, user_id text, origin text, least_cost bigint, most_cost bigint, least_duration bigint,
              most_duration bigint, least_tokens bigint, most_tokens bigint, thread uuid, since timestamptz,
              until timestamptz, sort text, before uuid, value bigint, least bigint)
            CROSS JOIN json_to_recordset(CAST(:ranges AS json)) AS b (first uuid, last uuid)
            CROSS JOIN LATERAL (SELECT\s""";

    /// Texts are only compared roughly here, so that few rows are read for nothing: what is not plain ASCII, or written
    /// as an escape, comes along.
    String MATCHING = """

            FROM listed_runs l CROSS JOIN LATERAL (
              SELECT CASE WHEN cardinality(CAST(:parts AS text[])) > 0 THEN concat(l.said, ' ', l.answered) END AS text OFFSET 0) t
            WHERE l.tenant = :tenant AND l.run >= b.first AND l.run <= b.last
              AND (w.kind IS NULL OR l.kind = w.kind) AND (w.agent IS NULL OR l.agent = w.agent)
              AND (w.state IS NULL OR l.state = w.state) AND (w.waiting IS NULL OR l.waiting = w.waiting)
              AND (w.error IS NULL OR l.error = w.error) AND (w.requester IS NULL OR l.requester = w.requester)
              AND (w.user_id IS NULL OR l.user_id = w.user_id) AND (w.origin IS NULL OR l.origin = w.origin)
              AND (w.least_cost IS NULL OR l.cost BETWEEN w.least_cost AND w.most_cost)
              AND (w.least_duration IS NULL OR l.duration BETWEEN w.least_duration AND w.most_duration)
              AND (w.least_tokens IS NULL OR l.tokens BETWEEN w.least_tokens AND w.most_tokens)
              AND (w.thread IS NULL OR l.run = w.thread OR l.thread = w.thread)
              AND (w.since IS NULL OR l.created_at >= w.since) AND (w.until IS NULL OR l.created_at < w.until)
              AND (t.text IS NULL OR lower(t.text COLLATE "C") LIKE ALL (CAST(:parts AS text[]))
                OR octet_length(t.text) > char_length(t.text) OR strpos(t.text, '\\u') > 0)""";

    /// What was found is read in full after it was chosen: most of what a row says costs time to be said. One after the
    /// other: Postgres takes them for many, and would rather read the whole table.
    String IN_FULL =
            " CROSS JOIN LATERAL (SELECT * FROM listed_runs WHERE tenant = :tenant AND run = p.run OFFSET 0) f";

    /// Newest first.
    ///
    /// @param wanted one [Wanted]
    /// @param ranges [Range]s
    /// @param parts that texts have to be `LIKE`, all of them
    @Query("WITH p AS MATERIALIZED (SELECT r.run " + RANGES + "l.run" + MATCHING
            + " AND l.run < w.before ORDER BY l.run DESC LIMIT :most) r ORDER BY r.run DESC LIMIT :most) SELECT f.* FROM p"
            + IN_FULL + " ORDER BY f.run DESC")
    List<Row> newest(String wanted, String ranges, String[] parts, int most);

    String FIGURE =
            "CASE w.sort WHEN 'cost' THEN l.cost WHEN 'duration' THEN l.duration WHEN 'tokens' THEN l.tokens END";

    /// The greatest of a figure first; those without it are left out.
    @Query("WITH p AS MATERIALIZED (SELECT r.run, r.figure " + RANGES + "g.run, g.figure FROM (SELECT l.run, " + FIGURE
            + " AS figure" + MATCHING + """
            ) g WHERE g.figure IS NOT NULL AND (w.least IS NULL OR g.figure >= w.least)
              AND (w.value IS NULL OR (g.figure, g.run) < (w.value, w.before))
            ORDER BY g.figure DESC, g.run DESC LIMIT :most) r ORDER BY r.figure DESC, r.run DESC LIMIT :most)
            SELECT f.* FROM p""" + IN_FULL + " ORDER BY p.figure DESC, f.run DESC")
    List<Row> greatest(String wanted, String ranges, String[] parts, int most);

    @Query("SELECT CAST(coalesce(sum(r.many), 0) AS bigint) " + RANGES + "count(*) AS many" + MATCHING
            + " AND l.run < w.before) r")
    long count(String wanted, String ranges, String[] parts);
}
