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
    /// @param hit whether all that was asked for is somewhere in it
    @Introspected
    record Block(
            UUID first,
            UUID last,
            @MappedProperty(type = DataType.STRING_ARRAY) List<String> unended,
            boolean hit,
            long greatest) {}

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

    /// All of them, newest first.
    @Query(
            "SELECT first, last, CAST(unended AS text[]) AS unended, true AS hit, CAST(0 AS bigint) AS greatest FROM search_blocks"
                    + BETWEEN + " ORDER BY last DESC OFFSET :skip LIMIT :most")
    List<Block> byAge(String of, UUID before, UUID least, int skip, int most);

    /// All of them, by their greatest value of a figure.
    @Query("SELECT first, last, CAST(unended AS text[]) AS unended, true AS hit," + GREATEST + " FROM search_blocks"
            + BETWEEN + " ORDER BY greatest DESC, last DESC OFFSET :skip LIMIT :most")
    List<Block> byFigure(String of, UUID before, UUID least, String sort, int skip, int most);

    /// Those that hold all words, or runs that have not ended; newest first, or by their greatest value of a figure.
    /// What is found comes first: sorted on the way, every block would be opened to look for words in it.
    ///
    /// @param words a `tsquery`; `either` is the same, or the word of blocks with runs that have not ended
    @Query(
            "WITH found AS MATERIALIZED (SELECT first, last, CAST(unended AS text[]) AS unended, words @@ CAST(:words AS tsquery) AS hit,"
                    + GREATEST + " FROM search_blocks" + BETWEEN + """
             AND words @@ CAST(:either AS tsquery))
            SELECT * FROM found ORDER BY greatest DESC, last DESC OFFSET :skip LIMIT :most""")
    List<Block> holding(
            String of, String words, String either, UUID before, UUID least, @Nullable String sort, int skip, int most);

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
    @Query("""
            INSERT INTO search_blocks (tenant, last, first, runs, unended, words, max_cost, max_duration, max_tokens)
            VALUES (:of, :last, :first, :runs, CAST(:unended AS uuid[]), array_to_tsvector(CAST(:words AS text[])), :cost,
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
            String[] words,
            long cost,
            long duration,
            long tokens);

    @Query("SELECT now()")
    Instant now();
}
