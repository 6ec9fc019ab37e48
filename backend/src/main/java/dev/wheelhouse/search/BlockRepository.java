package dev.wheelhouse.search;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.model.DataType;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Blocks of runs of all tenants, and the runs that blocks are made of. `of` is the tenant.
@EngineRepository
interface BlockRepository extends GenericRepository<ListedRunRepository.Row, UUID> {

    /// @param unended ids of runs, as text
    /// @param hit whether one of its runs has all that was asked for, as far as a block knows
    /// @param greatest value of a figure that one of its runs has, 0 where blocks are in order of their age
    /// @param left whether more of them follow that were not looked at: then not 0
    @Introspected
    record Block(
            UUID first,
            UUID last,
            @MappedProperty(type = DataType.STRING_ARRAY) List<String> unended,
            boolean hit,
            long greatest,
            long left) {}

    /// A block in which a run has ended since it was made.
    @Introspected
    record Stale(String tenant, UUID first, UUID last) {}

    /// Taken by whoever makes blocks, held until the transaction is over.
    @Query("SELECT CAST(pg_advisory_xact_lock_shared(hashtextextended(:of, 1)) AS text)")
    String lockToMake(String of);

    /// Returns when no other transaction makes blocks; held until this one is over.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended(:of, 1)) AS text)")
    String lockToForget(String of);

    /// The newest run that is in a block.
    @Query("SELECT last FROM search_blocks WHERE tenant = :of ORDER BY last DESC LIMIT 1")
    Optional<UUID> newest(String of);

    /// How many runs are in blocks.
    @Query("SELECT CAST(coalesce(sum(runs), 0) AS bigint) FROM search_blocks WHERE tenant = :of")
    long runs(String of);

    String GREATEST =
            " CASE :sort WHEN 'cost' THEN max_cost WHEN 'duration' THEN max_duration WHEN 'tokens' THEN max_tokens"
                    + " ELSE 0 END AS greatest";

    String BETWEEN = " WHERE tenant = :of AND first < :before AND last >= :least";

    /// The run that so many runs of no block are newer than.
    @Query(
            "SELECT run FROM listed_runs WHERE tenant = :of AND run >= :first AND run < :before ORDER BY run DESC OFFSET :many LIMIT 1")
    Optional<UUID> behindSoMany(String of, UUID first, UUID before, int many);

    /// The next blocks in an order that an index has, opened to see what they hold, until so many bytes of them
    /// were. The last one comes along in any case: so far was looked.
    ///
    /// @param words a `tsquery` of what one run must have, null for any
    /// @param window how many blocks
    String WALK = "SELECT first, last, CAST(unended AS text[]) AS unended, hit, greatest,"
            + " CASE WHEN opened >= :bytes OR many = :window THEN 1 ELSE 0 END AS left FROM (SELECT *, sum(size) OVER w AS opened,"
            + " row_number() OVER w AS seen, count(*) OVER () AS many FROM (SELECT *, pg_column_size(words) AS size, ";

    String WINDOW =
            " DESC, last DESC LIMIT :window) AS a WINDOW w AS (ORDER BY greatest DESC, last DESC)) AS b CROSS JOIN LATERAL"
                    + " (SELECT coalesce(words @@ CAST(:words AS tsquery), true) AS hit OFFSET 0) AS c"
                    + " WHERE opened - size < :bytes AND (hit OR unended <> '{}' OR opened >= :bytes OR seen = many) ORDER BY seen";

    String NEXT = " AS greatest FROM search_blocks" + BETWEEN + " ORDER BY ";

    @Query(WALK + "CAST(0 AS bigint)" + NEXT + "last" + WINDOW)
    List<Block> byAge(String of, @Nullable String words, UUID before, UUID least, int bytes, int window);

    @Query(WALK + "max_cost" + NEXT + "max_cost" + WINDOW)
    List<Block> byCost(String of, @Nullable String words, UUID before, UUID least, int bytes, int window);

    @Query(WALK + "max_duration" + NEXT + "max_duration" + WINDOW)
    List<Block> byDuration(String of, @Nullable String words, UUID before, UUID least, int bytes, int window);

    @Query(WALK + "max_tokens" + NEXT + "max_tokens" + WINDOW)
    List<Block> byTokens(String of, @Nullable String words, UUID before, UUID least, int bytes, int window);

    /// Blocks behind one, in the same order, that an inverted index finds. It says which hold all words somewhere;
    /// whether one run has them all is read from the block, and as many are opened as above.
    ///
    /// @param words a `tsquery` of what one run must have, null where the index says it all
    /// @param either all that has to be somewhere in the block, or the word of blocks with runs that have not ended
    /// @param after the last block that was looked at, with its `greatest`
    @Query(
            "WITH found AS MATERIALIZED (SELECT last, CASE WHEN CAST(:words AS text) IS NULL THEN 0 ELSE pg_column_size(words) END"
                    + " AS size," + GREATEST + " FROM search_blocks" + BETWEEN + """
             AND words @@ CAST(:either AS tsquery)),
            ranked AS (SELECT *, sum(size) OVER w AS opened, row_number() OVER w AS seen, count(*) OVER () AS many FROM found
              WHERE (greatest, last) < (:greatest, :after) WINDOW w AS (ORDER BY greatest DESC, last DESC))
            SELECT b.first, b.last, b.unended, b.hit, r.greatest, r.many - r.seen AS left FROM ranked r CROSS JOIN LATERAL (
              SELECT first, last, CAST(unended AS text[]) AS unended, coalesce(words @@ CAST(:words AS tsquery), true) AS hit
              FROM search_blocks WHERE tenant = :of AND last = r.last OFFSET 0) AS b
            WHERE r.opened - r.size < :bytes AND (b.hit OR b.unended <> '{}' OR r.opened >= :bytes OR r.seen = r.many)
            ORDER BY r.seen LIMIT :most""")
    List<Block> holding(
            String of,
            @Nullable String words,
            String either,
            UUID before,
            UUID least,
            @Nullable String sort,
            long greatest,
            UUID after,
            int bytes,
            int most);

    /// Tenants that have runs behind their newest block, below the id `before`.
    @Query("""
            WITH RECURSIVE each AS (
              (SELECT tenant FROM listed_runs ORDER BY tenant LIMIT 1)
              UNION ALL
              SELECT (SELECT r.tenant FROM listed_runs r WHERE r.tenant > e.tenant ORDER BY r.tenant LIMIT 1) FROM each e
              WHERE e.tenant IS NOT NULL)
            SELECT e.tenant FROM each e WHERE EXISTS (
              SELECT FROM listed_runs r WHERE r.tenant = e.tenant AND r.run < :before AND r.run > coalesce(
                (SELECT b.last FROM search_blocks b WHERE b.tenant = e.tenant ORDER BY b.last DESC LIMIT 1),
                '00000000-0000-0000-0000-000000000000'))""")
    List<String> behind(UUID before);

    /// The next runs that belong into a block, oldest first.
    @Query("SELECT * FROM listed_runs WHERE tenant = :of AND run > :after AND run < :before ORDER BY run LIMIT :most")
    List<ListedRunRepository.Row> next(String of, UUID after, UUID before, int most);

    /// The runs of a block.
    @Query("SELECT * FROM listed_runs WHERE tenant = :of AND run >= :first AND run <= :last ORDER BY run")
    List<ListedRunRepository.Row> of(String of, UUID first, UUID last);

    /// @param unended the word of blocks with runs that had not ended, as a `tsquery`
    @Query("""
            SELECT b.tenant, b.first, b.last FROM search_blocks b
            WHERE b.words @@ CAST(:unended AS tsquery) AND EXISTS (
              SELECT FROM unnest(b.unended) AS u (run) JOIN listed_runs r ON r.tenant = b.tenant AND r.run = u.run
              WHERE r.ended_at IS NOT NULL)
            LIMIT :most""")
    List<Stale> stale(String unended, int most);

    /// @param ids of runs, as text
    @Query("""
            SELECT DISTINCT b.tenant, b.first, b.last FROM unnest(CAST(:ids AS uuid[])) AS r (run)
            JOIN search_blocks b ON b.tenant = :of AND b.first <= r.run AND b.last >= r.run""")
    List<Stale> with(String of, String[] ids);

    @Query("DELETE FROM search_blocks WHERE tenant = :of AND last = :last")
    void remove(String of, UUID last);

    /// Two replicas that make the same block make it alike: the later one counts.
    ///
    /// @param words a `tsvector`
    @Query("""
            INSERT INTO search_blocks (tenant, last, first, runs, unended, words, max_cost, max_duration, max_tokens)
            VALUES (:of, :last, :first, :runs, CAST(:unended AS uuid[]), CAST(:words AS tsvector), :cost,
              :duration, :tokens)
            ON CONFLICT (tenant, last) DO UPDATE SET first = excluded.first, runs = excluded.runs,
              unended = excluded.unended, words = excluded.words, max_cost = excluded.max_cost,
              max_duration = excluded.max_duration, max_tokens = excluded.max_tokens""")
    void put(
            String of,
            UUID first,
            UUID last,
            int runs,
            String[] unended,
            String words,
            long cost,
            long duration,
            long tokens);

    @Query("SELECT now()")
    Instant now();
}
